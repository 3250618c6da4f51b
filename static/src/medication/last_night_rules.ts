/** On which day a dose of the night was taken, which begins on one date and ends on the next. Pure. */

import type { KeptMark } from "../api/types";
import { dayBefore } from "./mark_store";
import { partOfSlot } from "./rules";

/**
 * The civil date on which a dose was taken at a time HH:MM: of the night, that of the plan up to midnight and the one
 * after it from then on; of any other, the one that was said before.
 */
export function dayTaken({ date, slot, at, made_at }: Pick<KeptMark, "date" | "slot" | "at" | "made_at">, time: string): string {
  if (partOfSlot(slot) !== "night") return (at ?? made_at).slice(0, 10);
  return time < "12:00" ? dayBefore(date, -1) : date;
}
