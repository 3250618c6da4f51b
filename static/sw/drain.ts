/**
 * Sends what waits when the net comes back and no page is in sight, with the key that an unlocked page lends. The key
 * stays in this worker's memory, and goes with it, or when the page locks.
 */

import { Store } from "../src/store/store";
import { around, CHANNEL, WAKE } from "../src/sync/surroundings";
import { contact, type Vault } from "../src/sync/syncing";

interface Waking extends ExtendableEvent {
  readonly tag: string;
}

let vault: Vault | null = null;

/** Begins to hear pages and the browser. */
export function listen(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener("message", (event) => {
    const lent = event.data as { vault?: Vault | null } | null;
    if (typeof lent === "object" && lent !== null && lent.vault !== undefined) vault = lent.vault;
    if (event.data === WAKE) event.waitUntil(drain());
  });
  worker.addEventListener("sync", (event) => {
    if ((event as Waking).tag === WAKE) (event as Waking).waitUntil(drain());
  });
}

async function drain(): Promise<void> {
  if (vault === null) return;
  const store = await Store.open();
  try {
    const outcome = await contact({ around: around(), store, vault, sending: () => undefined, lost: () => undefined });
    new BroadcastChannel(CHANNEL).postMessage("changed");
    if (outcome === "ended") vault = null;
    // The browser tries again, later and later, as long as this fails.
    if (outcome === "unreachable") throw new Error("The server was out of reach.");
  } finally {
    store.close();
  }
}
