/** Pure decisions about a block while it is being made: whom one can choose, what each choice means, what is missing. */

import type { BlockGiven, BlockLimit, Organisation, Party } from "../api/types";

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

export function newDraft(id: string): Draft {
  return { id, whom: null, what: null, place: "", from: "", to: "", exceptions: [] };
}

/** Whom one can block: everybody, and each organisation that the citizen knows and the caseworkers there. */
export function choicesOf(organisations: readonly Organisation[]): Choice[] {
  const everyone: Choice = { key: "everyone", party: { type: "everyone", id: null, organisation: null, name: null } };
  return [everyone, ...organisations.flatMap(partsOf)];
}

/** Who can be left out of a block: what lies inside it, and is not all of it. */
export function exceptionsOf(whom: string | null, organisations: readonly Organisation[]): Choice[] {
  const all = organisations.flatMap(partsOf);
  if (whom === "everyone") return all;
  const chosen = all.find((each) => each.key === whom)?.party;
  return chosen?.type === "organisation" ? all.filter(({ party }) => party.type === "role" && party.organisation === chosen.organisation) : [];
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

export function missingIn(draft: Draft, organisations: readonly Organisation[]): Missing[] {
  const missing: Missing[] = [];
  if (!choicesOf(organisations).some((each) => each.key === draft.whom)) missing.push("whom");
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
export function plannedOf(draft: Draft, organisations: readonly Organisation[]): Planned | null {
  const grantee = choicesOf(organisations).find((each) => each.key === draft.whom)?.party;
  if (grantee === undefined || draft.what === null || missingIn(draft, organisations).length > 0) return null;
  const offered = exceptionsOf(draft.whom, organisations);
  return {
    grantee,
    exceptions: offered.filter((each) => draft.exceptions.includes(each.key)).map((each) => each.party),
    actions: actionsOf(draft.what),
    data: limitOf(draft, organisations),
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

function bare({ type, id, organisation }: Party): BlockGiven["grantee"] {
  return { type, id, organisation };
}
