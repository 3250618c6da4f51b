/**
 * The store of this device: IndexedDB, in which every step is one transaction that is on the disk before it is answered.
 *
 * Invariant: whatever happens between two calls of `commit`, what lies here is a state that was meant. Nothing is awaited
 * inside a transaction but its own requests, so all sealing is done before.
 */

import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, type IDBPTransaction, openDB } from "idb";
import type { Bytes } from "../vault/bytes";
import type { ActRecord, AwayRecord, DeviceRecord, PageRecord, SpaceRecord } from "./records";

interface Schema extends DBSchema {
  device: { key: string; value: DeviceRecord };
  spaces: { key: string; value: SpaceRecord };
  pages: { key: [string, number, number]; value: PageRecord };
  acts: { key: number; value: ActRecord; indexes: { space: string } };
  away: { key: number; value: AwayRecord; indexes: { space: string } };
}

type Name = "device" | "spaces" | "pages" | "acts" | "away";
type Acts = IDBPObjectStore<Schema, ["acts"], "acts", "readwrite">;
type Writing = IDBPTransaction<Schema, Name[], "readwrite">;

/** All of one step. What is left out stays as it is. */
export interface Change {
  /** Changes the device's record as it stands in this transaction; null when there is none. */
  device?: (now: DeviceRecord | null) => DeviceRecord | null;
  /** Nothing of the step is done when one of these spaces stands at another cursor (undefined: is not there). */
  expect?: { space: string; cursor: string | null | undefined }[];
  /** Nothing of the step is done either when this space's key is not the one that it was sealed under. */
  under?: { space: string; key: Bytes | null };
  spaces?: SpaceRecord[];
  pages?: PageRecord[];
  /** Fills whose pages go. */
  dropFills?: { space: string; fill: number }[];
  /** Spaces of which everything goes: record, pages, notices. Their acts are named on their own, or nothing is done. */
  dropSpaces?: string[];
  acts?: ActRecord[];
  dropActs?: number[];
  away?: AwayRecord[];
  dropAway?: "all";
}

export interface Stored {
  device: DeviceRecord | null;
  spaces: SpaceRecord[];
  acts: ActRecord[];
}

export const MOST_AWAY = 100;
const ALL: Name[] = ["device", "spaces", "pages", "acts", "away"];
const DEVICE = "device";

export class Store {
  private constructor(private readonly db: IDBPDatabase<Schema>) {}

  /** Opens it, and makes it when there is none. `forgotten`: told when the browser takes it away. */
  static async open(name = "naerblik", forgotten: () => void = () => undefined): Promise<Store> {
    const db = await openDB<Schema>(name, 1, {
      upgrade(made) {
        made.createObjectStore("device");
        made.createObjectStore("spaces", { keyPath: "id" });
        made.createObjectStore("pages", { keyPath: ["space", "fill", "n"] });
        made.createObjectStore("acts", { keyPath: "mid" }).createIndex("space", "space");
        made.createObjectStore("away", { keyPath: "n", autoIncrement: true }).createIndex("space", "space");
      },
      // Another tab has a newer edition of the store: let it go on, and read it anew when this tab is next asked.
      blocking: () => db.close(),
      terminated: forgotten,
    });
    return new Store(db);
  }

  close(): void {
    this.db.close();
  }

  /** All but pages, as one state. */
  async read(): Promise<Stored> {
    const reading = this.db.transaction(["device", "spaces", "acts"]);
    const [device, spaces, acts] = await Promise.all([
      reading.objectStore("device").get(DEVICE),
      reading.objectStore("spaces").getAll(),
      reading.objectStore("acts").getAll(),
    ]);
    return { device: device ?? null, spaces, acts };
  }

  /** The pages of a fill, in order. */
  pages(space: string, fill: number): Promise<PageRecord[]> {
    return this.db.getAll("pages", pagesOf(space, fill));
  }

  /** In the order in which it happened. */
  away(): Promise<AwayRecord[]> {
    return this.db.getAll("away");
  }

  /** Does one step, or nothing: false when what was expected does not stand. Throws when there is no room. */
  async commit(change: Change): Promise<boolean> {
    const writing = this.db.transaction(ALL, "readwrite", { durability: "strict" });
    try {
      const isExpected = await fits(writing, change);
      if (isExpected) await put(writing, change);
      await writing.done;
      return isExpected;
    } catch (error) {
      try {
        writing.abort();
      } catch {
        // It has ended by itself.
      }
      await writing.done.catch(() => undefined);
      throw error;
    }
  }

