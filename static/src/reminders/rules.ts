/** Which preferences of reminders there are, and what counts where nothing was said: app/reminders/rules.py once more. */

export type Value = boolean | number | string;
/** By field. */
export type Preferences = Readonly<Record<string, Value>>;

/** Least, most, and the default, all in minutes. */
type Minutes = readonly [least: number, most: number, usual: number];

const WORDS = new Map<string, readonly string[]>([
  ["lock_screen", ["neutral", "named"]],
  ["timing", ["spread", "exact"]],
]);
const MINUTES = new Map<string, Minutes>([
  ["window", [15, 240, 60]],
  ["snooze", [5, 60, 10]],
  ["appointment.lead", [0, 1440, 120]],
]);
const DELAY: Minutes = [15, 1440, 0];
const QUIET = "quiet";
const NOT_QUIET = "none";

export const DEFAULTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["kind.dose", true],
  ["kind.appointment", true],
  ["kind.consent_expiry", true],
  ["kind.consent_request", true],
  ["appointment.day_before", true],
  ["slot.morning", "08:00"],
  ["slot.noon", "12:00"],
  ["slot.evening", "18:00"],
  ["slot.night", "22:00"],
  ["slot.any", "08:00"],
  ["lock_screen", "neutral"],
  ["timing", "spread"],
  ["window", 60],
  ["snooze", 10],
  ["appointment.lead", 120],
  [QUIET, NOT_QUIET],
]);

const TIME = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/;
const SPAN = /^((?:[01][0-9]|2[0-3]):[0-5][0-9])-((?:[01][0-9]|2[0-3]):[0-5][0-9])$/;
const MEDICINE = /^medicine\.([0-9a-f]{32})\.(remind|escalation)$/;

/** Why this cannot be preferred: there is no such field, or it cannot say that; null: it can. */
export function fault(field: string, value: unknown): "field" | "value" | null {
  const usual = defaultOf(field);
  if (usual === null) return "field";
  return maySay(field, value, usual) ? null : "value";
}

/** What counts while nothing was said; null when there is no such field. */
export function defaultOf(field: string): Value | null {
  const found = MEDICINE.exec(field);
  if (found === null) return DEFAULTS.get(field) ?? null;
  return found[2] === "remind" ? false : DELAY[2];
}

/** The shelf's key of the medicine that a field is about; null for all others. */
export function medicineOf(field: string): string | null {
  return MEDICINE.exec(field)?.[1] ?? null;
}

/** What counts of every field: what was said, where that can be said, and the default elsewhere. */
export function counting(said: Iterable<readonly [string, unknown]>): Preferences {
  const can = [...said].filter(([field, value]) => fault(field, value) === null);
  return Object.fromEntries([...DEFAULTS, ...(can as [string, Value][])]);
}

function maySay(field: string, value: unknown, usual: Value): boolean {
  if (typeof value !== typeof usual) return false;
  if (typeof value === "number") return mayLast(field, value);
  return typeof value === "string" ? mayBe(field, value) : true;
}

function mayLast(field: string, minutes: number): boolean {
  const [least, most, usual] = MINUTES.get(field) ?? DELAY;
  return Number.isInteger(minutes) && ((minutes >= least && minutes <= most) || minutes === usual);
}

function mayBe(field: string, text: string): boolean {
  const words = WORDS.get(field);
  if (words !== undefined) return words.includes(text);
  if (field !== QUIET) return TIME.test(text);
  const span = SPAN.exec(text);
  return text === NOT_QUIET || (span !== null && span[1] !== span[2]);
}
