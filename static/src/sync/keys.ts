/** The vault on this device: made at set-up, opened by a passkey or a PIN, and its counts of wrong PINs. */

import type { DeviceRecord, SpaceRecord } from "../store/records";
import type { Store, Stored } from "../store/store";
import { b64, type Bytes, random } from "../vault/bytes";
import { keyOf } from "../vault/envelope";
import { newVaultKey, openWay, type Stretch, wayFor, wayOf } from "../vault/ways";
import { enrol, type Enrolled, Refused, stamp } from "./enrolment";
import { fillsOf } from "./filling";
import type { Way } from "./port";
import { keepsLent, MOST_MISSES, triesLeft } from "./rules";
import type { Vault } from "./syncing";
import type { Around } from "./transport";

/** Another tab, or an earlier press, has made a copy here meanwhile. */
export class Taken extends Error {
  override name = "Taken";
}

/** Makes the vault and enrols the device, where there is no copy yet (Taken). What is on the disk before the server answers is enough to go on with. */
export async function setUp(around: Around, store: Store, stretch: Stretch, way: Way, name: string, csrf: string): Promise<Vault> {
  if ((await store.read()).device?.state === "active") throw new Taken();
  const raw = newVaultKey();
  const vault = b64(random(16));
  const ways = [await wayFor(way, raw, vault, stretch)];
  const common = { vault, name, state: "pending", counter: 0, mid: 0, confirmed: 0, ways, misses: 0 } as const;
  await store.clear(null);
  await enrol(around, name, csrf, async (enrolled) => {
    const made: DeviceRecord = { ...common, ...enrolled, clock: null, gone: [], takers: {}, made: [], lastSuccess: null, lastTry: null };
    await store.commit({ device: () => made });
  });
  await store.commit({ device: (now) => now && { ...now, state: "active" } });
  return opened(raw);
}

/** The vault, or null when what was shown is not right, or was not right too often. */
export async function unlock(store: Store, stretch: Stretch, way: Way): Promise<Vault | null> {
  const { device } = await store.read();
  const found = device === null ? undefined : wayOf(device.ways, way);
  if (device === null || found === undefined) return null;
  const raw = way.kind === "pin" ? await tryPin(store, stretch, way) : await openWay(found, way, device.vault, stretch);
  return raw === null ? null : opened(raw);
}

/** Counted on the disk before it is tried, so that closing the page in between gains nothing. */
async function tryPin(store: Store, stretch: Stretch, way: Way): Promise<Bytes | null> {
  let device: DeviceRecord | null = null;
  await store.commit({
    device: (now) => {
      device = now === null || now.misses >= MOST_MISSES ? null : { ...now, misses: now.misses + 1 };
      return device ?? now;
    },
  });
  const counted = device as DeviceRecord | null;
  const found = counted === null ? undefined : wayOf(counted.ways, way);
  if (counted === null || found === undefined) return null;
  const raw = await openWay(found, way, counted.vault, stretch);
  if (raw !== null) await store.commit({ device: (now) => now && { ...now, misses: 0 } });
  return raw;
}

/** Another way beside one that is shown to be right; in place of an earlier PIN. Null when it was not right. */
export async function addWay(store: Store, stretch: Stretch, by: Way, added: Way): Promise<Vault | null> {
  const before = await unlock(store, stretch, by);
  const { device, spaces } = await store.read();
  if (before === null || device === null) return null;
  const raw = await openWay(wayOf(device.ways, by)!, by, device.vault, stretch);
  const way = await wayFor(added, raw!, device.vault, stretch);
  const ways = [...device.ways.filter((each) => each !== wayOf(device.ways, added)), way];
  const lent = keepsLent(ways) ? [] : spaces.filter((space) => space.relation !== "self");
  await store.commit({ device: (now) => now && { ...now, ways }, spaces: lent.map(emptied), dropFills: lent.flatMap(fillsOf) });
  return opened(raw!);
}

/** Renews the device after a login; takes it in again, with all that is here, when it or the server knows its keys no longer. */
export async function renew(around: Around, store: Store, csrf: string): Promise<void> {
  const { device } = await store.read();
  if (device === null || device.state === "ended") return;
  try {
    if (device.keys === null) throw new Refused(404, "keys_gone");
    await stamp(around, device, csrf);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 404) throw error;
    await enrol(around, device.name, csrf, (enrolled) => takenIn(store, enrolled));
  }
  // Of a code that was wrong meanwhile the count is kept, and of tries that were left too: a login gives back what was used up.
  if (triesLeft(device) === 0) await store.commit({ device: (now) => now && { ...now, misses: 0 } });
}

/** Under a new id nothing that was acknowledged is known: all of it goes again, and every copy is told anew. */
async function takenIn(store: Store, enrolled: Enrolled): Promise<void> {
  const { acts, spaces }: Stored = await store.read();
  const again = acts.filter((act) => act.state === "journal" || act.state === "provisional");
  await store.commit({
    device: (now) => now && { ...now, ...enrolled, confirmed: 0, gone: [] },
    acts: again.map((act) => ({ ...act, state: "waiting" })),
    spaces: spaces.map(anew),
  });
}

function anew(space: SpaceRecord): SpaceRecord {
  return { ...space, cursor: null, acked: null, filling: null };
}

/** Its rows go, and it is told anew; its key stays, since what was done about it is sealed under it. */
function emptied(space: SpaceRecord): SpaceRecord {
  return { ...space, cursor: null, filling: null, detail: null, pages: 0 };
}

async function opened(raw: Bytes): Promise<Vault> {
  const key = await keyOf(raw);
  raw.fill(0);
  return { key };
}
