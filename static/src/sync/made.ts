/**
 * Changes of consent that were made at the server from here: docs/protocol.md, Journal.
 *
 * Invariant: each that the server answered is shown by every pull of the whole own copy that was asked after it, done once
 * more, or told of as lost. It is held against the rows themselves, so that also a restore that no token shows is seen.
 */

import type { MadeRecord } from "../store/records";
import type { Store, Stored } from "../store/store";
import type { Lines, Opened } from "./opened";
import { put } from "./outbox";
import type { Made } from "./port";
import { JOURNAL, timeOf } from "./rules";
import { rowOf } from "./sealing";

/** As far as it counts here what stands on the shelf: app/consent/shelved.py. */
interface Own {
  grant_id: string;
  events: { kind: string }[];
}
interface Asked {
  id: string;
  answer: string | null;
}

const ENDS = new Set(["withdraw", "supersede", "invalidate"]);

/** Keeps one more; of a consent or block only the last that was done, and only on a device of its own citizen's. */
export async function keepMade(store: Store, space: string, { what, grant, request }: Made, local: number): Promise<void> {
  const { spaces, device } = await store.read();
  if (device === null || !spaces.some((each) => each.id === space && each.relation === "self")) return;
  const at = device.clock === null ? local : timeOf(device.clock, local);
  const one = { what, grant, request, at, isLost: false };
  await store.commit({ device: (now) => now && { ...now, made: [...without(now.made, grant), one] } });
}

/** Keeps it no longer. */
export async function drop(store: Store, grant: string): Promise<void> {
  await store.commit({ device: (now) => now && { ...now, made: without(now.made, grant) } });
}

/**
 * How they stand after a pull of the whole own copy. `asked`: those that were kept when it was asked; later ones it need
 * not show. `time` is the server's.
 */
export function checked(made: readonly MadeRecord[], asked: readonly MadeRecord[], rows: Lines, time: number): MadeRecord[] {
  if (made.length === 0) return [];
  const before = new Set(asked.map(nameOf));
  const [own, requests] = [contents<Own>(rows, "own_consent"), contents<Asked>(rows, "consent_request")];
  const found: MadeRecord[] = [];
  for (const each of made) {
    const shown = shownAs(each, own, requests);
    if (!before.has(nameOf(each))) found.push(each);
    else if (shown === "missing") found.push({ ...each, isLost: true });
    else if (shown === "stands" && each.at >= time - JOURNAL) found.push({ ...each, isLost: false });
  }
  return found;
}

/** What was ended and a restore lost is ended once more, by an act. */
export async function endAgain(store: Store, stored: Stored, opened: ReadonlyMap<string, Opened>, local: number): Promise<void> {
  const own = stored.spaces.find((space) => space.relation === "self");
  const held = own && opened.get(own.id);
  if (held === undefined) return;
  for (const each of stored.device?.made ?? []) {
    if (each.what !== "end" || !each.isLost) continue;
    await put(store, held, { space: held.record.id, name: "consent:withdraw", args: { grant_id: each.grant }, precondition: null }, local);
    await drop(store, each.grant);
  }
}

function without(made: readonly MadeRecord[] = [], grant: string): MadeRecord[] {
  return made.filter((each) => each.grant !== grant);
}

/** `over`: nothing is left of it that a restore could lose. */
function shownAs(made: MadeRecord, own: readonly Own[], requests: readonly Asked[]): "stands" | "over" | "missing" {
  const row = own.find((each) => each.grant_id === made.grant);
  const isEnded = row?.events.some((event) => ENDS.has(event.kind)) ?? false;
  if (made.what === "end") return row === undefined || isEnded ? "stands" : "missing";
  if (row !== undefined) return isEnded ? "over" : "stands";
  // The question was answered anew since: that answer is another one's.
  return requests.some((each) => each.id === made.request && each.answer !== null) ? "over" : "missing";
}

function contents<T>(rows: Lines, collection: string): T[] {
  return [...rows.values()].filter((line) => line.collection === collection).map((line) => rowOf(line).content as T);
}

function nameOf({ what, grant }: MadeRecord): string {
  return `${what} ${grant}`;
}
