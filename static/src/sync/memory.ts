/** What one page holds of the store in memory. */

import type { Store, Stored } from "../store/store";
import { NotWhole, type Opened } from "./opened";
import { unsettled } from "./outbox";
import type { Changed, Lock, Lost, Outcome, QueuedAct, Row, Space, SyncState, Ways } from "./port";
import { lockedBy, triesLeft } from "./rules";
import { openAway } from "./sealing";
import { openEach, type Vault } from "./syncing";

export interface Memory {
  stored: Stored;
  opened: ReadonlyMap<string, Opened>;
  queue: readonly QueuedAct[];
  /** Newest first. */
  changes: readonly Changed[];
}

export const NOTHING: Memory = { stored: { device: null, spaces: [], acts: [] }, opened: new Map(), queue: [], changes: [] };
const NO_ROWS: ReadonlyMap<string, readonly Row[]> = new Map();
/** So often another tab may change the store between two looks at it. */
const MOST_LOOKS = 5;

/** All that may be seen with this vault; without one, only what lies there in clear. */
export async function remembered(store: Store, vault: Vault | null, before: Memory, sending: ReadonlySet<number>): Promise<Memory> {
  for (let look = 1; ; look++) {
    const stored = await store.read();
    if (vault === null || stored.device?.state !== "active") return { ...NOTHING, stored };
    const vaultId = stored.device.vault;
    try {
      const opened = await openEach(store, vault, stored, look === 1 ? before.opened : new Map());
      const queue = await unsettled(stored.acts, opened, vault.key, vaultId, sending);
      return { stored, opened, queue, changes: await changesOf(store, opened, vaultId) };
    } catch (error) {
      if (!(error instanceof NotWhole)) throw error;
      // What is broken stays unread until the next contact has fetched it anew.
      if (look === MOST_LOOKS) return { ...NOTHING, stored };
    }
  }
}

/** What is done again by itself is not told. */
export function lostOf({ stored: { device } }: Memory): Lost[] {
  const lost = (device?.made ?? []).filter((each) => each.isLost && each.what !== "end");
  return lost.map(({ what, grant, request, at }) => ({ what, grant, request, at: new Date(at) }));
}

/** How many acts wait; of an ended device how many were lost. */
export function waitingOf({ stored: { device, acts } }: Memory): number {
  return device?.state === "ended" ? (device.unsent ?? 0) : acts.filter((act) => act.state === "waiting").length;
}

export function waysOf({ stored: { device } }: Memory): Ways {
  if (device === null) return { kinds: [], credentials: [], triesLeft: 0 };
  const credentials = device.ways.flatMap((way) => (way.credential === null ? [] : [way.credential]));
  return { kinds: device.ways.map((way) => way.kind), credentials, triesLeft: triesLeft(device) };
}

export function lockOf(memory: Memory, isOpen: boolean): Lock {
  const { device } = memory.stored;
  if (device === null || device.state === "pending") return { lock: "none" };
  if (device.state === "ended") return { lock: "ended" };
  if (isOpen) return { lock: "open" };
  const { kinds, credentials, triesLeft } = waysOf(memory);
  return { lock: "closed", ways: kinds, credentials, triesLeft };
}

/** The spaces as a page sees them at a time of this device's clock. */
export function spacesOf({ stored, opened }: Memory, local: number): Space[] {
  return stored.spaces.map((record) => ({
    id: record.id,
    relation: record.relation,
    offline: record.detail !== null,
    leaseUntil: new Date(record.leaseUntil),
    lockedBy: lockedBy(record, stored.device?.clock ?? null, local),
    takes: record.takes,
    syncedAt: new Date(record.syncedAt),
    sources: opened.get(record.id)?.sources ?? [],
  }));
}

/** Why a space may not be read now, or null. */
export function lockedOf({ stored }: Memory, space: string, local: number): Space["lockedBy"] {
  const record = stored.spaces.find((each) => each.id === space);
  return record === undefined ? "closed" : lockedBy(record, stored.device?.clock ?? null, local);
}

/** The rows of a space by collection; none of one that may not be read. */
export function rowsOf(memory: Memory, space: string, local: number): ReadonlyMap<string, readonly Row[]> {
  return (lockedOf(memory, space, local) === null && memory.opened.get(space)?.facts()) || NO_ROWS;
}

/** A try that found no room, which is not written down either; null for all others. */
export function triedAt(outcome: Outcome, local: number): SyncState["lastTry"] {
  return outcome === "no_room" ? { at: new Date(local), outcome } : null;
}

/** `tried`: how the last try of this page ended, which a full store does not hold. */
export function syncOf({ stored: { device } }: Memory, running: boolean, tried: SyncState["lastTry"]): SyncState {
  const lies = device?.lastTry ?? null;
  const lastTry = lies && { at: new Date(lies.at), outcome: lies.outcome as Outcome };
  return {
    running,
    ahead: device?.clock ? device.clock.local - device.clock.server : 0,
    lastSuccess: device?.lastSuccess ? new Date(device.lastSuccess) : null,
    lastTry: tried ?? lastTry,
  };
}

async function changesOf(store: Store, opened: ReadonlyMap<string, Opened>, vaultId: string): Promise<Changed[]> {
  const records = (await store.away()).reverse().filter((each) => opened.has(each.space));
  return Promise.all(records.map((each) => openAway(opened.get(each.space)!.key, vaultId, each)));
}
