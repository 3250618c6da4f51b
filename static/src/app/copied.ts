/** The copy on this device as the start of the page knows it: whether there is one, and the copy once its code has come. */

import { effect, signal } from "@preact/signals";
import type { JSX } from "preact";
import type { RefusedProps } from "../copy/refused";
import type { Copy, Lock } from "../sync/port";

/** Where a browser remembers that it has a copy, so that others do not fetch its code. */
const FLAG = "naerblik.copy";
const KEPT = "1";
/** Its person took it away: nothing was lost. */
const REMOVED = "removed";
/** Where a tab remembers that its person went on without the copy. */
const PASSED = "naerblik.passed";

/** Null as long as its code is not here: in a browser without a copy it is fetched only to make one. */
export const copy = signal<Copy | null>(null);
/** Grows whenever something of the copy is another than before. */
export const turn = signal(0);
/** `coming`: this browser has a copy, and its code is on the way. `failed`: it does not come, or nothing can be stored. */
export const copying = signal<"none" | "coming" | "there" | "failed">(isKept() ? "coming" : "none");
/** The person chose to go on with a login instead of the copy, until the tab is closed: also on the way to MitID and back. */
export const isPassedBy = signal(read(PASSED, "sessionStorage") !== null);

/** The person wants to log in while the copy is open, to fetch and send. */
export const atDoor = signal(false);
/** The line over the screens that says what is not sent; it comes with the copy's code. */
export const line = signal<(() => JSX.Element | null) | null>(null);
/** What stands over an appointment whose answer from here was refused; it comes with that code too. */
export const refusedAnswer = signal<((props: RefusedProps) => JSX.Element) | null>(null);

/** Fetches the copy's code and opens it. Gives null where that fails. */
export async function openCopy(): Promise<Copy | null> {
  if (copy.value !== null) return copy.value;
  try {
    const code = await import("./copy");
    const made = await code.openCopy();
    line.value = code.CopyLine;
    refusedAnswer.value = code.RefusedAnswer;
    // What this browser remembers having is not there: it was taken away.
    if (made.lock().lock === "none" && isKept()) write(FLAG, null);
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
  effect(() => write(PASSED, isPassedBy.value ? KEPT : null, "sessionStorage"));
  if (copying.value === "coming") void openCopy();
}

/** The copy, for a component that is to be drawn again whenever something of it changes. */
export function copyNow(): Copy | null {
  return turn.value >= 0 ? copy.value : null;
}

/** How the copy is locked; null as long as its code is not here. Drawn again as above. */
export function lockNow(): Lock | null {
  return copyNow()?.lock() ?? null;
}

/** Whether this browser was made a device, and has no trace of a copy: whoever clears all storage clears this one too. */
export function isLost(hasDevice: boolean): boolean {
  return hasDevice && read(FLAG) === null && (copying.value === "none" || lockNow()?.lock === "none");
}

function isKept(): boolean {
  return read(FLAG) === KEPT;
}

function remember(isThere: boolean): void {
  if (isThere) write(FLAG, KEPT);
  else if (isKept()) write(FLAG, REMOVED);
}

type Place = "localStorage" | "sessionStorage";

function read(name: string, where: Place = "localStorage"): string | null {
  try {
    return globalThis[where].getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, value: string | null, where: Place = "localStorage"): void {
  try {
    if (value === null) globalThis[where].removeItem(name);
    else globalThis[where].setItem(name, value);
  } catch {
    // A browser that refuses storage keeps no copy either.
  }
}
