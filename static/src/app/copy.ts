/** The copy on this device as the browser of a page gives it what it needs. Loaded only where a copy is set up or wished for. */

import { LocalCopy } from "../sync/copy";
import { Keeping } from "../sync/keeping";
import { around, type Page } from "../sync/surroundings";
import type { Bytes } from "../vault/bytes";
import type { Copy } from "../sync/port";
import { addressOf, ARGON2 } from "./scripts";

const CHANNEL = "naerblik-copy";

let opening: Promise<LocalCopy> | null = null;

/** The one copy of this page, begun, and kept up to date while the page is there. Rejects where a browser stores nothing. */
export function openCopy(): Promise<Copy & Pick<LocalCopy, "evicted" | "look">> {
  opening ??= begun();
  return opening;
}

async function begun(): Promise<LocalCopy> {
  const copy = await LocalCopy.open(page());
  await copy.begin();
  const keeping = new Keeping(() => copy.look());
  addEventListener("online", () => keeping.now());
  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? keeping.now() : keeping.rest()));
  copy.subscribe(() => keeping.heard(copy.sync().lastTry?.outcome ?? null));
  keeping.now();
  return copy;
}

function page(): Page {
  const channel = new BroadcastChannel(CHANNEL);
  return {
    ...around(),
    stretch,
    tell: () => channel.postMessage("changed"),
    hear: (changed) => channel.addEventListener("message", changed),
    lend: (vault) => navigator.serviceWorker?.controller?.postMessage({ vault }),
  };
}

/** In a worker that ends with it, so that the 64 MiB are given back. */
function stretch(pin: string, salt: Bytes): Promise<Bytes> {
  const worker = new Worker(addressOf(ARGON2));
  return new Promise<Bytes>((resolve, reject) => {
    worker.addEventListener("message", (event: MessageEvent<Bytes | null>) => {
      if (event.data === null) reject(new Error("There is not enough memory to check the code."));
      else resolve(event.data);
    });
    worker.addEventListener("error", () => reject(new Error("The code cannot be checked here.")));
    worker.postMessage({ pin, salt });
  }).finally(() => worker.terminate());
}
