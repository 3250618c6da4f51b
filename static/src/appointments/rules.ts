/** Pure decisions about appointments: which are to come, what they are called, how they are grouped, who told us. */

import type { Appointment } from "../api/types";
import type { QueuedAct } from "../sync/port";
import { civilDate, daysBetween } from "../ui/dates";

/** Statuses of the source that mean that nobody is to come. */
const OFF = ["cancelled", "entered-in-error", "noshow", "revoked", "aborted", "nullified"];

/** Statuses of the source that mean that the time is not settled. */
const OPEN = ["proposed", "pending", "waitlist"];

export function isOff(appointment: Appointment): boolean {
  return appointment.status !== null && OFF.includes(appointment.status.toLowerCase());
}

export function isUnsettled(appointment: Appointment): boolean {
  return appointment.status !== null && OPEN.includes(appointment.status.toLowerCase());
}

/** To come: not over yet. Without an end the day of the start counts whole; without any time it stays in sight. */
export function isComing(appointment: Appointment, now: Date): boolean {
  if (appointment.end !== null) return new Date(appointment.end) > now;
  if (appointment.start === null) return true;
  return civilDate(new Date(appointment.start)) >= civilDate(now);
}

/** Whether its time has come: it takes no answer any more. */
export function hasBegun(appointment: Appointment, now: Date): boolean {
  return appointment.start !== null && new Date(appointment.start) <= now;
}

/** The appointment of an address: by the source's id, else by the key that acts and changes name it by. */
export function appointmentOf(all: readonly Appointment[], id: string): Appointment | undefined {
  return all.find((each) => each.id === id) ?? all.find((each) => each.key === id);
}

/** The newest answer from this phone to an appointment, when it was refused; null when a later one was given. */
export function refusedOf(acts: readonly QueuedAct[], key: string): QueuedAct | null {
  const own = acts.filter((act) => act.name === "appointment:answer" && act.args["appointment"] === key);
  const last = own.sort((one, other) => one.mid - other.mid).at(-1);
  return last?.state === "refused" ? last : null;
}

/** The coming ones by start, those without a time last. */
export function comingOf(appointments: readonly Appointment[], now: Date): Appointment[] {
  return appointments.filter((each) => isComing(each, now)).sort((a, b) => startOf(a) - startOf(b));
}

/** The past ones, the latest first. */
export function pastOf(appointments: readonly Appointment[], now: Date): Appointment[] {
  return appointments.filter((each) => !isComing(each, now)).sort((a, b) => startOf(b) - startOf(a));
}

/** The next appointment that stands and has a time, or null. */
export function nextOf(appointments: readonly Appointment[], now: Date): Appointment | null {
  return comingOf(appointments, now).find((each) => each.start !== null && !isOff(each)) ?? null;
}

function startOf(appointment: Appointment): number {
  return appointment.start === null ? Number.MAX_SAFE_INTEGER : new Date(appointment.start).getTime();
}

/** What it is about: the reason, else the title. */
export function subjectOf(appointment: Appointment): string | null {
  return appointment.reason ?? appointment.title;
}

/** The organisation and the place, each said once. */
export function whereOf(appointment: Appointment): string[] {
  const said = [appointment.organisation, appointment.place.name].filter((text) => text !== null);
  return [...new Set(said)];
}

/** Where an appointment stands in the list: this week, next week, a month of its own, or without a time. */
export type Heading = { in: "this_week" | "next_week" | "no_time" } | { in: "month"; day: string };

export interface AppointmentGroup {
  heading: Heading;
  appointments: Appointment[];
}

