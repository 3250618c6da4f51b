/** What was taken of a medicine as needed: each taking is an ordinal of its own, so that no two are ever one. Pure. */

import type { KeptMark } from "../api/types";
import { keyOfSlot, type Slot, standing, stateOf } from "./mark_rules";

const AMOUNT = /^\d{1,5}(?:\.\d{1,4})?$/;

/**
 * The takings of a medicine on a civil date, by when they were: all that something stands about, but for `fixed`, the
 * doses that have a time on the card. What the card plans as needed may change in a day; what was taken stays.
 */
export function takingsOf(marks: readonly KeptMark[], { medication, date }: Slot, fixed: readonly Slot[]): Slot[] {
  const others = new Set(fixed.map(keyOfSlot));
  const found = new Map<string, Slot>();
  const when = (mark: KeptMark): number => Date.parse(mark.at ?? mark.made_at);
  const taken = marks.filter((mark) => mark.medication === medication && mark.date === date && !mark.undone && !others.has(keyOfSlot(mark)));
  for (const { slot, ordinal } of taken.sort((one, other) => when(one) - when(other))) {
    const taking = { medication, date, slot, ordinal };
    if (!found.has(keyOfSlot(taking))) found.set(keyOfSlot(taking), taking);
  }
  return [...found.values()];
}

/** The dose that the next taking is: the first ordinal from that of `first`, the card's, about which nothing stands. */
export function nextTaking(marks: readonly KeptMark[], first: Slot, fixed: readonly Slot[]): Slot {
  const taken = new Set([...fixed, ...takingsOf(marks, first, fixed)].map(keyOfSlot));
  let next = first;
  while (taken.has(keyOfSlot(next))) next = { ...next, ordinal: next.ordinal + 1 };
  return next;
}

/** How often it was taken; null where several people may have told of the same taking. */
export function timesTaken(marks: readonly KeptMark[], takings: readonly Slot[]): number | null {
  const said = takings.map((slot) => standing(marks, slot));
  if (said.some((each) => stateOf(each) === "differs")) return null;
  return said.flat().filter((mark) => mark.said === "taken").length;
}

/** An amount as a person writes it, as the server takes it; null where it is none. */
export function quantityOf(written: string): string | null {
  const text = written.trim().replace(",", ".");
  return AMOUNT.test(text) && Number(text) > 0 ? text : null;
}
