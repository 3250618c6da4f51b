/** The dose plan of a date and the status of a medication: app/medication/rules.py once more, for the copy on this device. */

import type { Dose, MedicationStatus, Unplanned } from "../api/types";
import { civilOf, noonOf } from "../ui/instants";

/** As they stand on the shelf: app/medication/card_json.py. Civil dates are YYYY-MM-DD, instants ISO 8601. */
export interface SourceDose {
  time: string | null;
  quantity: string;
  quantity_max: string | null;
}

export interface Period {
  interval: number | null;
  start: string | null;
  end: string | null;
  as_needed: boolean;
  days: [number, SourceDose[]][];
  any_day: SourceDose[];
}

export interface Dosage {
  periods: Period[];
  unit: string | null;
  singular: string | null;
  plural: string | null;
  unplanned: "free_text" | "schema" | null;
  start: string | null;
  end: string | null;
}

export interface Course {
  start: string | null;
  end: string | null;
  pause: { start: string | null; end: string | null } | null;
  discontinued_at: string | null;
}

export interface Plan {
  doses: Dose[];
  unplanned: Unplanned[];
}

const CLOCK = /^([0-9]{2}):([0-9]{2}):[0-9]{2}(?:\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$/;
const DAY = 86_400_000;

/** How the treatment stands on a civil date; discontinued goes before ended, ended before paused. */
export function statusOn(course: Course, on: string): MedicationStatus {
  if (course.discontinued_at !== null && civilOf(new Date(course.discontinued_at)).day <= on) return "discontinued";
  if (course.end !== null && course.end < on) return "ended";
  return course.pause !== null && isPaused(course.pause, on) ? "paused" : "active";
}

/** The doses of a medication on a civil date, each dose of the source as one, and why others have no time. */
export function planOf(id: string, name: string, dosage: Dosage, course: Course, on: string): Plan {
  const why = (reason: string): Unplanned => ({ medication_id: id, reason }) as Unplanned;
  if (statusOn(course, on) !== "active" || !covers(course, on)) return { doses: [], unplanned: [] };
  if (dosage.unplanned !== null) return { doses: [], unplanned: covers(dosage, on) ? [why(dosage.unplanned)] : [] };
  if (dosage.periods.length === 0) return { doses: [], unplanned: [why("no_dosage")] };
  const ordinals = new Map<string, number>();
  const doses: Dose[] = [];
  const reasons = new Set<string>();
  for (const period of dosage.periods.filter((each) => covers(each, on))) {
    const due = dueOn(period, on);
    for (const reason of due.reasons) reasons.add(reason);
    for (const dose of due.doses) {
      const slot = slotOf(dose.time, on);
      const ordinal = (ordinals.get(slot) ?? 0) + 1;
      ordinals.set(slot, ordinal);
      const [quantity, most] = [Number(dose.quantity), dose.quantity_max === null ? null : Number(dose.quantity_max)];
      const unit = unitOf(dosage, quantity, most);
      doses.push({ medication_id: id, name, slot, ordinal, quantity, quantity_max: most, unit, as_needed: period.as_needed });
    }
  }
  return { doses, unplanned: [...reasons].map(why) };
}

/** The inclusive last day of the whole dosage; null where a part of it has no end or there is none. */
export function lastDay(dosage: Dosage): string | null {
  if (dosage.unplanned !== null) return dosage.end;
  const ends = dosage.periods.map((period) => period.end);
  const known = ends.filter((end) => end !== null).sort();
  return known.length === ends.length ? (known.at(-1) ?? null) : null;
}

function covers({ start, end }: { start: string | null; end: string | null }, on: string): boolean {
  return (start === null || start <= on) && (end === null || on <= end);
}

/** Dates are inclusive; of instants, what holds at noon in Copenhagen counts. */
function isPaused({ start, end }: { start: string | null; end: string | null }, on: string): boolean {
  const noon = noonOf(on).getTime();
  const isInstant = (text: string): boolean => text.includes("T");
  const hasBegun = start === null || (isInstant(start) ? Date.parse(start) <= noon : start <= on);
  const isOver = end !== null && (isInstant(end) ? Date.parse(end) <= noon : end < on);
  return hasBegun && !isOver;
}

/** The doses of a period on a date that it covers, and why some of its doses cannot be placed. */
function dueOn(period: Period, on: string): { doses: SourceDose[]; reasons: string[] } {
  const isOneDay = period.start !== null && period.start === period.end;
  const isDaily = period.as_needed || period.interval === 1 || isOneDay;
  const number = dayNumber(period, on);
  const doses = isDaily ? [...period.any_day] : [];
  const reasons = period.any_day.length > 0 && !isDaily ? ["day_not_given"] : [];
  if (period.days.length > 0 && number === null) reasons.push("start_not_given");
  for (const [day, ofDay] of period.days) if (day === number) doses.push(...ofDay);
  return { doses, reasons };
}

function dayNumber({ interval, start }: Period, on: string): number | null {
  if (interval === 1) return 1;
  if (start === null) return null;
  const passed = Math.round((Date.parse(`${on}T00:00:00Z`) - Date.parse(`${start}T00:00:00Z`)) / DAY);
  return (interval === null ? passed : passed % interval) + 1;
}

function slotOf(written: string | null, on: string): string {
  if (written === null) return "any";
  const clock = CLOCK.exec(written);
  if (clock === null) return written;
  const [, hours = "", minute = "", zone] = clock;
  const hour = String(Number(hours) % 24).padStart(2, "0");
  if (zone === undefined) return `${hour}:${minute}`;
  return civilOf(new Date(`${on}T${hour}:${minute}:00${zone}`)).time.slice(0, 5);
}

function unitOf(dosage: Dosage, quantity: number, most: number | null): string | null {
  if (dosage.unit !== null) return dosage.unit;
  return quantity === 1 && most === null ? dosage.singular : dosage.plural;
}
