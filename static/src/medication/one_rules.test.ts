import { expect, test } from "vitest";
import type { Dose, KeptMark } from "../api/types";
import { keyOfSlot, type Slot, slotOf } from "./mark_rules";
import { askedOf, type Due } from "./one_rules";

const dose = (id: string, slot: string): Dose => ({ medication_id: id, name: id, slot, ordinal: 1, quantity: 1, quantity_max: null, unit: null, as_needed: false });
const due = (date: string, part: Due["part"], ...doses: Dose[]): Due => ({ date, part, doses, card: { medications: [] } as never });
const slotFor = (each: Dose, among: Due): Slot | null => (each.medication_id === "unknown" ? null : slotOf(each, each.medication_id, among.date));
const said = (slot: Slot, undone = false): KeptMark => ({ ...slot, key: "k", said: "skipped", at: null, quantity: null, unit: null, by: "self", made_at: "2026-11-25T12:00:00+01:00", undone });

const dues = [due("2026-11-24", "night", dose("a", "night")), due("2026-11-25", "noon"), due("2026-11-25", null, dose("unknown", "any"), dose("b", "any"), dose("c", "any"))];
const night = { medication: "a", date: "2026-11-24", slot: "night", ordinal: 1 };
const any = { medication: "b", date: "2026-11-25", slot: "any", ordinal: 1 };

test("doses are asked about one after the other, each on its own date, and those that were put off are not", () => {
  const ask = (marks: KeptMark[], ...putOff: Slot[]) => askedOf(dues, marks, new Set(putOff.map(keyOfSlot)), slotFor);
  expect(ask([])).toMatchObject({ slot: night, number: 1, of: 1 });
  expect(ask([said(night)])).toMatchObject({ slot: any, number: 1, of: 2 });
  expect(ask([said(night, true)])).toMatchObject({ slot: night });
  expect(ask([said(night)], any)).toMatchObject({ dose: { medication_id: "c" }, number: 2, of: 2 });
  expect(ask([said(night), said({ ...any, medication: "c" })], any)).toBeNull();
});
