import { expect, test } from "vitest";
import cases from "../../../tests/cases/preferences.json";
import type { QueuedAct, Row } from "../sync/port";
import { preferencesOf, withPreferences } from "./derive";
import { DEFAULTS, fault } from "./rules";

const MEDICINE = "medicine.0123456789abcdef0123456789abcdef.remind";

/** Preferences as they lie on a copy. */
function rowsOf(said: readonly (readonly [string, unknown])[]): Map<string, Row[]> {
  const rows = said.map(([field, value], n) => ({ collection: "preference", key: `k${n}`, mark: "", id: field, source: "self", fetchedAt: "", content: { field, value } }));
  return new Map([["preference", rows]]);
}

function chosen(mid: number, field: string, value: unknown, state: QueuedAct["state"] = "waiting"): QueuedAct {
  return { mid, space: "s", name: "preference:set", args: { field, value }, precondition: null, occurredAt: "2026-03-29T01:59:59+01:00", state, code: null };
}

test.each(cases.faults)("$what", ({ field, value, fault: expected }) => expect(fault(field, value)).toBe(expected));

test.each(cases.counting)("$what", ({ said, counts }) => {
  expect(preferencesOf(rowsOf(said as [string, unknown][]))).toEqual(counts);
});

test("every default can be said", () => {
  expect([...DEFAULTS].filter(([field, value]) => fault(field, value) !== null)).toEqual([]);
});

test("what was chosen here is shown in its order over what stands, and what was refused is not", () => {
  const stands = preferencesOf(rowsOf([["window", 30], [MEDICINE, true], ["snooze", 5]]));
  const acts = [chosen(1, "quiet", "22:00-07:00"), chosen(2, "quiet", "21:00-07:00", "sending"), chosen(3, "window", null, "provisional"), chosen(4, MEDICINE, null), chosen(5, "snooze", 20, "refused")];
  const shown = withPreferences(stands, acts);
  expect(shown).toMatchObject({ quiet: "21:00-07:00", window: 60, snooze: 5, timing: "spread" });
  expect(shown).not.toHaveProperty([MEDICINE]);
  expect(withPreferences(stands, [chosen(1, MEDICINE, null), chosen(2, MEDICINE, true)])).toEqual(stands);
});
