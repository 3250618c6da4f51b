/** Instants as texts, as app/clock.py writes them. */

const COPENHAGEN = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Copenhagen",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZoneName: "longOffset",
});

interface Civil {
  day: string;
  time: string;
  offset: string;
}

/** The civil date, the time HH:MM:SS and the offset of an instant in Copenhagen. */
export function civilOf(at: Date): Civil {
  const found: Partial<Record<string, string>> = {};
  for (const { type, value } of COPENHAGEN.formatToParts(at)) found[type] = value;
  const offset = (found["timeZoneName"] ?? "").replace("GMT", "") || "+00:00";
  return { day: `${found["year"]}-${found["month"]}-${found["day"]}`, time: `${found["hour"]}:${found["minute"]}:${found["second"]}`, offset };
}

/** ISO 8601 with Copenhagen's offset to the second, of an instant in ISO 8601. */
export function copenhagenText(instant: string): string {
  const { day, time, offset } = civilOf(new Date(instant));
  return `${day}T${time}${offset}`;
}

/** ISO 8601 in UTC to the second. */
export function utcText(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** The later of two instants; one of them may be lacking. */
export function later(one: string, other: string | null): string {
  return other !== null && Date.parse(other) > Date.parse(one) ? other : one;
}

/** Below 0 when the first instant is the earlier one. To the microsecond, which a Date does not tell. */
export function compareInstants(one: string, other: string): number {
  return Date.parse(one) - Date.parse(other) || microsOf(one) - microsOf(other);
}

function microsOf(instant: string): number {
  return Number(/\.\d{3}(\d{3})/.exec(instant)?.[1] ?? 0);
}

/** The civil date in Copenhagen of the last moment before an instant. */
export function dayBefore(instant: string): string {
  return civilOf(new Date(Date.parse(instant) - (microsOf(instant) === 0 ? 1 : 0))).day;
}

/** Noon of a civil date in Copenhagen, which is never in the hour that a clock change takes or gives. */
export function noonOf(day: string): Date {
  const { offset } = civilOf(new Date(`${day}T11:00:00Z`));
  return new Date(`${day}T12:00:00${offset}`);
}

/** ISO 8601 with Copenhagen's offset, of a wall clock time HH:MM on a civil date; of one that comes twice, the first. */
export function copenhagenOf(day: string, time: string): string {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const tried = [2, 1].map((hours) => new Date(asUtc - hours * 3_600_000));
  const found = tried.find((at) => civilOf(at).time.slice(0, 5) === time && civilOf(at).day === day) ?? tried[1]!;
  return copenhagenText(found.toISOString());
}
