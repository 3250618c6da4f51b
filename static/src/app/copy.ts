/** The copy on this device as the browser of a page gives it what it needs. Loaded only where a copy is set up or wished for. */

import { effect } from "@preact/signals";
import { outSince } from "../api/client";
import { LocalCopy } from "../sync/copy";
import { Keeping } from "../sync/keeping";
import { around, CHANNEL, type Page, WAKE } from "../sync/surroundings";
import type { Bytes } from "../vault/bytes";
import { lockWhenIdle } from "./idle";
import { openSession, unheard } from "./record";
import { addressOf, ARGON2 } from "./scripts";
import * as source from "./source";
import * as stamping from "./stamping";

export { CopyLine } from "../copy/line";
export { RefusedAnswer } from "../copy/refused";

let opening: Promise<LocalCopy> | null = null;

/** The one copy of this page, begun, and kept up to date while the page is there. Rejects where a browser stores nothing. */
export function openCopy(): Promise<LocalCopy> {
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
  copy.subscribe(() => leave(copy));
  copy.subscribe(() => meetAgain(copy));
  askWhoAgain();
  lockWhenIdle(copy);
  source.follow(copy);
  stamping.follow(copy);
  keeping.now();
  return copy;
}

/** A server that answered the copy is there for the page too; and then it is asked who is logged in, if that is not known. */
function meetAgain(copy: LocalCopy): void {
  const { lastSuccess, lastTry } = copy.sync();
  const heardAt = lastTry?.outcome === "login" ? lastTry.at : lastSuccess;
  if (outSince.value !== null && heardAt !== null && heardAt > outSince.value) outSince.value = null;
}

/** Once for each return of the net. */
function askWhoAgain(): void {
  let wasOut = false;
  effect(() => {
    const isOut = outSince.value !== null;
    if (wasOut && !isOut && unheard.peek() !== null) queueMicrotask(() => void openSession());
    wasOut = isOut;
  });
}

/** Whether the browser has been asked to wake the worker for what waits now. */
let isLeft = false;

/** What waits for the net is left to the worker too: the page may be closed before it comes. */
function leave(copy: LocalCopy): void {
  const waits = copy.sync().lastTry?.outcome === "unreachable" && copy.acts().some((act) => act.state === "waiting");
  if (waits && !isLeft) void navigator.serviceWorker?.ready.then((held) => (held as Wakeable).sync?.register(WAKE)).catch(() => undefined);
  isLeft = waits;
}

/** Background Sync, which not every browser has, and types leave out. */
type Wakeable = ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };

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
