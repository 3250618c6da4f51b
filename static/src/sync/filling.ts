/**
 * What an answer about one space does to its copy.
 *
 * Invariant: the pages that are read are always a whole view that the server had, with the count and digest that it
 * signed. Pages of a snapshot lie beside them until the last one has come. An answer changes a copy only when it stands
 * where the question said that it stands.
 */

import type { AwayRecord, PageRecord, SpaceRecord } from "../store/records";
import { MOST_AWAY, type Store } from "../store/store";
import type { Changed } from "./port";
import { applied, digestOfRows, type Lines, marked, type Opened, placeOf, rowsOf } from "./opened";
import { type Detail, type Line, newSpaceKey, sealAway, sealDetail, sealPage } from "./sealing";
import type { Filled } from "./wire";

/** Where it happens: all but `store` stands in memory, of an unlocked vault. */
export interface Here {
  store: Store;
  vault: CryptoKey;
  vaultId: string;
  /** Whether a copy of somebody else's may be kept: not behind a PIN alone. */
  keepsLent: boolean;
}

/** What becomes of a space. `again`: the copy does not fit and is asked for from the beginning. */
export interface Step {
  record: SpaceRecord;
  pages: PageRecord[];
  dropFills: { space: string; fill: number }[];
  away: AwayRecord[];
  again: boolean;
  /** All that stands then; null as long as that is not whole, or not kept here. */
  rows: Lines | null;
}

/** So many pages are read at an unlock before they are made one again. */
const MOST_PAGES = 24;
/** Which collection an act changes: what its own person did is no news to them. */
const CHANGED_BY: Record<string, readonly string[]> = {
  "dose:mark": ["dose_mark"],
  "dose:undo": ["dose_mark"],
  "appointment:answer": ["appointment_answer"],
  "renewal:ask": ["renewal"],
  "note:write": ["note"],
  "note:remove": ["note"],
  "consent:withdraw": ["own_consent", "consent"],
  "preference:set": ["preference"],
};
const NEVER_NEWS = new Set(["restore", "preference", "person"]);

export function newRecord(id: string): SpaceRecord {
  return {
    id,
    key: null,
    cursor: null,
    acked: null,
    epoch: null,
    number: 0,
    gen: null,
    relation: "self",
    takes: [],
    offline: false,
    leaseUntil: 0,
    isClosed: false,
    isEnding: false,
    isOffered: false,
    syncedAt: 0,
    fill: 0,
    pages: 0,
    filling: null,
    detail: null,
  };
}

/** One space in one answer. */
export interface About {
  before: SpaceRecord;
  /** The copy as it stands; undefined when nothing was ever kept of it. */
  opened: Opened | undefined;
  told: Filled;
  lines: Line[];
  /** The server's time. */
  at: number;
  /** Names of this device's acts that the answer may show for the first time. */
  own: readonly string[];
}

interface Sealed {
  key: CryptoKey;
  wrapped: SpaceRecord["key"];
  detail: SpaceRecord["detail"];
  news: Line[];
}

export async function step(here: Here, about: About): Promise<Step> {
  const { before, told } = about;
  if (!told.offline || (told.relation !== "self" && !here.keepsLent)) return unkept(about);
  const begins = told.answer === "snapshot" && told.start === true;
  if (before.detail === null && before.filling === null && !begins) return anew(before);
  if (told.answer === "snapshot") return begins || before.filling !== null ? staged(here, about) : anew(before);
  return told.answer === "delta" && told.base !== before.number ? anew(before) : changed(here, about);
}

/**
 * Only where it stands is remembered, so that it is not told again and again; its rows are read from the server. Its key
 * stays, since what was done about it is sealed under it.
 */
function unkept({ before, told, at }: About): Step {
  const none = { detail: null, pages: 0, filling: null };
  return { ...nothing(before), record: { ...before, ...standing(told, at), ...none }, dropFills: fillsOf(before) };
}

/** What lies here is not what the server tells of: ask for all of it, and go on reading what was whole. */
function anew(before: SpaceRecord): Step {
  const dropFills = before.filling === null ? [] : [{ space: before.id, fill: before.filling.fill }];
  return { ...nothing(before), record: { ...before, cursor: null, filling: null }, dropFills, again: true };
}

