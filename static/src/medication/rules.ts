/** Pure decisions about the card and the day: which part of the day is now, what belongs together, what the blik says. */

import type { Card, Dose, DosePlan, LoosePrescription, Medication, Prescription } from "../api/types";
import { daysBetween } from "../ui/dates";

export type Part = "morning" | "noon" | "evening" | "night";

export const PARTS: readonly Part[] = ["morning", "noon", "evening", "night"];

/** The hour each part begins. From midnight to the morning the day's first doses are still to come. */
const BEGINS: Record<Part, number> = { morning: 5, noon: 11, evening: 16, night: 21 };

export type When = "past" | "now" | "later";

/** The part of the day that an hour (0 to 23) lies in; null before the morning. */
export function partOf(hour: number): Part | null {
  return [...PARTS].reverse().find((part) => hour >= BEGINS[part]) ?? null;
}

/** Whether a part of the day is past, now or later at an hour. */
export function whenOf(part: Part, hour: number): When {
  const current = partOf(hour);
  const distance = PARTS.indexOf(part) - (current === null ? -1 : PARTS.indexOf(current));
  return distance === 0 ? "now" : distance < 0 ? "past" : "later";
}

/** The part a dose's slot belongs to. A clock time before the morning is the morning's; null is "at any time". */
export function partOfSlot(slot: string): Part | null {
  const named = PARTS.find((part) => part === slot);
  if (named) return named;
  const clock = clockOf(slot);
  return clock === null ? null : (partOf(Number(clock.slice(0, 2))) ?? "morning");
}

/** The clock time of a slot, HH:MM, or null when the slot is a part of the day or any time. */
export function clockOf(slot: string): string | null {
  return /^\d{2}:\d{2}/.test(slot) ? slot.slice(0, 5) : null;
}

export interface Day {
  parts: Record<Part, Dose[]>;
  anyTime: Dose[];
  asNeeded: Dose[];
}

/** The day's doses by when they are due, those as needed apart; within a part clock times come in their order, last. */
export function dayOf(plan: DosePlan): Day {
  const day: Day = { parts: { morning: [], noon: [], evening: [], night: [] }, anyTime: [], asNeeded: [] };
  for (const dose of plan.doses) {
    if (dose.as_needed) day.asNeeded.push(dose);
    else {
      const part = partOfSlot(dose.slot);
      (part === null ? day.anyTime : day.parts[part]).push(dose);
    }
  }
  for (const part of PARTS) day.parts[part].sort((a, b) => (clockOf(a.slot) ?? "").localeCompare(clockOf(b.slot) ?? ""));
  return day;
}

/** What the one sentence on top of I dag says. */
export type Blik =
  | { says: "part"; part: Part; count: number; when: "now" | "later" }
  | { says: "any_time"; count: number }
  | { says: "over"; count: number }
  | { says: "not_planned"; count: number }
  | { says: "as_needed" }
  | { says: "nothing" };

/** The day without the doses that `isAnswered`: what still waits. */
export function waitingOf(day: Day, isAnswered: (dose: Dose) => boolean): Day {
  const waits = (doses: Dose[]): Dose[] => doses.filter((dose) => !isAnswered(dose));
  const { morning, noon, evening, night } = day.parts;
  const parts = { morning: waits(morning), noon: waits(noon), evening: waits(evening), night: waits(night) };
  return { parts, anyTime: waits(day.anyTime), asNeeded: day.asNeeded };
}

/**
 * The sentence for a day at an hour: the doses of now that wait, else the next ones, else why there are none.
 * `waiting`: the day without those that something was said about.
 */
export function blikOf(day: Day, unplanned: number, hour: number, waiting: Day = day): Blik {
  for (const part of PARTS) {
    const when = whenOf(part, hour);
    const count = waiting.parts[part].length;
    if (when !== "past" && count > 0) return { says: "part", part, count, when };
  }
  if (waiting.anyTime.length > 0) return { says: "any_time", count: waiting.anyTime.length };
  if (plannedCount(day) > 0) return { says: "over", count: plannedCount(day) };
  if (unplanned > 0) return { says: "not_planned", count: unplanned };
  return { says: day.asNeeded.length > 0 ? "as_needed" : "nothing" };
}

