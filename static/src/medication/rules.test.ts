import { describe, expect, it } from "vitest";
import type { Card, Dose, DosePlan, Medication, Prescription } from "../api/types";
import * as rules from "./rules";

const dose = (slot: string, more: Partial<Dose> = {}): Dose => ({
  medication_id: "m1",
  name: "Nordamin",
  slot,
  ordinal: 1,
  quantity: 1,
  quantity_max: null,
  unit: "tablet",
  as_needed: false,
  ...more,
});

const plan = (...doses: Dose[]): DosePlan => ({ date: "2026-03-04", doses, unplanned: [] });

const medication = (more: Partial<Medication> = {}): Medication => ({
  id: "m1",
  name: "Nordamin",
  active_substance: null,
  atc: null,
  form: null,
  strength: null,
  route: null,
  indication: null,
  dosage: { kind: "fixed", short: null, long: null, end_inclusive: null },
  treatment_start: null,
  treatment_end: null,
  status: "active",
  kind: "prescribed",
  prescriber: null,
  organisation: null,
  changed_at: null,
  prescriptions: [],
  key: "k1",
  takes_renewal: false,
  ...more,
});

const card = (...medications: Medication[]): Card => ({
  citizen: { cpr: null, name: null, born: null },
  version: "1",
  as_of: null,
  fetched_at: null,
  source: "fmk",
  private_count: 0,
  medications,
  off_card: [],
  prescriptions_off_card: [],
});

const prescription = (more: Partial<Prescription> = {}): Prescription => ({
  id: "p1",
  status: "open",
  valid_to: null,
  package: null,
  dispensings_left: null,
  ...more,
});

const dosage = (kind: Medication["dosage"]["kind"]): Medication["dosage"] => ({ kind, short: null, long: null, end_inclusive: null });

describe("the part of the day", () => {
  it.each([
    [4, null],
    [5, "morning"],
    [10, "morning"],
    [11, "noon"],
    [16, "evening"],
    [21, "night"],
    [23, "night"],
  ])("at %i is %s", (hour, part) => expect(rules.partOf(hour)).toBe(part));

  it("is all ahead before the morning", () => {
    expect(rules.PARTS.map((part) => rules.whenOf(part, 2))).toEqual(["later", "later", "later", "later"]);
  });

  it("is past, now and later at noon", () => {
    expect(rules.PARTS.map((part) => rules.whenOf(part, 12))).toEqual(["past", "now", "later", "later"]);
  });

  it("takes in clock times, and early ones with the morning", () => {
    expect(["08:30", "22:15", "03:00", "any", "noon"].map(rules.partOfSlot)).toEqual(["morning", "night", "morning", null, "noon"]);
  });
});

describe("the day", () => {
  it("sets doses as needed and those of any time apart", () => {
    const day = rules.dayOf(plan(dose("noon"), dose("any"), dose("any", { as_needed: true })));
    expect([day.parts.noon.length, day.anyTime.length, day.asNeeded.length]).toEqual([1, 1, 1]);
    expect(rules.plannedCount(day)).toBe(2);
  });

  it("orders clock times within a part, after those without", () => {
    const day = rules.dayOf(plan(dose("19:30"), dose("18:00"), dose("evening")));
    expect(day.parts.evening.map((each) => each.slot)).toEqual(["evening", "18:00", "19:30"]);
  });
});

describe("the place of a dose", () => {
  it("is told where the same medicine comes several times at the same time", () => {
    const doses = [dose("any", { ordinal: 1 }), dose("any", { ordinal: 2 }), dose("any", { medication_id: "m2" }), dose("noon")];
    expect(doses.map((each) => rules.placeOf(each, doses))).toEqual([{ number: 1, of: 2 }, { number: 2, of: 2 }, null, null]);
  });
});

