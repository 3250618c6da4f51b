/** A consent's times and names in words. */

import type { Consent } from "../api/types";
import { now, today } from "../app/now";
import { language, strings } from "../app/preferences";
import { civilDate, dayText, timeText } from "../ui/dates";
import { countOf, lastDayOf, settledAt, standingOf } from "./rules";

/** "Til og med 30. juni 2027", with the hour where it ends within a day. */
export function endWords(end: string | null): string {
  const words = consentWords.value;
  if (end === null) return words.endless;
  const { day, isWithinDay } = lastDayOf(end);
  const said = dayText(day, language.value, today.value);
  return isWithinDay ? words.untilHour(said, timeText(new Date(end), language.value)) : words.until(said);
}

/** The civil date of an instant in words; null stays null. */
export function dayWords(at: string | null): string | null {
  return at === null ? null : dayText(civilDate(new Date(at)), language.value, today.value);
}

/** The one time that matters in the list: when it ends, began, or came to stand as it stands. */
export function timeWords(consent: Consent): string | null {
  const words = consentWords.value;
  const standing = standingOf(consent, now.value);
  if (standing === "given" || standing === "unsaid") return endWords(consent.valid_to);
  if (standing === "expired") return endWords(consent.valid_to);
  const day = dayWords(standing === "later" ? consent.valid_from : settledAt(consent, now.value));
  if (day === null) return null;
  if (standing === "blocked") return words.since(day);
  return standing === "later" ? words.from(day) : day;
}

/** The sentence on top of the list, and the one below it. */
export function blikWords(consents: readonly Consent[]): { title: string; lead: string } {
  const words = consentWords.value.blik;
  const count = countOf(consents, now.value);
  const said: string[] = [];
  if (count.open > 0) said.push(words.open(count.open));
  if (count.given > 0) said.push(words.given(count.given));
  if (count.blocked > 0) said.push(words.blocked(count.blocked));
  if (count.unsaid > 0 && said.length === 0) said.push(words.unsaid(count.unsaid));
  const [title = consents.length > 0 ? words.past : words.none, ...rest] = said;
  return { title, lead: rest.join(" ") };
}
