/** A consent's times and names in words. */

import type { Consent, Consents } from "../api/types";
import { now, today } from "../app/now";
import { language } from "../app/preferences";
import { civilDate, dayText, timeText } from "../ui/dates";
import { ownCountOf } from "./own_rules";
import { countOf, lastDayOf, settledAt, standingOf } from "./rules";
import { consentWords } from "./strings";
import { waitingOf } from "./waiting";

/** "Til og med 30. juni 2027", with the hour where it ends within a day. */
export function endWords(end: string | null): string {
  const words = consentWords.value;
  if (end === null) return words.endless;
  const { day, isWithinDay } = lastDayOf(end);
  return isWithinDay ? words.untilHour(dateWords(day), timeText(new Date(end), language.value)) : words.until(dateWords(day));
}

/** A civil date in words. */
export function dateWords(day: string): string {
  return dayText(day, language.value, today.value);
}

/** The civil date of an instant in words; null stays null. */
export function dayWords(at: string | null): string | null {
  return at === null ? null : dateWords(civilDate(new Date(at)));
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
export function blikWords(all: Consents): { title: string; lead: string } {
  const words = consentWords.value;
  const [others, own, waiting] = [countOf(all.consents, now.value), ownCountOf(all.own), waitingOf(all, today.value).length];
  const [given, blocked] = [others.given + own.given, others.blocked + own.blocked];
  const said: string[] = [];
  if (waiting > 0) said.push(words.blik.open(waiting));
  if (given > 0) said.push(words.blik.given(given));
  if (blocked > 0) said.push(words.blik.blocked(blocked));
  if (others.open > 0) said.push(words.blik.elsewhere(others.open));
  if (others.unsaid > 0 && said.length === 0) said.push(words.blik.unsaid(others.unsaid));
  const isEmpty = all.consents.length + all.own.length + all.requests.length === 0;
  const [title = isEmpty ? words.blik.none : words.blik.past, ...rest] = said;
  return { title, lead: rest.join(" ") };
}