describe("the blik", () => {
  const at = (hour: number, ...doses: Dose[]): rules.Blik => rules.blikOf(rules.dayOf(plan(...doses)), 0, hour);

  it("says the doses of now", () => {
    expect(at(12, dose("noon"), dose("noon"), dose("night"))).toEqual({ says: "part", part: "noon", count: 2, when: "now" });
  });

  it("says the next ones when now has none", () => {
    expect(at(12, dose("morning"), dose("night"))).toEqual({ says: "part", part: "night", count: 1, when: "later" });
  });

  it("leaves out what something was said about", () => {
    const day = rules.dayOf(plan(dose("noon"), dose("noon"), dose("night"), dose("any")));
    const without = (...slots: string[]): rules.Blik => rules.blikOf(day, 0, 12, rules.waitingOf(day, (each) => slots.includes(each.slot)));
    expect(without("noon")).toMatchObject({ part: "night", count: 1, when: "later" });
    expect(without("noon", "night")).toEqual({ says: "any_time", count: 1 });
    expect(without("noon", "night", "any")).toEqual({ says: "over", count: 4 });
  });

  it("says any time before it says that the day is over", () => {
    expect(at(22, dose("morning"), dose("any"))).toEqual({ says: "any_time", count: 1 });
    expect(at(22, dose("morning"))).toEqual({ says: "over", count: 1 });
  });

  it("never says nothing while there is text or medicine as needed", () => {
    expect(at(9, dose("any", { as_needed: true }))).toEqual({ says: "as_needed" });
    expect(rules.blikOf(rules.dayOf(plan()), 2, 9)).toEqual({ says: "not_planned", count: 2 });
    expect(at(9)).toEqual({ says: "nothing" });
  });
});

describe("the card", () => {
  it("puts every medication in exactly one group", () => {
    const all = [
      medication({ id: "a" }),
      medication({ id: "b", dosage: dosage("as_needed") }),
      medication({ id: "c", dosage: dosage("combined") }),
      medication({ id: "d", dosage: dosage("free_text") }),
      medication({ id: "e", status: "paused", dosage: dosage("as_needed") }),
      medication({ id: "f", status: "discontinued" }),
      medication({ id: "g", status: "ended" }),
    ];
    const groups = rules.groupsOf(card(...all));
    const ids = (found: Medication[]): string => found.map((each) => each.id).join("");
    expect([groups.fixed, groups.asNeeded, groups.other, groups.paused, groups.past].map(ids)).toEqual(["ac", "b", "d", "e", "fg"]);
  });

  it("says the strength only where the name lacks it", () => {
    expect(rules.fullName({ name: "Nordamin", strength: "5 mg" })).toBe("Nordamin 5 mg");
    expect(rules.fullName({ name: "Nordamin 5mg", strength: "5 mg" })).toBe("Nordamin 5mg");
    expect(rules.fullName({ name: null, strength: "5 mg" })).toBeNull();
  });

  it("says the substance only where it differs from the name", () => {
    expect(rules.otherSubstance(medication({ active_substance: "nordamin" }))).toBeNull();
    expect(rules.otherSubstance(medication({ active_substance: "Borealin" }))).toBe("Borealin");
  });

  it("shows the long text where the source gives no short one", () => {
    const text = { kind: "fixed" as const, short: null, long: "1 tablet morgen", end_inclusive: null };
    expect(rules.dosageText(medication({ dosage: text }))).toBe("1 tablet morgen");
    expect(rules.dosageText(medication({ dosage: { ...text, short: "1 tabl." } }))).toBe("1 tabl.");
  });
});

describe("prescriptions", () => {
  const runsOut = (...days: (string | null)[]): string | null =>
    rules.runsOutOn(days.map((valid_to) => prescription({ valid_to })), "2026-03-04");

  it("run out on the last open one's day, when that is near", () => {
    expect(runsOut("2026-03-10", "2026-04-03")).toBe("2026-04-03");
    expect(runsOut("2026-03-10", "2026-04-04")).toBeNull();
    expect(runsOut("2026-03-03")).toBeNull();
    expect(runsOut("2026-03-10", null)).toBeNull();
    expect(rules.runsOutOn([prescription({ status: "closed", valid_to: "2026-03-10" })], "2026-03-04")).toBeNull();
  });

  it("come in one list, the open ones first and those off the card among them", () => {
    const held = card(medication({ prescriptions: [prescription({ id: "old", status: "closed" }), prescription({ id: "new" })] }));
    held.prescriptions_off_card = [{ ...prescription({ id: "loose" }), name: "Sydamin", form: null, strength: "2 mg", indication: null }];
    const listed = rules.prescriptionsOf(held);
    expect(listed.map((each) => each.prescription.id)).toEqual(["new", "loose", "old"]);
    expect(listed[1]).toMatchObject({ name: "Sydamin 2 mg", medicationId: null });
  });
});
