/**
 * The service worker: keeps the shell of one edition, so that the app opens without a net, and sends what waits when the
 * net comes back. It stands between the page and no data.
 */

import { listen } from "./drain";
import { fileFor, PREFIX, type Shell } from "./shell";

declare const self: ServiceWorkerGlobalScope;

/** Written by the build: see build/worker.ts. */
declare const SHELL: Shell;

const NAME = PREFIX + SHELL.edition;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("fetch", (event) => {
  const file = fileFor(event.request, self.location.origin, SHELL.files);
  if (file !== null) event.respondWith(answer(file, event.request));
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") void self.skipWaiting();
});

listen(self);

/** Fetches the whole edition, past the browser's cache. One file that fails or is of another edition stops it all. */
async function fill(): Promise<void> {
  const requests = Object.entries(SHELL.files).map(([path, integrity]) => new Request(path, { cache: "reload", integrity }));
  try {
    await (await caches.open(NAME)).addAll(requests);
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
}

async function takeOver(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(file: string, request: Request): Promise<Response> {
  return (await kept(file)) ?? fetch(request);
}

async function kept(file: string): Promise<Response | undefined> {
  try {
    // Opened only if it is there: a browser short of room may have taken it, and an empty one would be of no use.
    return await caches.match(file, { cacheName: NAME, ignoreVary: true });
  } catch {
    return undefined; // Storage that does not answer must not take the app with it: the net is asked.
  }
}
