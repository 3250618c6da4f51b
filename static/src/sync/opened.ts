/** One citizen's copy, opened: its rows in memory, as they lie sealed in the store. */

import type { PageRecord, SpaceRecord } from "../store/records";
import type { Store } from "../store/store";
import { digestOf, markKeyOf, markOf, NO_DIGEST } from "../vault/marks";
import type { Row } from "./port";
import { type Detail, type Line, openDetail, openPage, openSpaceKey, rawMarkKey, rowOf, type Sources } from "./sealing";

/** Rows by their place. */
export type Lines = Map<string, Line>;

/** A row with its mark, in place of the one before; without a body it goes. */
export function applied(rows: Lines, changes: readonly Line[]): Lines {
  const made = new Map(rows);
  for (const line of changes) {
    const place = placeOf(line);
    // Taken out first, so that the order is that of the last change.
    made.delete(place);
    if (line.body !== null) made.set(place, line);
  }
  return made;
}

export function placeOf(line: Pick<Line, "collection" | "key">): string {
  return `${line.collection} ${line.key}`;
}

export function digestOfRows(rows: Lines): string {
  return rows.size === 0 ? NO_DIGEST : digestOf([...rows.values()].map((line) => line.mark!));
}

/** The lines with their marks, under the key that the server gave for them. */
export async function marked(detail: Detail, lines: readonly Line[]): Promise<Line[]> {
  const key = await markKeyOf(rawMarkKey(detail));
  return Promise.all(
    lines.map(async (line) => (line.body === null ? line : { ...line, mark: await markOf(key, line.collection, line.key, line.body) })),
  );
}

/** What lies in the store is not what its record tells of: another tab changed it meanwhile, or it is broken. */
export class NotWhole extends Error {
  override name = "NotWhole";
}

export class Opened {
  private constructor(
    readonly record: SpaceRecord,
    readonly key: CryptoKey,
    readonly rows: Lines,
    readonly sources: Sources,
    private readonly grouped = new Map<string, readonly Row[]>(),
  ) {}

  /** What lies in the store of a space; null when nothing was ever kept of it. Throws NotWhole. */
  static async load(store: Store, vault: CryptoKey, vaultId: string, record: SpaceRecord, before?: Opened): Promise<Opened | null> {
    try {
      return await Opened.read(store, vault, vaultId, record, before);
    } catch (error) {
      // A key, a page or a detail that does not open is as good as gone.
      if (error instanceof DOMException && error.name === "OperationError") throw new NotWhole(record.id);
      throw error;
    }
  }

  private static async read(store: Store, vault: CryptoKey, vaultId: string, record: SpaceRecord, before?: Opened): Promise<Opened | null> {
    const key = before?.key ?? (await openSpaceKey(vault, vaultId, record));
    if (key === null) return null;
    const isSame = before !== undefined && before.record.fill === record.fill && before.record.pages <= record.pages;
    const from = isSame ? before.record.pages : 0;
    const pages = (await store.pages(record.id, record.fill)).filter((page) => page.n >= from && page.n < record.pages);
    if (pages.length !== record.pages - from) throw new NotWhole(record.id);
    const rows = await rowsOf(key, vaultId, pages, isSame ? before.rows : new Map());
    const detail = await openDetail(key, vaultId, record);
    return new Opened(record, key, rows, detail?.sources ?? [], pages.length === 0 && isSame ? before.grouped : undefined);
  }

  /** The facts by collection, read when they are first asked for. */
  facts(): ReadonlyMap<string, readonly Row[]> {
    if (this.grouped.size === 0 && this.rows.size > 0) {
      const made = new Map<string, Row[]>();
      for (const line of this.rows.values()) {
        const list = made.get(line.collection) ?? [];
        list.push(rowOf(line));
        made.set(line.collection, list);
      }
      for (const [collection, list] of made) this.grouped.set(collection, list);
    }
    return this.grouped;
  }
}

/** Pages laid over rows, in order. */
export async function rowsOf(key: CryptoKey, vaultId: string, pages: readonly PageRecord[], before: Lines): Promise<Lines> {
  const opened = await Promise.all(pages.map((page) => openPage(key, vaultId, page)));
  return opened.length === 0 ? before : applied(before, opened.flat());
}
