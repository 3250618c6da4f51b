/** Which doses large letters ask about, one at a time. Pure. */

import type { Dose, KeptMark } from "../api/types";
import type { Among } from "./doses";
import { answeredCount, keyOfSlot, type Slot } from "./mark_rules";
import type { Part } from "./rules";

/** Doses that are due together. `part`: null for those of any time of the day. */
export interface Due extends Among {
  part: Part | null;
}

export interface Asked {
  dose: Dose;
  slot: Slot;
  among: Due;
  /** Which of those that are due together it is, and of how many. */
  number: number;
  of: number;
}

/**
 * The first dose that is due and about which nothing was said, but for those that were put off; null when none is left.
 * `slotFor`: which dose of its medicine a planned one is; null where the medicine is not known.
 */
export function askedOf(
  dues: readonly Due[],
  marks: readonly KeptMark[],
  putOff: ReadonlySet<string>,
  slotFor: (dose: Dose, among: Due) => Slot | null,
): Asked | null {
  for (const among of dues) {
    const doses = among.doses.flatMap((dose) => {
      const slot = slotFor(dose, among);
      return slot === null ? [] : [{ dose, slot }];
    });
    const open = doses.filter(({ slot }) => answeredCount(marks, [slot]) === 0 && !putOff.has(keyOfSlot(slot)));
    const [first] = open;
    if (first !== undefined) return { ...first, among, number: doses.length - open.length + 1, of: doses.length };
  }
  return null;
}
