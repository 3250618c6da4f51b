/** A phone for tests: a store of its own, tabs on it, and a clock that tests set. */

import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { type Bytes, context, sha256, utf8 } from "../../vault/bytes";
import { LocalCopy } from "../copy";
import type { Way } from "../port";
import type { Page } from "../surroundings";
import type { Server } from "./server";

export const PASSKEY: Way = { kind: "passkey", credential: new Uint8Array([1, 2, 3]), output: new Uint8Array(32).fill(7) };
export const PIN: Way = { kind: "pin", pin: "123456" };

/** Quick, and as good as Argon2id for who only wants to see what becomes of a PIN. */
const stretch = (pin: string, salt: Bytes): Promise<Bytes> => sha256(context(utf8(pin), salt));

export class Phone {
  local = Date.parse("2026-03-01T08:00:00Z");
  private readonly hearing: (() => void)[] = [];
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly server: Server,
    readonly factory = new IDBFactory(),
  ) {}

  /** A tab, opened cold. */
  async tab(): Promise<LocalCopy> {
    globalThis.indexedDB = this.factory;
    const copy = await LocalCopy.open(this.page());
    await copy.begin();
    return copy;
  }

  page(): Page {
    return {
      fetch: this.server.fetch,
      now: () => this.local,
      elapsed: () => performance.now(),
      alone: (work) => this.alone(work),
      stretch,
      tell: () => this.hearing.forEach((hear) => hear()),
      hear: (changed) => this.hearing.push(changed),
      lend: () => undefined,
    };
  }

  /** A tab on which the copy is set up and filled. */
  async set(way: Way = PASSKEY): Promise<LocalCopy> {
    const copy = await this.tab();
    await copy.setUp(way, "Min telefon", "csrf");
    return copy;
  }

  /** Everything that lies on the disk, as text. */
  async dump(): Promise<string> {
    const seen: string[] = [];
    const db = await opened(this.factory);
    for (const name of Array.from(db.objectStoreNames)) {
      const all = await settled(db.transaction(name).objectStore(name).getAll());
      seen.push(JSON.stringify(all, (_, value: unknown) => (value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : value)));
    }
    db.close();
    return seen.join("\n");
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.catch(() => undefined).then(work);
    this.turn = mine;
    return mine;
  }
}

function opened(factory: IDBFactory): Promise<IDBDatabase> {
  return settled(factory.open("naerblik") as IDBOpenDBRequest);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The store does not answer."));
  });
}
