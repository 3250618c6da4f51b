import type { KeptMark } from "../api/types";
import { describe, expect, test } from "vitest";
import cases from "../../../tests/cases/dose_marks.json";
import type { Row } from "../sync/port";
import { saidSlots, standing, stateOf } from "./mark_rules";
import { marksOf } from "./marks_derive";

/** The statements as they lie on a copy. */
function rowsOf(events: readonly { key: string }[]): Map<string, Row[]> {
  const rows = events.map(({ key, ...content }) => ({ collection: "dose_mark", key, mark: "", id: key, source: "self", fetchedAt: "", content }));
  return new Map([["dose_mark", rows]]);
}

describe.each(cases.states)("$what", ({ events, slots }) => {
  test.each([["forwards", events], ["backwards", [...events].reverse()]] as const)("%s", (_, order) => {
    const marks = marksOf(rowsOf([...order]), "karen", "");
    for (const slot of slots) {
      const said = standing(marks, slot);
      expect(said.map((mark) => mark.key)).toEqual(slot.standing);
      // Two others are told apart at the server; here they count as two, whoever they were.
      const whom = new Set(events.filter((event) => slot.standing.includes(event.key)).map((event) => event.by));
      if (!(said.length > 1 && [...whom].every((by) => by !== "karen"))) expect(stateOf(said)).toBe(slot.state);
      else expect(stateOf(said)).toBe("differs");
    }
  });
});

test("an amount stands with what was said, also where nothing was said of one", () => {
  const said = { medication: "m", date: "2026-11-25", slot: "any", ordinal: 1, said: "taken", at: null, by: "karen", made_at: "2026-11-25T09:00:00+01:00", undoes: null };
  const marks = marksOf(rowsOf([{ key: "k1", ...said }, { key: "k2", ...said, quantity: "1.5", unit: "pust" } as never]), "karen", "");
  expect(marks.map(({ quantity, unit }) => [quantity, unit])).toEqual([[null, null], ["1.5", "pust"]]);
});

test("the history of a medicine names each dose once, the newest day first, and none of which all was taken back", () => {
  const mark = (date: string, slot: string, more: Partial<KeptMark> = {}): KeptMark => ({
    key: `${date} ${slot}`, medication: "m", date, slot, ordinal: 1, said: "taken", at: null, quantity: null, unit: null, by: "self", made_at: `${date}T09:00:00+01:00`, undone: false, ...more,
  });
  const all = [mark("2026-11-24", "noon"), mark("2026-11-25", "night", { made_at: "2026-11-25T22:00:00+01:00" }), mark("2026-11-25", "morning"), mark("2026-11-25", "morning", { said: "skipped", by: "other" }), mark("2026-11-25", "noon", { undone: true }), mark("2026-11-25", "noon", { medication: "x" })];
  const found = saidSlots(all, "m").map(({ date, slot }) => `${date} ${slot}`);
  expect(found).toEqual(["2026-11-25 morning", "2026-11-25 night", "2026-11-24 noon"]);
  expect(saidSlots([...all].reverse(), "m").map(({ date, slot }) => `${date} ${slot}`)).toEqual(found);
});

test("of a copy, the statements of the days that are asked for are told, and what took them back later", () => {
  const event = (key: string, date: string, undoes: string | null = null) => ({
    key, medication: "m", date, slot: "noon", ordinal: 1, said: "taken", at: null, undoes, by: "karen", made_at: `2026-11-25T0${key}:00:00Z`,
  });
  const rows = rowsOf([event("1", "2026-11-23"), event("2", "2026-11-24"), event("3", "2026-11-25"), event("4", "2026-11-24", "2")]);
  expect(marksOf(rows, "karen", "2026-11-24").map(({ key, undone }) => [key, undone])).toEqual([["2", true], ["3", false]]);
});