/** Which of the medicine's doses at the same time this is, and of how many; null where it is alone. */
export function placeOf(dose: Dose, doses: readonly Dose[]): { number: number; of: number } | null {
  const same = doses.filter((each) => each.medication_id === dose.medication_id && each.slot === dose.slot);
  return same.length < 2 ? null : { number: same.indexOf(dose) + 1, of: same.length };
}

/** How many doses the day has, those as needed not counted. */
export function plannedCount(day: Day): number {
  return PARTS.reduce((sum, part) => sum + day.parts[part].length, day.anyTime.length);
}

export interface CardGroups {
  fixed: Medication[];
  asNeeded: Medication[];
  other: Medication[];
  paused: Medication[];
  past: Medication[];
}

/** The card's medications as the screen groups them, each group in the card's order. */
export function groupsOf(card: Card): CardGroups {
  const groups: CardGroups = { fixed: [], asNeeded: [], other: [], paused: [], past: [] };
  for (const medication of card.medications) groups[groupOf(medication)].push(medication);
  return groups;
}

function groupOf(medication: Medication): keyof CardGroups {
  if (medication.status === "paused") return "paused";
  if (medication.status !== "active") return "past";
  if (medication.dosage.kind === "as_needed") return "asNeeded";
  return medication.dosage.kind === "fixed" || medication.dosage.kind === "combined" ? "fixed" : "other";
}

/** The name as it is said, with the strength where the name lacks it. */
export function fullName(medication: { name: string | null; strength: string | null }): string | null {
  const { name, strength } = medication;
  if (name === null) return null;
  return strength === null || squeezed(name).includes(squeezed(strength)) ? name : `${name} ${strength}`;
}

/** The active substance where it says more than the name does. */
export function otherSubstance(medication: Medication): string | null {
  const { active_substance: substance, name } = medication;
  if (substance === null || squeezed(name ?? "").includes(squeezed(substance))) return null;
  return substance;
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/\s+/g, "");
}

/** The dosage in the source's words: the short text, else the long one. */
export function dosageText(medication: Medication): string | null {
  return medication.dosage.short ?? medication.dosage.long;
}

/** The day the last usable prescription ends, when that is at most 30 days ahead; else null. */
export function runsOutOn(prescriptions: readonly Prescription[], today: string): string | null {
  const ends = prescriptions.filter((each) => each.status === "open").map((each) => each.valid_to);
  if (ends.length === 0 || ends.includes(null)) return null;
  const last = ends.filter((day) => day !== null).sort().at(-1) ?? null;
  if (last === null) return null;
  const days = daysBetween(today, last);
  return days >= 0 && days <= 30 ? last : null;
}

export interface ListedPrescription {
  prescription: Prescription;
  name: string | null;
  form: string | null;
  indication: string | null;
  medicationId: string | null;
}

/** All prescriptions in one list, the open ones first, else in the source's order. */
export function prescriptionsOf(card: Card): ListedPrescription[] {
  const hanging = [...card.medications, ...card.off_card].flatMap((medication) =>
    medication.prescriptions.map((prescription) => listed(prescription, medication, medication.id)),
  );
  const loose = card.prescriptions_off_card.map((each: LoosePrescription) => listed(each, each, null));
  const all = [...hanging, ...loose];
  return [...all.filter(isOpen), ...all.filter((each) => !isOpen(each))];
}

type Described = Pick<LoosePrescription, "name" | "form" | "strength" | "indication">;

function listed(prescription: Prescription, about: Described, medicationId: string | null): ListedPrescription {
  return { prescription, name: fullName(about), form: about.form, indication: about.indication, medicationId };
}

function isOpen(each: ListedPrescription): boolean {
  return each.prescription.status === "open";
}
