/** When an appointment is, in words. */

import type { Appointment } from "../api/types";
import { today } from "../app/now";
import { language, strings } from "../app/preferences";
import { civilDate, dayText, daysBetween, longDayText, timeText, weekday } from "../ui/dates";

/** "torsdag", "i morgen", or "torsdag 14. januar" when it is more than a week away and no key block says it. */
export function dayWords(start: Date, hasKey = false): string {
  const words = strings.value.appointments;
  const day = civilDate(start);
  const days = daysBetween(today.value, day);
  if (days === 0) return words.today;
  if (days === 1) return words.tomorrow;
  if (days === -1) return words.yesterday;
  if (hasKey || (days > 1 && days < 7)) return weekday(day, language.value);
  return longDayText(day, language.value, today.value);
}

/** "09.30–10.00" (kept on one line), "09.30", or with the end's own day where that is another. */
export function timeWords(start: Date, end: Date | null): string {
  const from = timeText(start, language.value);
  if (end === null || end <= start) return from;
  const until = timeText(end, language.value);
  const isSameDay = civilDate(start) === civilDate(end);
  return isSameDay ? `${from}\u2060–\u2060${until}` : `${from} – ${dayText(civilDate(end), language.value, today.value)} ${until}`;
}

/** The day and the time of a row. A guiding time says "cirka". */
export function whenWords(appointment: Appointment): string {
  const words = strings.value.appointments;
  if (appointment.start === null) return words.timeNotSet;
  const start = new Date(appointment.start);
  const time = timeWords(start, appointment.end === null ? null : new Date(appointment.end));
  return appointment.guiding_time ? words.around(dayWords(start, true), time) : words.at(dayWords(start, true), time);
}

/** The sentence that says when the next one is. */
export function blikWords(appointment: Appointment): string {
  const words = strings.value.appointments;
  if (appointment.start === null) return words.blikNoTime;
  const start = new Date(appointment.start);
  const say = appointment.guiding_time ? words.blikGuiding : words.blik;
  return say(dayWords(start), timeText(start, language.value));
}
