/** The heads of answers as they come: docs/protocol.md, Pull and Push. Signed by the server, and looked at all the same. */

import { NotAccepted } from "../vault/answer";

export interface Told {
  mid: number;
  outcome: string;
  detail?: string;
  acked?: string;
}

interface Named {
  space: string;
}

/** Everything that is told of a copy that may be read. */
export interface Filled extends Named {
  answer: "up_to_date" | "delta" | "snapshot";
  epoch: string;
  base: number;
  to: number;
  start?: boolean;
  gen: string;
  relation: "self" | "grant" | "guardian";
  takes: string[];
  offline: boolean;
  lease_until: string;
  rows: number;
  count: number | null;
  digest: string | null;
  more: boolean;
  mark_key: string;
  sources: { source: string; answered_at: string | null; failing_since: string | null }[];
  cursor: string;
}

export type SpaceTold =
  | Filled
  | (Named & { answer: "wipe"; gen: string })
  | (Named & { answer: "closed" | "waiting" });

export interface PullHead {
  kind: "pull";
  at: string;
  ended: boolean;
  update_needed: boolean;
  outcomes: Told[];
  spaces: SpaceTold[];
  /** Sources that an act can be sent on to, by its name. */
  takers?: Record<string, string[]>;
}

export interface PushHead {
  kind: "push";
  at: string;
  outcomes: Told[];
}

/** Of an act as it is sent. */
export interface Act {
  mid: number;
  name: string;
  v: number;
  space: string;
  args: Record<string, unknown>;
  precondition: string | null;
  occurred_at: string;
  zone: string;
}

const ANSWERS = new Set(["up_to_date", "delta", "snapshot", "wipe", "closed", "waiting"]);

/** Throws NotAccepted for a head of another kind, or with an answer that this app does not know. */
export function pullHead(head: Record<string, unknown>): PullHead {
  const told = head as unknown as PullHead;
  if (told.kind !== "pull" || !Array.isArray(told.spaces) || !Array.isArray(told.outcomes)) throw new NotAccepted("not a pull's");
  if (!told.spaces.every((each) => ANSWERS.has(each.answer))) throw new NotAccepted("an answer that is not known");
  if (Number.isNaN(Date.parse(told.at))) throw new NotAccepted("no time");
  return told;
}

/** Throws NotAccepted for a head of another kind. */
export function pushHead(head: Record<string, unknown>): PushHead {
  const told = head as unknown as PushHead;
  if (told.kind !== "push" || !Array.isArray(told.outcomes)) throw new NotAccepted("not a push's");
  return told;
}

export function isFilled(told: SpaceTold): told is Filled {
  return told.answer === "up_to_date" || told.answer === "delta" || told.answer === "snapshot";
}
