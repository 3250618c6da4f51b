/** The service worker as the page sees it: registers it, and tells when another edition of the app waits. */

import { signal } from "@preact/signals";

/** `waiting`: another edition is there and the person may choose it. `switching`: they did. */
export const edition = signal<"current" | "waiting" | "switching">("current");

const ADDRESS = "/sw.js";
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
    registration = await navigator.serviceWorker.register(address());
    followEditions(registration);
    askAgain(registration);
  } catch {
    // A private window, a browser that is set so, or no net: the app works without, and the next visit tries again.
  }
}

/** A policy demands that scripts by address are named by us; only the worker's own address is let through. */
function address(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  if (trustedTypes === undefined) return ADDRESS;
  const only = (url: string): string => {
    if (url !== ADDRESS) throw new TypeError("This is no worker of ours.");
    return url;
  };
  return trustedTypes.createPolicy("naerblik-worker", { createScriptURL: only }).createScriptURL(ADDRESS);
}

/** The part of trusted types that is used here; a script URL stands for a string, as the types of `register` want one. */
interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
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
