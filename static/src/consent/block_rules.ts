/** Pure decisions about a block while it is being made: whom one can choose, what each choice means, what is missing. */

import type { AccessEntry, BlockGiven, BlockLimit, Organisation, OwnConsent, Party } from "../api/types";
import { whoOf } from "../log/rules";

export type What = "medication" | "appointments" | "log" | "all";
export type Kind = Exclude<What, "all">;
type Action = BlockGiven["actions"][number];

export const KINDS: Kind[] = ["medication", "appointments", "log"];
export const WHATS: What[] = [...KINDS, "all"];

const ACTIONS: Record<Kind, Action[]> = {
  medication: ["medication:read", "medication:mark"],
  appointments: ["appointments:read", "appointments:respond"],
  log: ["consents:read", "log:read"],
};
/** What belongs to none of them alone, and goes when all goes. */
const BESIDE: Action[] = ["reminders:receive", "offline:keep"];

/** The caseworkers of an organisation, as a role there. */
const CASEWORKER = "caseworker";

/** A block as it is being made. Parties are named by the keys of `choicesOf`; days are civil dates, "" where none is set. */
export interface Draft {
  id: string;
  whom: string | null;
  what: What | null;
  place: string;
  from: string;
  to: string;
  exceptions: string[];
}

export type Missing = "whom" | "what" | "time";

export interface Choice {
  key: string;
  party: Party;
}

/** Whom the citizen knows: organisations from their consents, persons from the log of who has looked. */
export interface Acquainted {
  organisations: readonly Organisation[];
  persons: readonly Party[];
}

export function newDraft(id: string): Draft {
  return { id, whom: null, what: null, place: "", from: "", to: "", exceptions: [] };
}

/** Whom one can block: everybody, each organisation that the citizen knows with the caseworkers there, and persons. */
export function choicesOf({ organisations, persons }: Acquainted): Choice[] {
  const everyone: Choice = { key: "everyone", party: { type: "everyone", id: null, organisation: null, name: null } };
  return [everyone, ...organisations.flatMap(partsOf), ...persons.map(personChoice)];
}

/** Who can be left out of a block: what lies inside it, and is not all of it. */
export function exceptionsOf(whom: string | null, { organisations, persons }: Acquainted): Choice[] {
  const all = [...organisations.flatMap(partsOf), ...persons.map(personChoice)];
  if (whom === "everyone") return all;
  const chosen = all.find((each) => each.key === whom)?.party;
  if (chosen === undefined || chosen.type === "person") return [];
  return all.filter(({ party }) => party.organisation === chosen.organisation && isInside(party, chosen));
}

function isInside(party: Party, chosen: Party): boolean {
  return party.type === "person" || (party.type === "role" && chosen.type === "organisation");
}

/** The persons who have looked or wanted to, the latest first; not the citizen, and not those who run the installation. */
export function personsOf(entries: readonly AccessEntry[], me: string, organisations: readonly Organisation[]): Party[] {
  const persons = new Map<string, Party>();
  for (const entry of entries) {
    if (!["caseworker", "relative", "person"].includes(whoOf(entry, me)) || persons.has(entry.actor)) continue;
    const place = organisations.find((each) => each.id === entry.organisation);
    persons.set(entry.actor, { type: "person", id: entry.actor, organisation: entry.organisation, name: place?.name ?? null });
  }
  return [...persons.values()];
}

function personChoice(party: Party): Choice {
  return { key: `person ${party.id}`, party };
}

function partsOf({ id, name }: Organisation): Choice[] {
  return [
    { key: `organisation ${id}`, party: { type: "organisation", id: null, organisation: id, name } },
    { key: `role ${id}`, party: { type: "role", id: CASEWORKER, organisation: id, name } },
  ];
}

export function actionsOf(what: What): Action[] {
  return what === "all" ? [...KINDS.flatMap((kind) => ACTIONS[kind]), ...BESIDE] : ACTIONS[what];
}

/** The kinds of data that a list of actions touches. */
export function kindsOf(actions: readonly string[]): Kind[] {
  return KINDS.filter((kind) => ACTIONS[kind].some((action) => actions.includes(action)));
}

export function missingIn(draft: Draft, acquainted: Acquainted): Missing[] {
  const missing: Missing[] = [];
  if (!choicesOf(acquainted).some((each) => each.key === draft.whom)) missing.push("whom");
  if (draft.what === null) missing.push("what");
  if (draft.from !== "" && draft.to !== "" && draft.to < draft.from) missing.push("time");
  return missing;
}

export interface Planned {
  grantee: Party;
  exceptions: Party[];
  actions: Action[];
  data: BlockLimit | null;
}

/** What a draft says, with names; null as long as something is missing. */
export function plannedOf(draft: Draft, acquainted: Acquainted): Planned | null {
  const grantee = choicesOf(acquainted).find((each) => each.key === draft.whom)?.party;
  if (grantee === undefined || draft.what === null || missingIn(draft, acquainted).length > 0) return null;
  const offered = exceptionsOf(draft.whom, acquainted);
  return {
    grantee,
    exceptions: offered.filter((each) => draft.exceptions.includes(each.key)).map((each) => each.party),
    actions: actionsOf(draft.what),
    data: limitOf(draft, acquainted.organisations),
  };
}

function limitOf(draft: Draft, organisations: readonly Organisation[]): BlockLimit | null {
  const place = organisations.find((each) => each.id === draft.place);
  if (place === undefined && draft.from === "" && draft.to === "") return null;
  return { organisation: place?.id ?? null, name: place?.name ?? null, from: draft.from || null, to: draft.to || null };
}

/** What is sent: without the names, which the server knows. */
export function givenOf(planned: Planned): BlockGiven {
  const { data } = planned;
  return {
    grantee: bare(planned.grantee),
    exceptions: planned.exceptions.map(bare),
    actions: planned.actions,
    data: data && { organisation: data.organisation, from: data.from, to: data.to },
  };
}

/** A person is who they are wherever they work. */
function bare({ type, id, organisation }: Party): BlockGiven["grantee"] {
  return { type, id, organisation: type === "person" ? null : organisation };
}

/** The citizen's yes that hold now and that the block goes before, wholly or in part. */
export function yesBehind(planned: Planned, own: readonly OwnConsent[]): OwnConsent[] {
  const holds = own.filter((each) => each.concerns !== "block" && (each.state === "now" || each.state === "ahead"));
  return holds.filter((each) => each.actions.some((action) => planned.actions.includes(action as Action)) && touches(planned, each.grantee));
}

/** Whether somebody to whom a yes was given is blocked, though perhaps not all of them. */
function touches({ grantee, exceptions }: Planned, given: Party): boolean {
  if (exceptions.some((each) => isSame(each, given))) return false;
  if (grantee.type === "everyone") return true;
  if (given.type === "person" || grantee.type === "person") return isSame(grantee, given) || isAmong(grantee, given);
  return grantee.organisation === given.organisation && (grantee.type !== "role" || given.type !== "role" || grantee.id === given.id);
}

/** Whether a blocked person works where the yes was given. */
function isAmong(blocked: Party, given: Party): boolean {
  return blocked.type === "person" && given.type !== "person" && blocked.organisation !== null && blocked.organisation === given.organisation;
}

function isSame(a: Party, b: Party): boolean {
  if (a.type !== b.type || a.id !== b.id) return false;
  return a.type === "person" || a.organisation === b.organisation;
}
