/** What is made of rows is what the server makes of them. tests/sync/test_derived.py runs this on other cases too. */

import { describe, expect, test } from "vitest";
import own from "../../../tests/cases/derive.json";
import { answersOf, appointmentsOf } from "../appointments/derive";
import { consentsOf } from "../consent/derive";
import { cardOf, dosePlanOf, renewalsOf } from "../medication/derive";
import { marksOf } from "../medication/marks_derive";
import { notesOf } from "../notes/derive";
import { preferencesOf } from "../reminders/derive";
import { utf8 } from "../vault/bytes";
import type { Row, Space } from "./port";
import { rowOf } from "./sealing";

/** Of a copy that is lent there may be one part and not the other. */
interface Case {
  citizen: string;
  now: string;
  today: string;
  takers: string[];
  rows: [string, string, string, string][];
  sources: Space["sources"];
  card?: unknown;
  plans?: { date: string }[];
  renewals?: unknown[];
  marks?: unknown[];
  appointments?: unknown[];
  answers?: unknown[];
  notes?: unknown[];
  preferences?: unknown;
  consents?: unknown;
}

const named = import.meta.env["VITE_DERIVE_CASES"] as string | undefined;
const cases = (named === undefined ? own : ((await import(/* @vite-ignore */ named)) as { default: unknown }).default) as Case[];

function grouped(rows: Case["rows"]): Map<string, Row[]> {
  const made = new Map<string, Row[]>();
  for (const [collection, key, mark, body] of rows) {
    made.set(collection, [...(made.get(collection) ?? []), rowOf({ collection, key, mark, body: utf8(body) })]);
  }
  return made;
}

describe.each(cases.map((each, at) => [at, each] as const))("case %i", (_, given) => {
  const rows = grouped(given.rows);
  const takers = new Set(given.takers);

  test.runIf(given.card)("card", () => expect(cardOf(rows, given.sources, given.today, takers)).toEqual(given.card));
  test.runIf(given.plans)("plans", () => expect(given.plans!.map(({ date }) => dosePlanOf(rows, date))).toEqual(given.plans));
  test.runIf(given.renewals)("renewals", () => expect(renewalsOf(rows)).toEqual(given.renewals));
  test.runIf(given.marks)("marks", () => expect(marksOf(rows, given.citizen, "")).toEqual(given.marks));
  test.runIf(given.appointments)("appointments", () => expect(appointmentsOf(rows, given.sources, takers)).toEqual(given.appointments));
  test.runIf(given.answers)("answers", () => expect(answersOf(rows)).toEqual(given.answers));
  test.runIf(given.notes)("notes", () => expect(notesOf(rows)).toEqual(given.notes));
  test.runIf(given.preferences)("preferences", () => expect(preferencesOf(rows)).toEqual(given.preferences));
  test.runIf(given.consents)("consents", () => expect(consentsOf(rows, given.sources, new Date(given.now))).toEqual(given.consents));
});

test("there are cases", () => expect(cases.length).toBeGreaterThan(0));
