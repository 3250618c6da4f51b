/** What a browser gives a page, and what it gives a page and a worker alike. */

import type { Stretch } from "../vault/ways";
import type { Vault } from "./syncing";
import type { Around } from "./transport";

/** What else a page gives: a channel to the other tabs, and what stretches a PIN. */
export interface Page extends Around {
  stretch: Stretch;
  /** Tells the other tabs that something lies differently. */
  tell: () => void;
  /** Called with what is to be done when another tab tells. */
  hear: (changed: () => void) => void;
  /** Hands the key of an unlocked vault to the worker, null when it is locked. */
  lend: (vault: Vault | null) => void;
}

/** On which tabs and the worker tell each other that something lies differently. */
export const CHANNEL = "naerblik-copy";
/** What a page asks the browser to wake the worker for: acts that wait for the net. */
export const WAKE = "naerblik-acts";
/** One name for all tabs and the worker: who holds it is the only one that talks with the server about the copies. */
const LOCK = "naerblik-sync";

export function around(): Around {
  return {
    fetch: (path, request) => fetch(path, request),
    now: () => Date.now(),
    elapsed: () => performance.now(),
    alone: <T>(work: () => Promise<T>) => navigator.locks.request(LOCK, work) as Promise<T>,
  };
}
