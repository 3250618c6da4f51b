/** The copy on this device as the start of the page knows it: whether there is one, and the copy once its code has come. */

import { signal } from "@preact/signals";
import type { LocalCopy } from "../sync/copy";

export type OwnCopy = LocalCopy;

/** Null as long as its code is not here: in a browser without a copy it is fetched only to make one. */
export const copy = signal<OwnCopy | null>(null);
/** Grows whenever something of the copy is another than before. */
export const turn = signal(0);
/** `coming`: this browser has a copy, and its code is on the way. `failed`: it does not come, or nothing can be stored. */
export const copying = signal<"none" | "coming" | "there" | "failed">(isKept() ? "coming" : "none");
/** The person chose to go on with a login instead of the copy, until the page is closed. */
export const isPassedBy = signal(false);

const FLAG = "naerblik.copy";

/** Fetches the copy's code and opens it. Gives null where that fails. */
export async function openCopy(): Promise<OwnCopy | null> {
  if (copy.value !== null) return copy.value;
  try {
    const made = await (await import("./copy")).openCopy();
    made.subscribe(() => {
      turn.value += 1;
      remember(made.lock().lock !== "none");
    });
    copy.value = made;
    copying.value = "there";
  } catch {
    copying.value = "failed";
  }
  return copy.value;
}

/** Begins at once in a browser that has a copy. */
export function start(): void {
  if (copying.value === "coming") void openCopy();
}

/** How the copy is locked, read anew when it changes; null as long as its code is not here. */
export function lockNow(): ReturnType<OwnCopy["lock"]> | null {
  return turn.value >= 0 && copy.value !== null ? copy.value.lock() : null;
}

function isKept(): boolean {
  try {
    return localStorage.getItem("naerblik.copy") !== null;
  } catch {
    return false; // A browser that refuses storage keeps no copy either.
  }
}

function remember(isThere: boolean): void {
  try {
    if (isThere) localStorage.setItem(FLAG, "1");
    else localStorage.removeItem(FLAG);
  } catch {
    // As above.
  }
}
