/** The service worker as the page sees it: registers it, and tells when another edition of the app waits. */

import { signal } from "@preact/signals";
import { addressOf, SERVICE_WORKER } from "./scripts";

/** `waiting`: another edition is there and the person may choose it. `switching`: they did. */
export const edition = signal<"current" | "waiting" | "switching">("current");

const HOUR = 3_600_000;

let registration: ServiceWorkerRegistration | null = null;

/** Registers the worker once the page is there. What fails here leaves an app that needs the net, as without a worker. */
export function start(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  followController(navigator.serviceWorker);
  if (document.readyState === "complete") void register();
  else addEventListener("load", () => void register(), { once: true });
}

/** Takes the edition that waits: the page is loaded anew once that is in charge. */
export function switchNow(): void {
  const waiting = registration?.waiting ?? null;
  if (waiting === null) return location.reload(); // Another window has switched already.
  edition.value = "switching";
  waiting.postMessage("take over");
}

/** Whether it is time to ask for a new edition again; both are milliseconds. */
export function isDue(last: number, now: number): boolean {
  return now - last >= HOUR;
}

async function register(): Promise<void> {
  try {
    registration = await navigator.serviceWorker.register(addressOf(SERVICE_WORKER));
    followEditions(registration);
    askAgain(registration);
  } catch {
    // A private window, a browser that is set so, or no net: the app works without, and the next visit tries again.
  }
}

function followEditions(held: ServiceWorkerRegistration): void {
  const look = (): void => {
    const isNew = held.waiting !== null && navigator.serviceWorker.controller !== null;
    if (isNew && edition.value === "current") edition.value = "waiting";
  };
  const watch = (): void => held.installing?.addEventListener("statechange", look);
  held.addEventListener("updatefound", watch);
  watch();
  look();
}

function followController(workers: ServiceWorkerContainer): void {
  let isFollowed = workers.controller !== null;
  let isLeaving = false;
  workers.addEventListener("controllerchange", () => {
    if (edition.value === "switching" && !isLeaving) {
      isLeaving = true;
      location.reload();
    } else if (isFollowed && !isLeaving) edition.value = "waiting"; // Chosen in another window; this one is asked too.
    isFollowed = true;
  });
}

function askAgain(held: ServiceWorkerRegistration): void {
  let last = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || !isDue(last, Date.now())) return;
    last = Date.now();
    held.update().catch(() => {
      // No net, or the server is away: asked again later.
    });
  });
}
