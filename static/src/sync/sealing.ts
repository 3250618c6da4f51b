/** How each thing lies sealed in the store, and what its bytes say. The purpose binds it to its place. */

import type { ActRecord, AwayRecord, PageRecord, SpaceRecord } from "../store/records";
import { type Bytes, context, joined, random, textOf, unb64, utf8 } from "../vault/bytes";
import { keyOf, open, seal } from "../vault/envelope";
import type { Changed, Row, Space } from "./port";
import type { Act } from "./wire";

export type Sources = Space["sources"];

/** One line of a page: a row with its mark, or the removal of one. */
export interface Line {
  collection: string;
  key: string;
  mark: string | null;
  body: Bytes | null;
}

export interface Detail {
  mark_key: string;
  sources: Sources;
}

const SPACE = 32;
const LINE_FEED = 10;
/** Where a removal has its mark. */
const NONE = "-";

/** A new key of a space: to use, and sealed under the vault key. */
export async function newSpaceKey(vault: CryptoKey, vaultId: string, space: string): Promise<{ key: CryptoKey; sealed: Bytes }> {
  const raw = random(32);
  return { key: await keyOf(raw), sealed: await seal(vault, spaceKeyPurpose(vaultId, space), raw) };
}

/** Throws when it is not the vault's. */
export async function openSpaceKey(vault: CryptoKey, vaultId: string, space: SpaceRecord): Promise<CryptoKey | null> {
  return space.key === null ? null : keyOf(await open(vault, spaceKeyPurpose(vaultId, space.id), space.key));
}

export function sealDetail(key: CryptoKey, vaultId: string, space: string, detail: Detail): Promise<Bytes> {
  return seal(key, context("naerblik/detail/v1", vaultId, space), utf8(JSON.stringify(detail)));
}

export async function openDetail(key: CryptoKey, vaultId: string, space: SpaceRecord): Promise<Detail | null> {
  if (space.detail === null) return null;
  return JSON.parse(textOf(await open(key, context("naerblik/detail/v1", vaultId, space.id), space.detail))) as Detail;
}

/** A page of so many lines at its place. */
export async function sealPage(key: CryptoKey, vaultId: string, place: Omit<PageRecord, "sealed">, lines: readonly Line[]): Promise<PageRecord> {
  return { ...place, sealed: await seal(key, pagePurpose(vaultId, place), bytesOf(lines)) };
}

export async function openPage(key: CryptoKey, vaultId: string, page: PageRecord): Promise<Line[]> {
  return linesOf(await open(key, pagePurpose(vaultId, page), page.sealed));
}

export function sealAct(key: CryptoKey, vaultId: string, act: Act): Promise<Bytes> {
  return seal(key, actPurpose(vaultId, act), utf8(JSON.stringify(act)));
}

/** An act whose space is gone is opened with the vault key. */
export async function openAct(key: CryptoKey, vaultId: string, record: ActRecord): Promise<Act> {
  return JSON.parse(textOf(await open(key, actPurpose(vaultId, record), record.sealed))) as Act;
}

export async function sealAway(key: CryptoKey, vaultId: string, changed: Changed): Promise<AwayRecord> {
  const purpose = context("naerblik/away/v1", vaultId, changed.space);
  return { space: changed.space, sealed: await seal(key, purpose, utf8(JSON.stringify(changed))) };
}

export async function openAway(key: CryptoKey, vaultId: string, record: AwayRecord): Promise<Changed> {
  return JSON.parse(textOf(await open(key, context("naerblik/away/v1", vaultId, record.space), record.sealed))) as Changed;
}

/** The fact that a line with a body tells. */
export function rowOf(line: Line): Row {
  const said = JSON.parse(exact(textOf(line.body!))) as { id: string; source: string; fetched_at: string; content: unknown };
  return {
    collection: line.collection,
    key: line.key,
    mark: line.mark!,
    id: said.id,
    source: said.source,
    fetchedAt: said.fetched_at,
    content: said.content,
  };
}

/** JSON in which whole numbers that are too large to be exact here are texts. Strings are left alone. */
export function exact(json: string): string {
  // Few rows have any, and this is the longest part of opening a copy.
  if (!/\d{16}/.test(json)) return json;
  const isLarge = (found: string): boolean => /^-?\d{16,}$/.test(found);
  return json.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (found) => (isLarge(found) ? `"${found}"` : found));
}

/** Row lines as the server sends them, without marks. */
export function wireLines(rows: Bytes): Line[] {
  return split(rows).map((line) => {
    const [collection, key, body] = cut(line, 3);
    return { collection: textOf(collection!), key: textOf(key!), mark: null, body: body ?? null };
  });
}

export function rawMarkKey(detail: Detail): Bytes {
  return unb64(detail.mark_key);
}

function bytesOf(lines: readonly Line[]): Bytes {
  const parts: Bytes[] = [];
  for (const { collection, key, mark, body } of lines) {
    if (parts.length > 0) parts.push(new Uint8Array([LINE_FEED]));
    parts.push(utf8([mark ?? NONE, collection, key].join(" ")));
    if (body !== null) parts.push(new Uint8Array([SPACE]), body);
  }
  return joined(parts);
}

function linesOf(bytes: Bytes): Line[] {
  return split(bytes).map((line) => {
    const [mark, collection, key, body] = cut(line, 4);
    return { collection: textOf(collection!), key: textOf(key!), mark: body ? textOf(mark!) : null, body: body ?? null };
  });
}

function split(bytes: Bytes): Bytes[] {
  const lines: Bytes[] = [];
  if (bytes.length === 0) return lines;
  for (let from = 0; ; ) {
    const to = bytes.indexOf(LINE_FEED, from);
    lines.push(bytes.subarray(from, to < 0 ? undefined : to));
    if (to < 0) return lines;
    from = to + 1;
  }
}

/** At most so many parts, the last one whole. */
function cut(line: Bytes, most: number): Bytes[] {
  const parts: Bytes[] = [];
  let rest = line;
  while (parts.length < most - 1) {
    const at = rest.indexOf(SPACE);
    if (at < 0) break;
    parts.push(rest.subarray(0, at));
    rest = rest.subarray(at + 1);
  }
  return [...parts, rest];
}

function spaceKeyPurpose(vaultId: string, space: string): Bytes {
  return context("naerblik/space-key/v1", vaultId, space);
}

function pagePurpose(vaultId: string, { space, fill, n }: Omit<PageRecord, "sealed">): Bytes {
  return context("naerblik/page/v1", vaultId, space, fill, n);
}

function actPurpose(vaultId: string, { space, mid }: { space: string; mid: number }): Bytes {
  return context("naerblik/act/v1", vaultId, space, mid);
}
