/** What one page holds of the store in memory. */

import type { Store, Stored } from "../store/store";
import { NotWhole, type Opened } from "./opened";
import { unsettled } from "./outbox";
import type { Changed, QueuedAct } from "./port";
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

async function changesOf(store: Store, opened: ReadonlyMap<string, Opened>, vaultId: string): Promise<Changed[]> {
  const records = (await store.away()).reverse().filter((each) => opened.has(each.space));
  return Promise.all(records.map((each) => openAway(opened.get(each.space)!.key, vaultId, each)));
}
