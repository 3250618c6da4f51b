/** What its person did here: written for good before it is answered, and shown until it is settled. */

import type { ActRecord, DeviceRecord } from "../store/records";
import type { Store } from "../store/store";
import type { Opened } from "./opened";
import type { QueuedAct } from "./port";
import { openAct, sealAct } from "./sealing";
import type { Act } from "./wire";

/** Of the acts that have several versions, each says other things; all others are of the first. */
function versionOf({ name, args }: Said): number {
  return (name === "dose:undo" && "of" in args) || (name === "dose:mark" && "quantity" in args) ? 2 : 1;
}

/** Stands for the name of an act that cannot be read any more. */
export const UNREADABLE = "unreadable";

/** What is said of an act before it has its number. */
export type Said = Omit<Act, "mid" | "v" | "occurred_at" | "zone">;

/** Puts an act in the outbox: on the disk when this returns. `local`: this device's clock. Throws when there is no room, or no such copy any more. */
export async function put(store: Store, opened: Opened, said: Said, local: number): Promise<QueuedAct> {
  const device = await numbered(store);
  const act: Act = { ...said, mid: device.mid, v: versionOf(said), occurred_at: withOffset(local), zone: zone() };
  const sealed = await sealAct(opened.key, device.vault, act);
  const common = { mid: act.mid, space: act.space, code: null } as const;
  const record: ActRecord = { ...common, state: "waiting", answeredAt: null, isOrphan: false, isSent: false, sealed };
  // Where the access ended meanwhile nobody could open it again, and so it would never be told of.
  if (!(await store.commit({ acts: [record], under: { space: act.space, key: opened.record.key } }))) throw new Error("This copy is gone.");
  return queued(act, "waiting", null);
}

/** The acts that are not settled yet, in order. `sending`: those under way. */
export async function unsettled(acts: readonly ActRecord[], opened: ReadonlyMap<string, Opened>, vault: CryptoKey, vaultId: string, sending: ReadonlySet<number>): Promise<QueuedAct[]> {
  const shown = acts.filter((act) => act.state !== "journal");
  const read = shown.map(async (act) => {
    const key = act.isOrphan ? vault : opened.get(act.space)?.key;
    if (key === undefined || act.state === "journal") return null;
    return queued(await legible(key, vaultId, act), act.state === "waiting" && sending.has(act.mid) ? "sending" : act.state, act.code);
  });
  return (await Promise.all(read)).filter((act) => act !== null);
}

/** Acts that are lost when everything goes, whether they can be opened or not. */
export function losable(acts: readonly ActRecord[]): ActRecord[] {
  return acts.filter((act) => !act.isOrphan && (act.state === "waiting" || act.state === "refused"));
}

/** What is lost when everything goes: acts that were never sent, and those that were refused. */
export async function openedActs(acts: readonly ActRecord[], opened: ReadonlyMap<string, Opened>, vaultId: string): Promise<QueuedAct[]> {
  const read = losable(acts).map(async (act) => {
    const key = opened.get(act.space)?.key;
    return key === undefined ? null : queued(await legible(key, vaultId, act), "refused", act.code ?? "device_ended");
  });
  return (await Promise.all(read)).filter((act) => act !== null);
}

/** An act whose bytes were spoiled is told of all the same, since nothing that was done may go unseen. */
export async function legible(key: CryptoKey, vaultId: string, record: ActRecord): Promise<Act> {
  try {
    return await openAct(key, vaultId, record);
  } catch {
    const { mid, space } = record;
    return { mid, space, name: UNREADABLE, v: 1, args: {}, precondition: null, occurred_at: "", zone: "" };
  }
}

function queued(act: Act, state: QueuedAct["state"], code: string | null): QueuedAct {
  const { mid, space, name, args, precondition, occurred_at: occurredAt } = act;
  return { mid, space, name, args, precondition, occurredAt, state, code };
}

/** The device with a number that is on the disk as used before anything is called by it. */
async function numbered(store: Store): Promise<DeviceRecord> {
  let found: DeviceRecord | null = null;
  await store.commit({
    device: (now) => {
      found = now === null ? null : { ...now, mid: now.mid + 1 };
      return found;
    },
  });
  if (found === null) throw new Error("There is no copy here to act on.");
  return found;
}

/** ISO 8601 in this device's own time, with its offset. */
export function withOffset(local: number): string {
  const minutes = -new Date(local).getTimezoneOffset();
  const sign = minutes < 0 ? "-" : "+";
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const shifted = new Date(local + minutes * 60_000).toISOString().slice(0, 19);
  return `${shifted}${sign}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

function zone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "Etc/UTC";
}
