/** Pure decisions about what was given, blocked and asked here, and how it is listed beside what other systems say. */

import type { BlockLimit, Consent, ConsentEvent, ConsentRequest, Consents, OwnConsent } from "../api/types";
import { settledAt, standingOf, GROUP_OF, type GroupName } from "./rules";
import { isWaiting } from "./waiting";

/** One row of the list, and whose it is: given or blocked here, a question that is over, or another system's. */
export type Listed =
  | { from: "own"; own: OwnConsent }
  | { from: "asked"; asked: ConsentRequest }
  | { from: "others"; consent: Consent };

export interface ListedGroup {
  name: GroupName;
  listed: Listed[];
}

export type Chip = "given" | "blocked" | "ending" | "lifting" | "later" | "unaccepted" | "withdrawn" | "lifted" | "endedByOther" | "expired" | "replaced" | "void";

const GROUPS: GroupName[] = ["open", "now", "later", "blocked", "past", "unknown"];

/** The groups that hold something, in the order of the screen. What waits for an answer here is not among them. */
export function listedGroupsOf(consents: Consents, now: Date, today: string): ListedGroup[] {
  const all: Listed[] = [
    ...consents.own.map((own): Listed => ({ from: "own", own })),
    ...consents.requests.filter((asked) => asked.answer !== "yes" && !isWaiting(asked, today)).map((asked): Listed => ({ from: "asked", asked })),
    ...consents.consents.map((consent): Listed => ({ from: "others", consent })),
  ];
  return GROUPS.map((name) => ({
    name,
    listed: all
      .filter((each) => groupOf(each, now) === name)
      .map((each) => ({ each, at: orderOf(each, name, now) }))
      .sort((a, b) => a.at - b.at || 0)
      .map(({ each }) => each),
  })).filter((group) => group.listed.length > 0);
}

function groupOf(listed: Listed, now: Date): GroupName {
  if (listed.from === "others") return GROUP_OF[standingOf(listed.consent, now)];
  if (listed.from === "asked") return "past";
  const { state, concerns } = listed.own;
  if (state === "ahead") return "later";
  if (state !== "now" && state !== "unaccepted") return "past";
  return concerns === "block" ? "blocked" : "now";
}

/** What holds: the first to end first. What comes: the first to begin first. All else: the latest first. */
function orderOf(listed: Listed, group: GroupName, now: Date): number {
  if (group === "now") return instant(endOf(listed), Infinity);
  if (group === "later") return instant(listed.from === "others" ? listed.consent.valid_from : listed.from === "own" ? listed.own.valid_from : null, 0);
  return -instant(settledOf(listed, now), 0);
}

function endOf(listed: Listed): string | null {
  if (listed.from === "others") return listed.consent.valid_to;
  const day = listed.from === "own" ? listed.own.last_day : listed.asked.last_day;
  return day === null ? null : `${day}T23:59:59Z`;
}

function settledOf(listed: Listed, now: Date): string | null {
  if (listed.from === "others") return settledAt(listed.consent, now);
  if (listed.from === "asked") return listed.asked.answered_at ?? endOf(listed);
  return listed.own.ended_at ?? (listed.own.state === "expired" ? endOf(listed) : listed.own.given_at);
}

function instant(at: string | null, lacking: number): number {
  return at === null ? lacking : new Date(at).getTime();
}

/** In one word how something of the citizen's own stands. `isEnding`: its end waits to be sent. */
export function chipOf(own: OwnConsent, isEnding = false): Chip {
  if (isEnding) return own.concerns === "block" ? "lifting" : "ending";
  if (own.state === "withdrawn") {
    if (own.concerns === "block") return "lifted";
    // What was ended on paper was the citizen's own wish, whoever wrote it in.
    return own.events.find((each) => each.kind === "withdraw")?.by === "grantee" ? "endedByOther" : "withdrawn";
  }
  if (own.state === "ahead") return "later";
  if (own.state !== "now") return own.state;
  return own.concerns === "block" ? "blocked" : "given";
}

/** Whether it holds now or will, so that it can be ended. */
export function canEnd(own: OwnConsent): boolean {
  return own.state === "now" || own.state === "ahead" || own.state === "unaccepted";
}

/** The events with the newest first, as a history is read. */
export function historyOf(own: OwnConsent): ConsentEvent[] {
  return [...own.events].reverse();
}

/** The citizen's blocks that go before all or some of what a yes to this question gives. */
export function blocksBefore(asked: ConsentRequest, own: readonly OwnConsent[]): OwnConsent[] {
  return own.filter(
    (each) =>
      each.concerns === "block" &&
      each.state === "now" &&
      each.data === null &&
      each.actions.some((action) => asked.actions.includes(action)) &&
      (each.grantee.type === "everyone" || (each.grantee.type === "organisation" && each.grantee.organisation === asked.organisation)) &&
      !each.exceptions.some((except) => except.organisation === asked.organisation),
  );
}

/** How many were said yes to and hold, and how many blocks hold, of the citizen's own. */
export function ownCountOf(own: readonly OwnConsent[]): { given: number; blocked: number } {
  const chips = own.map((each) => chipOf(each));
  return { given: chips.filter((each) => each === "given").length, blocked: chips.filter((each) => each === "blocked").length };
}

/** The year that a limit is exactly, as "2019"; null when it is anything else. */
export function yearOf(data: BlockLimit | null): string | null {
  const year = data?.from?.slice(0, 4);
  return year !== undefined && data?.from === `${year}-01-01` && data.to === `${year}-12-31` ? year : null;
}
