/** Dates and times as the person reads them: Copenhagen's clock, by Intl, in Danish or English. */

import type { Language } from "../app/language";

const ZONE = "Europe/Copenhagen";
const LOCALE = { da: "da-DK", en: "en-GB" } as const;
const NO_BREAK = "\u00a0";

/** The civil date of an instant in Copenhagen, YYYY-MM-DD. */
export function civilDate(at: Date): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

/** The hour of an instant in Copenhagen, 0 to 23. */
export function hourOf(at: Date): number {
  return Number(parts(at, "en", { hour: "2-digit", hourCycle: "h23" })["hour"]);
}

/** Whole days from one civil date to another; negative when the second lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((noon(to).getTime() - noon(from).getTime()) / 86_400_000);
}

/** "26. november" or "26 November"; with the year when it is not the year of `today`. */
export function dayText(day: string, language: Language, today: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" as const };
  return format(noon(day), language, { day: "numeric", month: "long", ...year });
}

/** "9. dec." for chips, where room is short; with the year when it is another. */
export function shortDayText(day: string, language: Language, today: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" as const };
  return format(noon(day), language, { day: "numeric", month: "short", ...year });
}

/** "tirsdag 24. november". */
export function longDayText(day: string, language: Language, today: string): string {
  return `${weekday(day, language)} ${dayText(day, language, today)}`;
}

export function weekday(day: string, language: Language): string {
  return format(noon(day), language, { weekday: "long" });
}

/** "november 2026", for headings over far-away appointments. */
export function monthText(day: string, language: Language): string {
  return format(noon(day), language, { month: "long", year: "numeric" }).replaceAll(NO_BREAK, " ");
}

/** Day number and short month for a key block: "26" and "nov.". */
export function keyDay(day: string, language: Language): { day: string; month: string } {
  const found = parts(noon(day), language, { day: "numeric", month: "short" });
  return { day: found["day"] ?? "", month: found["month"] ?? "" };
}

/** "08.02" (da) or "08:02" (en). */
export function timeText(at: Date, language: Language): string {
  const { hour = "", minute = "" } = parts(at, language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${hour}${language === "da" ? "." : ":"}${minute}`;
}

/** A number with the language's decimal sign. */
export function numberText(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: 4 }).format(value);
}

/** Small first letter, for a sentence of ours that goes on. */
export function small(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Capital first letter, for our own words; a source's text stays as it is. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function format(at: Date, language: Language, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALE[language], { timeZone: ZONE, ...how }).format(at).replaceAll(" ", NO_BREAK);
}

function parts(at: Date, language: Language, how: Intl.DateTimeFormatOptions): Partial<Record<string, string>> {
  const found = new Intl.DateTimeFormat(LOCALE[language], { timeZone: ZONE, ...how }).formatToParts(at);
  return Object.fromEntries(found.map((part) => [part.type, part.value]));
}

/** A civil date as an instant in the middle of it, which is the same date everywhere in Denmark. */
function noon(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}