  /** Marks acts that still stand as sent. */
  async markSent(mids: readonly number[]): Promise<void> {
    await this.eachAct(mids, (act, store) => store.put({ ...act, isSent: true }));
  }

  /** Takes out an act that was never sent; false when it was, or is not here. */
  async takeBack(mid: number): Promise<boolean> {
    let isGone = false;
    await this.eachAct([mid], async (act, store) => {
      if (act.isSent || act.state !== "waiting") return;
      await store.delete(mid);
      isGone = true;
    });
    return isGone;
  }

  private async eachAct(mids: readonly number[], change: (act: ActRecord, store: Acts) => Promise<unknown>): Promise<void> {
    const writing = this.db.transaction("acts", "readwrite", { durability: "strict" });
    for (const mid of mids) {
      const act = await writing.store.get(mid);
      if (act !== undefined) await change(act, writing.store);
    }
    await writing.done;
  }

  /** Empties all of it: the keys first, so that what may be left for a moment opens with nothing. */
  async clear(left: DeviceRecord | null): Promise<void> {
    const keys = this.db.transaction(["device", "spaces"], "readwrite", { durability: "strict" });
    await keys.objectStore("device").clear();
    if (left !== null) await keys.objectStore("device").put(left, DEVICE);
    await keys.objectStore("spaces").clear();
    await keys.done;
    const rest = this.db.transaction(["pages", "acts", "away"], "readwrite", { durability: "strict" });
    await Promise.all([
      rest.objectStore("pages").clear(),
      rest.objectStore("acts").clear(),
      rest.objectStore("away").clear(),
    ]);
    await rest.done;
  }
}

async function fits(writing: Writing, change: Change): Promise<boolean> {
  for (const { space, cursor } of change.expect ?? []) {
    const found = await writing.objectStore("spaces").get(space);
    if (found?.cursor !== cursor) return false;
  }
  return (await isUnder(writing, change)) && (await isAllKnown(writing, change));
}

async function isUnder(writing: Writing, { under }: Change): Promise<boolean> {
  if (under === undefined) return true;
  const found = (await writing.objectStore("spaces").get(under.space))?.key ?? null;
  return under.key !== null && found !== null && found.every((byte, at) => byte === under.key![at]);
}

/** Whether no act about a space that goes for good was put here since, which would never be sent nor told of. */
async function isAllKnown(writing: Writing, { dropSpaces = [], spaces = [], dropActs = [], acts = [] }: Change): Promise<boolean> {
  const known = new Set([...dropActs, ...acts.map((act) => act.mid)]);
  const stays = new Set(spaces.map((space) => space.id));
  for (const space of dropSpaces.filter((each) => !stays.has(each))) {
    if ((await writing.objectStore("spaces").get(space)) === undefined) continue;
    const found = await writing.objectStore("acts").index("space").getAll(space);
    if (found.some((act) => !act.isOrphan && !known.has(act.mid))) return false;
  }
  return true;
}

async function put(writing: Writing, change: Change): Promise<void> {
  if (change.device !== undefined) {
    const devices = writing.objectStore("device");
    const made = change.device((await devices.get(DEVICE)) ?? null);
    await (made === null ? devices.delete(DEVICE) : devices.put(made, DEVICE));
  }
  const pages = writing.objectStore("pages");
  for (const { space, fill } of change.dropFills ?? []) await pages.delete(pagesOf(space, fill));
  for (const space of change.dropSpaces ?? []) await drop(writing, space);
  for (const record of change.spaces ?? []) await writing.objectStore("spaces").put(record);
  for (const page of change.pages ?? []) await pages.put(page);
  for (const mid of change.dropActs ?? []) await writing.objectStore("acts").delete(mid);
  for (const act of change.acts ?? []) await writing.objectStore("acts").put(act);
  await putAway(writing, change);
}

async function putAway(writing: Writing, change: Change): Promise<void> {
  const away = writing.objectStore("away");
  if (change.dropAway === "all") await away.clear();
  if (change.away === undefined || change.away.length === 0) return;
  for (const record of change.away) await away.add(record);
  const keys = await away.getAllKeys();
  for (const n of keys.slice(0, Math.max(0, keys.length - MOST_AWAY))) await away.delete(n);
}

async function drop(writing: Writing, space: string): Promise<void> {
  await writing.objectStore("spaces").delete(space);
  await writing.objectStore("pages").delete(IDBKeyRange.bound([space], [space, []]));
  const away = writing.objectStore("away");
  for (const n of await away.index("space").getAllKeys(space)) await away.delete(n);
}

function pagesOf(space: string, fill: number): IDBKeyRange {
  return IDBKeyRange.bound([space, fill], [space, fill, []]);
}
