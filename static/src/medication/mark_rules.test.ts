import { describe, expect, test } from "vitest";
import cases from "../../../tests/cases/dose_marks.json";
import type { Row } from "../sync/port";
import { standing, stateOf } from "./mark_rules";
import { marksOf } from "./marks_derive";

/** The statements as they lie on a copy. */
function rowsOf(events: readonly { key: string }[]): Map<string, Row[]> {
  const rows = events.map(({ key, ...content }) => ({ collection: "dose_mark", key, mark: "", id: key, source: "self", fetchedAt: "", content }));
  return new Map([["dose_mark", rows]]);
}

describe.each(cases.states)("$what", ({ events, slots }) => {
  test.each([["forwards", events], ["backwards", [...events].reverse()]] as const)("%s", (_, order) => {
    const marks = marksOf(rowsOf([...order]), "karen");
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
