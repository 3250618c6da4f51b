/**
 * What a person is saying about a dose right now, step by step.
 *
 * Invariant: a step that stands is never done again, and one that failed is tried again as the same, also from another
 * screen than the one it began on. Nothing that failed goes unseen.
 */

import type { Failure } from "../api/client";
import { citizenId, held } from "../app/record";
import { keyOfSlot, type Slot } from "./mark_rules";

export type Try =
  | { state: "busy" }
  | { state: "failed"; failure: Failure; what: Step["what"]; retry: () => Promise<boolean> };

export interface Step {
  what: "mark" | "undo";
  work: () => Promise<Failure | null>;
}

const tries = held<ReadonlyMap<string, Try>>();

/** How it stands with this dose; null when nothing is unsettled. */
export function tryOf(slot: Slot): Try | null {
  return (tries.value.state === "ready" && tries.value.value.get(keyOfSlot(slot))) || null;
}

/** Whether something that was said of this dose may have arrived, though no answer came: nothing else is said then. */
export function mayHaveArrived(slot: Slot): boolean {
  const tried = tryOf(slot);
  return tried?.state === "failed" && tried.what === "mark" && tried.failure.kind === "unreachable";
}

/**
 * Does the steps one after the other, as far as they go; nothing as long as others about the same dose are under way.
 * Gives whether all of them stand.
 */
export async function go(slot: Slot, steps: readonly Step[]): Promise<boolean> {
  const whose = citizenId();
  if (tryOf(slot)?.state === "busy") return false;
  put(slot, { state: "busy" });
  let found: Try | null = null;
  for (const [at, step] of steps.entries()) {
    const failure = await step.work();
    // Of who left nothing is kept, nor tried again for who came.
    if (citizenId() !== whose) return false;
    if (failure === null) continue;
    const retry = (): Promise<boolean> => go(slot, steps.slice(at));
    found = { state: "failed", failure, what: step.what, retry };
    break;
  }
  put(slot, found);
  return found === null;
}

/** Tries again what found no server, as soon as there is a net. */
export function retryUnreached(): void {
  const all = tries.value.state === "ready" ? [...tries.value.value.values()] : [];
  for (const each of all) if (each.state === "failed" && each.failure.kind === "unreachable") void each.retry();
}

function put(slot: Slot, next: Try | null): void {
  const kept = new Map(tries.value.state === "ready" ? tries.value.value : []);
  if (next === null) kept.delete(keyOfSlot(slot));
  else kept.set(keyOfSlot(slot), next);
  tries.value = { state: "ready", value: kept };
}
