/** Names and sentences about what was given, asked and blocked here. */

import type { BlockLimit, ConsentEvent, ConsentRequest, ConsentText, OwnConsent, Party } from "../api/types";
import { language } from "../app/preferences";
import { capital, civilDate, timeText } from "../ui/dates";
import { kindsOf } from "./block_rules";
import { isEnding } from "./ending";
import { chipOf, yearOf } from "./own_rules";
import { consentWords } from "./strings";
import { dateWords, dayWords } from "./words";

/** The text that was read or is to be read, in the language in use; null where nothing was. */
export function textOf(about: OwnConsent | ConsentRequest): ConsentText | null {
  return about.texts?.[language.value] ?? null;
}

/** "a", "a og b", "a, b og c". */
export function joined(names: readonly string[], link: string): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} ${link} ${last}`;
}

/** Of whom it speaks, as within a sentence. */
export function whoWords(party: Party): string {
  const words = consentWords.value.own;
  const place = party.name ?? words.organisation;
  if (party.type === "everyone") return words.everyone;
  if (party.type === "role") return words.caseworkers(place);
  if (party.type === "organisation") return place;
  const account = accountOf(party.id);
  return account === null ? words.person : words.account(capital(account));
}

/** The name that staff have where they work, as `mette` of `staff:mette`; citizens have none that can be shown. */
export function accountOf(id: string | null): string | null {
  const [kind, name] = (id ?? "").split(":", 2);
  return kind === "staff" && name ? name : null;
}

/** Which data a list of actions is about, as within a sentence. */
export function dataWords(actions: readonly string[], link: string): string {
  const words = consentWords.value.own;
  const kinds = kindsOf(actions).map((kind) => words.kinds[kind]);
  return kinds.length === 0 ? words.anything : joined(kinds, link);
}

/** What it is called: as the text that was read, else by what it is about. */
export function titleOf(own: OwnConsent): string {
  const words = consentWords.value.own;
  const what = capital(dataWords(own.actions, words.and));
  const year = yearOf(own.data);
  return textOf(own)?.name ?? (year === null ? what : words.titleYear(what, year));
}

/** The data that it is limited to, a sentence for each limit. */
export function limitWords(data: BlockLimit | null): string[] {
  const words = consentWords.value.own;
  if (data === null) return [];
  const said: string[] = [];
  if (data.organisation !== null) said.push(words.place(data.name ?? words.organisation));
  const year = yearOf(data);
  if (year !== null) said.push(words.year(year));
  else if (data.from !== null && data.to !== null) said.push(words.days(dateWords(data.from), dateWords(data.to)));
  else if (data.from !== null) said.push(words.daysFrom(dateWords(data.from)));
  else if (data.to !== null) said.push(words.daysTo(dateWords(data.to)));
  return said;
}

/** The one time that matters in the list. */
export function ownTimeWords(own: OwnConsent): string | null {
  const words = consentWords.value;
  const chip = chipOf(own);
  if (chip === "blocked") return words.since(dayWords(own.valid_from ?? own.given_at) ?? "");
  if (chip === "later" && own.valid_from !== null) return words.from(dayWords(own.valid_from) ?? "");
  if (own.ended_at !== null) return dayWords(own.ended_at);
  return own.last_day === null ? null : words.until(dateWords(own.last_day));
}

/** In a sentence how it stands. */
export function meansWords(own: OwnConsent): string {
  const words = consentWords.value.own.means;
  const said = words[chipOf(own, isEnding(own))];
  return typeof said === "string" ? said : said(dayWords(own.ended_at) ?? "");
}

/** What happened in one event. The end of a block is told as such. */
export function eventWords(event: ConsentEvent, own: OwnConsent): string {
  const words = consentWords.value.own;
  if (own.concerns === "block" && event.kind === "withdraw" && event.by === "self") return words.lifted;
  return words.events[event.kind][event.by];
}

/** "26. november kl. 09.12". */
export function momentWords(at: string): string {
  const day = new Date(at);
  return consentWords.value.own.at(dateWords(civilDate(day)), timeText(day, language.value));
}