/** Groups a sorted list by heading; weeks begin on Monday. Past ones are grouped by month only. */
export function groupsOf(sorted: readonly Appointment[], today: string, byWeek: boolean): AppointmentGroup[] {
  const groups = new Map<string, AppointmentGroup>();
  for (const appointment of sorted) {
    const heading = headingOf(appointment, today, byWeek);
    const key = heading.in === "month" ? heading.day.slice(0, 7) : heading.in;
    const group = groups.get(key) ?? { heading, appointments: [] };
    group.appointments.push(appointment);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function headingOf(appointment: Appointment, today: string, byWeek: boolean): Heading {
  if (appointment.start === null) return { in: "no_time" };
  const day = civilDate(new Date(appointment.start));
  const untilSunday = 7 - (new Date(`${today}T12:00:00Z`).getUTCDay() || 7);
  const days = daysBetween(today, day);
  if (byWeek && days <= untilSunday) return { in: "this_week" };
  if (byWeek && days <= untilSunday + 7) return { in: "next_week" };
  return { in: "month", day };
}

export interface Teller {
  name: string;
  fetchedAt: string | null;
  failingSince: string | null;
}

/** Who told us of these appointments, each once with the oldest time we heard from them. */
export function tellersOf(appointments: readonly Appointment[]): Teller[] {
  const tellers = new Map<string, Teller>();
  for (const each of appointments) {
    const name = each.organisation ?? each.place.name ?? "";
    const known = tellers.get(name);
    const told = { name, fetchedAt: each.fetched_at, failingSince: each.not_fetched_since };
    if (!known || isEarlier(each.fetched_at, known.fetchedAt)) tellers.set(name, told);
  }
  return [...tellers.values()];
}

function isEarlier(one: string | null, other: string | null): boolean {
  if (other === null) return false;
  return one === null || new Date(one) < new Date(other);
}

/** How many appointments, this one among them, belong to its series, and which of them it is; null without a series. */
export function placeInSeries(appointment: Appointment, all: readonly Appointment[]): { number: number; of: number } | null {
  if (appointment.series === null) return null;
  const series = all.filter((each) => each.series === appointment.series).sort((a, b) => startOf(a) - startOf(b));
  return series.length < 2 ? null : { number: series.findIndex((each) => each.id === appointment.id) + 1, of: series.length };
}

/** A telephone number as a tel: address: digits and a leading plus only; null when nothing can be dialled. */
export function telOf(phone: string | null): string | null {
  const dialled = (phone ?? "").replace(/^tel:/i, "").replace(/[^\d+]/g, "").replace(/(?!^)\+/g, "");
  return /\d{3}/.test(dialled) ? `tel:${dialled}` : null;
}

/** A Danish number of eight digits in pairs, "55 55 01 26"; any other as it was written. */
export function phoneText(phone: string): string {
  const digits = phone.replace(/^tel:/i, "").replace(/\s/g, "");
  return /^\d{8}$/.test(digits) ? (digits.match(/\d{2}/g) ?? []).join("\u00a0") : phone.replace(/^tel:/i, "");
}

/** All appointments of the same course, this one among them, by their start; only this one where it has no course. */
export function courseOf(appointment: Appointment, all: readonly Appointment[]): Appointment[] {
  const { course } = appointment;
  if (course === null) return [appointment];
  return all.filter((each) => each.course?.id === course.id).sort((a, b) => startOf(a) - startOf(b));
}

/** Where a map shows an address. Nothing else than the address is told to it. */
export function mapOf(address: string): string {
  return `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`;
}

export type Video = { url: string } & ({ is: "open" | "over" | "no_time" } | { is: "early"; from: Date });

/** How long before its start a video meeting can be opened, in milliseconds. */
const EARLY = 15 * 60_000;

/** Whether the link of a video visit is worth pressing now; null where there is none. */
export function videoOf(appointment: Appointment, now: Date): Video | null {
  const { video_url: url, start, end } = appointment;
  if (url === null || isOff(appointment)) return null;
  if (start === null) return { is: "no_time", url };
  const from = new Date(new Date(start).getTime() - EARLY);
  if (now < from) return { is: "early", from, url };
  const until = end === null ? new Date(start).getTime() + 60 * 60_000 : new Date(end).getTime() + EARLY;
  return { is: now.getTime() <= until ? "open" : "over", url };
}
