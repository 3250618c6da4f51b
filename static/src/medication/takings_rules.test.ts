import { expect, test } from "vitest";
import type { KeptMark } from "../api/types";
import type { Slot } from "./mark_rules";
import { nextTaking, quantityOf, takingsOf, timesTaken } from "./takings_rules";

const slot = (name: string, ordinal: number): Slot => ({ medication: "m", date: "2026-11-25", slot: name, ordinal });
const mark = (of: Slot, time: string, more: Partial<KeptMark> = {}): KeptMark => ({
  ...of, key: `${of.slot} ${of.ordinal} ${time}`, said: "taken", at: `2026-11-25T${time}:00+01:00`, quantity: null, unit: null, by: "self", made_at: "2026-11-25T12:00:00+01:00", undone: false, ...more,
});
const places = (slots: readonly Slot[]): string[] => slots.map((each) => `${each.slot} ${each.ordinal}`);

// As on a card with one dose at noon, and another as needed.
const fixed = [slot("noon", 1)];
const first = slot("noon", 2);

test("each taking is the next ordinal, and a dose that has its time is none", () => {
  expect(places([nextTaking([], first, fixed)])).toEqual(["noon 2"]);
  const marks = [mark(slot("noon", 1), "12:00"), mark(first, "13:00")];
  expect(places(takingsOf(marks, first, fixed))).toEqual(["noon 2"]);
  expect(places([nextTaking(marks, first, fixed)])).toEqual(["noon 3"]);
  // Where the one as needed stands first on the card, the fixed one is passed over.
  expect(places([nextTaking([mark(slot("noon", 1), "12:00")], slot("noon", 1), [slot("noon", 2)])])).toEqual(["noon 3"]);
});

test("what was taken back is no taking, and its ordinal is the next again", () => {
  const marks = [mark(first, "08:00", { undone: true }), mark(slot("noon", 3), "09:00")];
  expect(places(takingsOf(marks, first, fixed))).toEqual(["noon 3"]);
  expect(places([nextTaking(marks, first, fixed)])).toEqual(["noon 2"]);
});

test("takings stand by their time, also those of a plan that is another now, and none of another day or medicine", () => {
  const marks = [mark(first, "13:00"), mark(slot("any", 1), "06:40"), mark({ ...first, date: "2026-11-24" }, "07:00"), mark({ ...first, medication: "x" }, "07:00")];
  expect(places(takingsOf(marks, first, fixed))).toEqual(["any 1", "noon 2"]);
});

test("each statement of one's own counts, and nothing is counted where others spoke too", () => {
  const own = [mark(first, "08:00"), mark(first, "09:00"), mark(slot("noon", 3), "10:00", { said: "skipped", at: null })];
  expect(timesTaken(own, takingsOf(own, first, fixed))).toBe(2);
  const both = [...own, mark(first, "08:05", { by: "other" })];
  expect(timesTaken(both, takingsOf(both, first, fixed))).toBeNull();
});

test("an amount is read with a comma or a point, and what is none is not", () => {
  expect(["2", " 1,5 ", "0.25", "12345"].map(quantityOf)).toEqual(["2", "1.5", "0.25", "12345"]);
  expect(["", "0", "0,0", "-1", "2 stk", "1,5,5", "123456", "1.23456", "٢"].map(quantityOf)).toEqual(Array(9).fill(null));
});
