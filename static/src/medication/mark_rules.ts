/** What was said about a dose: which statements stand, and what they come to. app/medication/mark_rules.py once more. */

import type { Dose, KeptMark } from "../api/types";

/** Which dose: the shelf's key of its medication, the civil date in Copenhagen, and slot and ordinal of the plan. */
export interface Slot {
  medication: string;
  date: string;
  slot: string;
  ordinal: number;
}

/** What is said about a dose: whether and when it was taken, and how much, a decimal number as text with its unit. */
export type Told = Pick<KeptMark, "said" | "at" | "quantity" | "unit">;

export type State = "none" | "taken" | "skipped" | "differs";

/** The slot of a planned dose. `medication` is the shelf's key, where the plan has the source's id. */
export function slotOf(dose: Dose, medication: string, date: string): Slot {
  return { medication, date, slot: dose.slot, ordinal: dose.ordinal };
}

/** One text for each dose. */
export function keyOfSlot({ medication, date, slot, ordinal }: Slot): string {
  return [medication, date, slot, ordinal].join(" ");
}

/** The statements about a dose that were not taken back, the first made first. */
export function standing(marks: readonly KeptMark[], slot: Slot): readonly KeptMark[] {
  let found = bySlot.get(marks);
  if (found === undefined) bySlot.set(marks, (found = groupedBySlot(marks)));
  return found.get(keyOfSlot(slot)) ?? [];
}

/** What stands by slot, made once of each list: a day asks it of every dose, and a list is never changed. */
const bySlot = new WeakMap<readonly KeptMark[], ReadonlyMap<string, readonly KeptMark[]>>();

function groupedBySlot(marks: readonly KeptMark[]): ReadonlyMap<string, readonly KeptMark[]> {
  const found = new Map<string, KeptMark[]>();
  const made = marks.filter((mark) => !mark.undone).sort((one, other) => Date.parse(one.made_at) - Date.parse(other.made_at));
  for (const mark of made) {
    const key = keyOfSlot(mark);
    const same = found.get(key);
    if (same === undefined) found.set(key, [mark]);
    else same.push(mark);
  }
  return found;
}

/**
 * What the standing statements about a dose come to. `differs`: not the same was said, or it may not have been by one
 * person; others are not told apart here, so two statements of theirs count as two people's.
 */
export function stateOf(said: readonly KeptMark[]): State {
  const [first] = said;
  if (first === undefined) return "none";
  const isOneVoice = said.every((mark) => mark.said === first.said && mark.by === first.by);
  return isOneVoice && (first.by === "self" || said.length === 1) ? first.said : "differs";
}

/** How many of these doses something was said about. */
export function answeredCount(marks: readonly KeptMark[], slots: readonly Slot[]): number {
  return slots.filter((slot) => standing(marks, slot).length > 0).length;
}

/** The doses of a medicine that something stands about: the newest day first, and on a day what was said first. */
export function saidSlots(marks: readonly KeptMark[], medication: string): Slot[] {
  const found = new Map<string, Slot>();
  const made = (mark: KeptMark): number => Date.parse(mark.made_at);
  for (const mark of [...marks].sort((one, other) => other.date.localeCompare(one.date) || made(one) - made(other))) {
    const { date, slot, ordinal } = mark;
    if (mark.medication === medication && !mark.undone) found.set(keyOfSlot(mark), { medication, date, slot, ordinal });
  }
  return [...found.values()];
}