/** Nothing new, or a change of a whole copy. */
async function changed(here: Here, about: About): Promise<Step> {
  const { before, told, at } = about;
  const opened = about.opened!;
  const { key, detail, news } = await sealed(here, about);
  const rows = applied(opened.rows, news);
  if (!agrees(told, rows)) return anew(before);
  const record = { ...before, ...standing(told, at), detail };
  if (news.length === 0) return { ...nothing(before), record, rows };
  const away = await tellings(here, key, about, opened.rows, rows);
  if (before.pages < MOST_PAGES) {
    const page = await sealPage(key, here.vaultId, { space: before.id, fill: before.fill, n: before.pages }, news);
    return { ...nothing(before), record: { ...record, pages: before.pages + 1 }, pages: [page], away, rows };
  }
  const fill = nextFill(before);
  const page = await sealPage(key, here.vaultId, { space: before.id, fill, n: 0 }, [...rows.values()]);
  return { record: { ...record, fill, pages: 1 }, pages: [page], dropFills: fillsOf(before), away, again: false, rows };
}

/** A page of a snapshot: beside what is read, and with the last one in its place. */
async function staged(here: Here, about: About): Promise<Step> {
  const { before, told, at } = about;
  const { key, wrapped, detail, news } = await sealed(here, about);
  const filling = told.start || before.filling === null ? { fill: nextFill(before), pages: 0 } : before.filling;
  const dropFills = told.start && before.filling !== null ? [{ space: before.id, fill: before.filling.fill }] : [];
  const page = await sealPage(key, here.vaultId, { space: before.id, fill: filling.fill, n: filling.pages }, news);
  const more = { ...filling, pages: filling.pages + 1 };
  if (told.more) {
    const record = { ...before, key: wrapped, cursor: told.cursor, epoch: told.epoch, filling: more };
    return { ...nothing(before), record, pages: [page], dropFills };
  }
  const earlier = told.start ? [] : await here.store.pages(before.id, filling.fill);
  const rows = applied(await rowsOf(key, here.vaultId, earlier, new Map()), news);
  if (!agrees(told, rows)) return anew(before);
  const whole = { key: wrapped, detail, fill: more.fill, pages: more.pages, filling: null };
  const away = before.number === 0 ? [] : await tellings(here, key, about, about.opened?.rows ?? new Map(), rows);
  const old = before.filling === null || told.start ? fillsOf(before) : [{ space: before.id, fill: before.fill }];
  return { ...nothing(before), record: { ...before, ...standing(told, at), ...whole }, pages: [page], dropFills: old, away, rows };
}

async function sealed(here: Here, { before, opened, told, lines }: About): Promise<Sealed> {
  const made = opened === undefined ? await newSpaceKey(here.vault, here.vaultId, before.id) : null;
  const key = made?.key ?? opened!.key;
  const detail: Detail = { mark_key: told.mark_key, sources: told.sources };
  return {
    key,
    wrapped: made?.sealed ?? before.key,
    detail: await sealDetail(key, here.vaultId, before.id, detail),
    news: await marked(detail, lines),
  };
}

/** What a whole answer says about how long and for whom a copy may be read. */
function standing(told: Filled, at: number): Partial<SpaceRecord> & Pick<SpaceRecord, "cursor"> {
  return {
    cursor: told.cursor,
    epoch: told.epoch,
    number: told.more ? 0 : told.to,
    gen: told.gen,
    relation: told.relation,
    takes: [...told.takes],
    offline: told.offline,
    leaseUntil: Date.parse(told.lease_until),
    isClosed: false,
    isEnding: false,
    isOffered: false,
    syncedAt: at,
  };
}

function agrees(told: Filled, rows: Lines): boolean {
  return told.digest === null || (told.count === rows.size && told.digest === digestOfRows(rows));
}

async function tellings(here: Here, key: CryptoKey, about: About, before: Lines, after: Lines): Promise<AwayRecord[]> {
  const mine = new Set(about.own.flatMap((name) => CHANGED_BY[name] ?? []));
  const space = about.before.id;
  const at = new Date(about.at).toISOString();
  const found: Changed[] = [];
  for (const [place, { collection, key: item, mark }] of after) {
    const was = before.get(place);
    if (was?.mark !== mark) found.push({ space, collection, key: item, how: was === undefined ? "new" : "changed", at });
  }
  for (const line of before.values()) {
    if (!after.has(placeOf(line))) found.push({ space, collection: line.collection, key: line.key, how: "removed", at });
  }
  const news = found.filter((each) => !mine.has(each.collection) && !NEVER_NEWS.has(each.collection));
  return Promise.all(news.slice(-MOST_AWAY).map((each) => sealAway(key, here.vaultId, each)));
}

function nothing(record: SpaceRecord): Step {
  return { record, pages: [], dropFills: [], away: [], again: false, rows: null };
}

function nextFill(record: SpaceRecord): number {
  return Math.max(record.fill, record.filling?.fill ?? 0) + 1;
}

/** All pages that lie here of a space. */
export function fillsOf(record: SpaceRecord): { space: string; fill: number }[] {
  const fills = record.filling === null ? [record.fill] : [record.fill, record.filling.fill];
  return fills.map((fill) => ({ space: record.id, fill }));
}
