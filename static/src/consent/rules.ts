/** Pure decisions about consents: how each stands, how they are grouped, what they are called, when they end. */

import type { Consent } from "../api/types";
import { civilDate } from "../ui/dates";

/** How a consent stands. `unsaid` holds, but its source does not say whether it is a yes or a no. */
export type Standing =
  | "open"
  | "given"
  | "unsaid"
  | "later"
  | "blocked"
  | "refused"
  | "expired"
  | "ended"
  | "mistaken"
  | "unknown";

export type GroupName = "open" | "now" | "later" | "blocked" | "past" | "unknown";

/** What ends within this many milliseconds ends soon. */
const SOON = 30 * 86_400_000;

export const GROUP_OF: Record<Standing, GroupName> = {
  open: "open",
  given: "now",
  unsaid: "now",
  later: "later",
  blocked: "blocked",
  refused: "past",
  expired: "past",
  ended: "past",
  mistaken: "past",
  unknown: "unknown",
};

/** Statuses of the source that stand by themselves, whatever the dates are. */
const BY_STATUS: Partial<Record<string, Standing>> = {
  proposed: "open",
  draft: "open",
  rejected: "refused",
  "entered-in-error": "mistaken",
};

export function standingOf(consent: Consent, now: Date): Standing {
  const settled = BY_STATUS[consent.status];
  if (settled !== undefined) return settled;
  if (consent.status !== "active" && consent.status !== "inactive") return "unknown";
  if (isOver(consent, now)) return "expired";
  if (consent.status === "inactive") return "ended";
  if (consent.valid_from !== null && new Date(consent.valid_from) > now) return "later";
  if (consent.decision === null) return "unsaid";
  return consent.decision === "permit" ? "given" : "blocked";
}

/** Over from the very instant in `valid_to`. */
function isOver(consent: Consent, now: Date): boolean {
  return consent.valid_to !== null && new Date(consent.valid_to) <= now;
}

/** Whether a consent that holds ends within a month. */
export function endsSoon(consent: Consent, now: Date): boolean {
  if (consent.valid_to === null || standingOf(consent, now) !== "given") return false;
  return new Date(consent.valid_to).getTime() - now.getTime() <= SOON;
}

function instant(at: string | null, lacking: number): number {
  return at === null ? lacking : new Date(at).getTime();
}

/** When it came to stand as it stands: when it ran out, when it was said no to, when the source ended it. */
export function settledAt(consent: Consent, now: Date): string | null {
  const standing = standingOf(consent, now);
  if (standing === "expired") return consent.valid_to;
  if (standing === "ended" || standing === "mistaken") return consent.as_of;
  return standing === "blocked" ? (consent.valid_from ?? consent.given_at) : (consent.given_at ?? consent.valid_from);
}

/** How many stand in each way. */
export function countOf(consents: readonly Consent[], now: Date): Record<Standing, number> {
  const count = Object.fromEntries(Object.keys(GROUP_OF).map((name) => [name, 0])) as Record<Standing, number>;
  for (const each of consents) count[standingOf(each, now)] += 1;
  return count;
}

/** What it is called, in the source's words: what it is for, else its category, else its scope; null without any. */
export function subjectOf(consent: Consent): string | null {
  return consent.purposes.join(", ") || consent.category || consent.scope;
}

/** The last civil date on which an end still holds, and whether it ends at an hour within that day. */
export function lastDayOf(end: string): { day: string; isWithinDay: boolean } {
  const at = new Date(end);
  const day = civilDate(new Date(at.getTime() - 1));
  return { day, isWithinDay: day === civilDate(at) };
}

export interface Teller {
  source: string | null;
  fetchedAt: string | null;
  failingSince: string | null;
}

/** Who told us, each source once, with the oldest time at which it told one of these. */
export function tellersOf(consents: readonly Consent[]): Teller[] {
  const tellers = new Map<string | null, Teller>();
  for (const each of consents) {
    const known = tellers.get(each.source);
    const told = { source: each.source, fetchedAt: each.fetched_at, failingSince: each.not_fetched_since };
    if (known === undefined || instant(each.fetched_at, 0) < instant(known.fetchedAt, 0)) tellers.set(each.source, told);
  }
  return [...tellers.values()];
}

/** What its state says already. */
const TOLD: Consent["reason"][] = ["not_active", "entered_in_error", "expired"];

/** The code of why it decides nothing here; null where it decides, or where its state says why. */
export function untoldReasonOf(consent: Consent): NonNullable<Consent["reason"]> | null {
  return TOLD.includes(consent.reason) ? null : consent.reason;
}
