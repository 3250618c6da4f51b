/** What was allowed, blocked and asked, from the rows of the copy on this device: app/consent once more. */

import type { Consent, ConsentEvent, ConsentRequest, Consents, OwnConsent } from "../api/types";
import type { Row, Space } from "../sync/port";
import { civilOf, compareInstants, copenhagenText, dayBefore, later } from "../ui/instants";

type Rows = ReadonlyMap<string, readonly Row[]>;

/** As it stands on the shelf: app/consent/shelved.py. Instants are ISO 8601 in UTC. */
interface KeptOwn extends Omit<OwnConsent, "state" | "ends_soon" | "last_day" | "ended_at"> {
  seq: number;
  valid_to: string | null;
}

/** As it stands on the shelf: app/consent/service.py. What was recorded before a value had its name lacks it. */
interface KeptImported extends Partial<Omit<Consent, "id" | "status" | "source" | "fetched_at" | "decides" | "reason_text">> {
  id: string;
  status: string;
  copy_of?: string | null;
  versions?: { terms: { valid_to: string | null }[]; ended_at: string | null; void_at: string | null }[];
}

const DAY = 86_400_000;
/** Within so many days, what ends ends soon. */
const SOON = 30;
const ENDED: Partial<Record<ConsentEvent["kind"], OwnConsent["state"]>> = { withdraw: "withdrawn", supersede: "replaced", invalidate: "void" };

/** All of it as it stands at `now`. The sentence beside the code of a reason is the server's alone; the screens have their own. */
export function consentsOf(rows: Rows, sources: Space["sources"], now: Date): Consents {
  const kept = (rows.get("own_consent") ?? []).map(({ content }) => content as KeptOwn).sort((one, other) => other.seq - one.seq);
  const own = kept.map((each) => ownOf(each, now));
  const requests = (rows.get("consent_request") ?? []).map(({ content }) => content as ConsentRequest).sort(compareAsked).map(askedOf);
  const given = new Set(own.map((each) => each.grant_id));
  const imported = [...(rows.get("consent") ?? [])].sort(compareGiven);
  return { consents: imported.map((row) => importedOf(row, sources, given, now)), own, requests, organisations: organisationsOf(own, requests) };
}

function ownOf(kept: KeptOwn, now: Date): OwnConsent {
  const { grant_id, concerns, grantee, exceptions, actions, purposes, data, texts } = kept;
  const ended = kept.events.find((each) => each.kind in ENDED);
  const state = (ended && ENDED[ended.kind]) ?? stateOf(kept, now.toISOString());
  return {
    ...{ grant_id, concerns, state, ends_soon: state === "now" && endsSoon(kept.valid_to, now), grantee, exceptions, actions, purposes, data },
    valid_from: timeOf(kept.valid_from),
    last_day: kept.valid_to === null ? null : dayBefore(kept.valid_to),
    given_at: copenhagenText(kept.given_at),
    ended_at: timeOf(ended?.at),
    texts,
    events: kept.events.map(({ id, kind, by, at, receipt }) => ({ id, kind, by, at: copenhagenText(at), receipt })),
  };
}

/** How what nobody ended stands. */
function stateOf(kept: KeptOwn, now: string): OwnConsent["state"] {
  if (kept.valid_to !== null && compareInstants(kept.valid_to, now) <= 0) return "expired";
  if (kept.valid_from !== null && compareInstants(now, kept.valid_from) < 0) return "ahead";
  return kept.concerns === "delegation" && !kept.events.some((each) => each.kind === "accept") ? "unaccepted" : "now";
}

function endsSoon(end: string | null, now: Date): boolean {
  if (end === null) return false;
  return Date.parse(civilOf(new Date(end)).day) <= Date.parse(civilOf(now).day) + SOON * DAY;
}

function askedOf(asked: ConsentRequest): ConsentRequest {
  const { id, organisation, organisation_name, template, version, since, texts, actions, purpose, case_number } = asked;
  const { last_day, asked_at, answer, answered_at, grant_id } = asked;
  const times = { asked_at: copenhagenText(asked_at), answered_at: timeOf(answered_at) };
  return { id, organisation, organisation_name, template, version, since, texts, actions, purpose, case_number, last_day, answer, grant_id, ...times };
}

function importedOf(row: Row, sources: Space["sources"], given: ReadonlySet<string>, now: Date): Consent {
  const kept = row.content as KeptImported;
  const heard = sources.find((each) => each.source === row.source);
  const reason = reasonOf(kept, given, now.toISOString());
  return {
    ...{ id: kept.id, status: kept.status, decision: kept.decision ?? null, scope: kept.scope ?? null, category: kept.category ?? null },
    given_at: timeOf(kept.given_at),
    valid_from: timeOf(kept.valid_from),
    valid_to: timeOf(kept.valid_to),
    ...{ actors: kept.actors ?? [], purposes: kept.purposes ?? [], actions: kept.actions ?? [], data: kept.data ?? [] },
    data_from: timeOf(kept.data_from),
    data_to: timeOf(kept.data_to),
    exceptions: kept.exceptions ?? 0,
    source: row.source,
    as_of: timeOf(kept.as_of),
    fetched_at: copenhagenText(later(row.fetchedAt, heard?.answered_at ?? null)),
    not_fetched_since: timeOf(heard?.failing_since),
    ...{ decides: reason === null, reason, reason_text: null },
  };
}

/** Why it decides nothing; null when it does. */
function reasonOf(kept: KeptImported, given: ReadonlySet<string>, now: string): Consent["reason"] {
  if (given.has(kept.id) || given.has(kept.copy_of ?? "")) return "given_here";
  const last = kept.versions?.at(-1);
  const terms = last === undefined || last.ended_at !== null || last.void_at !== null ? [] : last.terms;
  if (terms.length === 0) return kept.reason || "not_read";
  return terms.every(({ valid_to }) => valid_to !== null && compareInstants(valid_to, now) <= 0) ? "expired" : null;
}

/** The organisations by the names that the citizen reads, by their identifiers. */
function organisationsOf(own: readonly OwnConsent[], requests: readonly ConsentRequest[]): Consents["organisations"] {
  const names = new Map(requests.map((each) => [each.organisation, each.organisation_name]));
  for (const { grantee, exceptions, data } of own) {
    for (const { organisation, name } of [grantee, ...exceptions, ...(data === null ? [] : [data])]) {
      if (organisation !== null && name !== null) names.set(organisation, name);
    }
  }
  return [...names].map(([id, name]) => ({ id, name })).sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** The latest given first, and last what does not say when. */
function compareGiven(one: Row, other: Row): number {
  const [first, second] = [(one.content as KeptImported).given_at ?? null, (other.content as KeptImported).given_at ?? null];
  if (first === null || second === null) return Number(first === null) - Number(second === null);
  return compareInstants(second, first);
}

function compareAsked(one: ConsentRequest, other: ConsentRequest): number {
  return compareInstants(other.asked_at, one.asked_at) || (one.id < other.id ? -1 : 1);
}

function timeOf(instant: string | null | undefined): string | null {
  return instant ? copenhagenText(instant) : null;
}
