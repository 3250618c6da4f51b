/**
 * One round of contact: all that waits is sent, then all that is new is fetched, until both are at rest.
 *
 * Invariant: at most one page or worker does this at a time (`Around.alone`), so an act is in flight at most once.
 */

import type { DeviceRecord } from "../store/records";
import type { Store, Stored } from "../store/store";
import { NotAccepted } from "../vault/answer";
import type { Here } from "./filling";
import { NotWhole, Opened } from "./opened";
import { endAgain } from "./made";
import { losable, openedActs } from "./outbox";
import type { Outcome, QueuedAct } from "./port";
import { question, taken } from "./pulling";
import { drain } from "./pushing";
import { keepsLent } from "./rules";
import { openSpaceKey } from "./sealing";
import { type Around, ask, PULL, type Reply } from "./transport";
import type { SpaceTold } from "./wire";

/** An unlocked vault: the key that opens the keys of the spaces. */
export interface Vault {
  key: CryptoKey;
}

export interface Contact {
  around: Around;
  store: Store;
  vault: Vault | null;
  /** Told which acts are under way. */
  sending: (mids: readonly number[]) => void;
  /** Told what was not sent or not accepted when everything goes. */
  lost: (acts: readonly QueuedAct[]) => void;
}

/** So many rounds fetch 100,000 rows; a server that never comes to an end is left alone for a while. */
const MOST_ROUNDS = 60;
const LOGIN = new Set(["login_needed", "device_unknown"]);

/** Never throws for what the net, the server or a full disk does. */
export async function contact(with_: Contact): Promise<Outcome> {
  const { around, store } = with_;
  return around.alone(async () => {
    let outcome: Outcome;
    try {
      outcome = await rounds(with_);
    } catch (error) {
      if (!isFull(error)) throw error;
      outcome = "no_room";
    }
    if (outcome === "ended") return outcome;
    const at = around.now();
    const lastTry = { at, outcome };
    await fits(() => store.commit({ device: (now) => now && { ...now, lastTry, lastSuccess: outcome === "done" ? at : now.lastSuccess } }));
    return outcome;
  });
}

async function rounds(contacting: Contact): Promise<Outcome> {
  let opened: ReadonlyMap<string, Opened> = new Map();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let stored = await contacting.store.read();
    // One whose keys alone are gone is taken in again after a login.
    if (stored.device === null || (stored.device.keys === null && stored.device.state === "ended")) return "ended";
    opened = await openAll(contacting, stored, opened);
    if (contacting.vault !== null) {
      await endAgain(contacting.store, stored, opened, contacting.around.now());
      const stopped = await drain(pushing(contacting, stored.device, opened));
      if (stopped !== null) return outcomeOf(stopped);
      stored = await contacting.store.read();
    }
    const done = await pullOnce(contacting, stored, opened);
    if (done !== "on") return done;
  }
  return "unreachable";
}

function pushing({ around, store, sending }: Contact, device: DeviceRecord, opened: ReadonlyMap<string, Opened>): Parameters<typeof drain>[0] {
  return { around, store, sending, vaultId: device.vault, stored: () => store.read(), opened: () => opened };
}

async function pullOnce(contacting: Contact, stored: Stored, opened: ReadonlyMap<string, Opened>): Promise<Outcome | "on"> {
  const { around, store, vault } = contacting;
  const asked = question(stored);
  const reply = await ask(around, store, PULL, asked);
  if (reply.kind !== "answer") return outcomeOf(reply);
  const here = vault === null ? null : hereOf(contacting, vault, stored.device!);
  try {
    const { change, head, goesOn } = await taken({ stored, opened, here, local: around.now() }, asked, reply);
    if (head.ended) return await end(contacting, stored, opened, head.spaces);
    if (head.update_needed) return "refused";
    if (!(await store.commit(change))) return "on";
    const left = await store.read();
    const confirms = left.device!.gone.length > 0 || left.device!.confirmed !== stored.device!.confirmed;
    if (here === null) return confirms ? "on" : "locked";
    const endsAgain = left.device!.made?.some((each) => each.what === "end" && each.isLost) ?? false;
    return goesOn || confirms || endsAgain ? "on" : "done";
  } catch (error) {
    if (error instanceof NotAccepted) return "unreachable";
    throw error;
  }
}

/** This device was ended: everything goes, keys of the copies first, and the next contacts confirm it. */
async function end(contacting: Contact, stored: Stored, opened: ReadonlyMap<string, Opened>, told: readonly SpaceTold[]): Promise<Outcome | "on"> {
  const { store } = contacting;
  // As it stands now: something may have been done while the answer was on its way.
  const { acts, device: now } = await store.read();
  const device = now ?? stored.device!;
  contacting.lost(await openedActs(acts, opened, device.vault));
  const unsent = device.unsent ?? losable(acts).length;
  const gone = told.map((each) => ({ space: each.space, gen: each.answer === "wipe" ? each.gen : "" }));
  if (gone.length === 0) {
    await store.clear({ ...device, state: "ended", keys: null, ways: [], gone, made: [], unsent });
    return "ended";
  }
  await store.clear({ ...device, state: "ended", ways: [], gone, made: [], unsent });
  return "on";
}

/** The copies as they lie in the store. One that is not whole any more is emptied, and so fetched anew. */
async function openAll({ store, vault }: Pick<Contact, "store" | "vault">, stored: Stored, before: ReadonlyMap<string, Opened>): Promise<ReadonlyMap<string, Opened>> {
  if (vault === null) return before;
  try {
    return await openEach(store, vault, stored, before);
  } catch (error) {
    if (!(error instanceof NotWhole)) throw error;
    const broken = stored.spaces.find((space) => space.id === error.message)!;
    const isKeyLost = (await openSpaceKey(vault.key, stored.device!.vault, broken).catch(() => null)) === null;
    const emptied = { ...broken, key: isKeyLost ? null : broken.key, cursor: null, filling: null, detail: null, pages: 0 };
    await store.commit({ spaces: [emptied], dropFills: [{ space: broken.id, fill: broken.fill }] });
    return openAll({ store, vault }, Object.assign(stored, await store.read()), new Map());
  }
}

/** The copies, those that were open already only as far as they changed. Throws NotWhole. */
export async function openEach(store: Store, vault: Vault, stored: Stored, before: ReadonlyMap<string, Opened>): Promise<ReadonlyMap<string, Opened>> {
  const made = new Map<string, Opened>();
  for (const record of stored.spaces) {
    const opened = await Opened.load(store, vault.key, stored.device!.vault, record, before.get(record.id));
    if (opened !== null) made.set(record.id, opened);
  }
  return made;
}

/** By the ways as they stand now: another tab may have set a PIN since the vault was unlocked here. */
function hereOf({ store }: Contact, vault: Vault, device: DeviceRecord): Here {
  return { store, vault: vault.key, vaultId: device.vault, keepsLent: keepsLent(device.ways) };
}

function outcomeOf(reply: Exclude<Reply, { kind: "answer" }>): Outcome {
  if (reply.kind === "unheard") return "unreachable";
  if (LOGIN.has(reply.code)) return "login";
  const isForLater = reply.status >= 500 || [408, 425, 429, 409].includes(reply.status);
  return isForLater ? "unreachable" : "refused";
}

/** Does something in the store if there is room for it; false when there is none. */
export async function fits(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isFull(error)) return false;
    throw error;
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
