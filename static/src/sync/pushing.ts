/** What was done here, on its way to the server: docs/protocol.md, Push. */

import type { ActRecord, SpaceRecord } from "../store/records";
import type { Store, Stored } from "../store/store";
import type { Opened } from "./opened";
import { answered } from "./pulling";
import { MOST_ACTS, toSend } from "./rules";
import { openAct } from "./sealing";
import { type Around, ask, PUSH, type Reply } from "./transport";
import { type Act, pushHead, type Told } from "./wire";

/** Bytes of one request's acts; the server takes 1 MiB of all. */
const MOST_BYTES = 512 * 1024;
/** Nothing was done of a request that the server will not read; the acts of a smaller one may be done. */
const UNREADABLE = new Set([413, 422]);

export interface Pushing {
  around: Around;
  store: Store;
  vaultId: string;
  stored: () => Promise<Stored>;
  opened: () => ReadonlyMap<string, Opened>;
  /** Told which acts are under way. */
  sending: (mids: readonly number[]) => void;
}

/** Sends all that waits. Null when nothing does any more; otherwise what stopped it. */
export async function drain(pushing: Pushing): Promise<Exclude<Reply, { kind: "answer" }> | null> {
  let most = MOST_ACTS;
  for (;;) {
    const stored = await pushing.stored();
    const records = toSend(stored.acts, stored.spaces).filter((act) => pushing.opened().has(act.space));
    if (records.length === 0) return null;
    const acts = await batch(pushing, stored, records.slice(0, most));
    if (acts.length === 0) continue;
    const mids = acts.map((act) => act.mid);
    const unsent = records.filter((record) => mids.includes(record.mid) && !record.isSent);
    if (unsent.length > 0) {
      // Looked at once more when it is marked: one that its person took back meanwhile is not sent.
      await pushing.store.markSent(unsent.map((record) => record.mid));
      continue;
    }
    pushing.sending(mids);
    const asked = { v: 1, acked: ackedOf(stored.spaces, acts), acts };
    const reply = await ask(pushing.around, pushing.store, PUSH, asked).finally(() => pushing.sending([]));
    if (reply.kind === "answer") {
      const outcomes = pushHead(reply.head).outcomes;
      await keep(pushing.store, stored, outcomes, Date.parse(String(reply.head["at"])));
      const left = acts.filter((act) => !outcomes.some(({ mid }) => mid === act.mid));
      if (left.length > 0 && !(await close(pushing.store, left))) return { kind: "unheard" };
    } else if (reply.kind === "problem" && UNREADABLE.has(reply.status)) {
      // One act that cannot be read must not hold up the others: it is sent alone until it is found.
      if (acts.length > 1) most = Math.ceil(acts.length / 2);
      else await keep(pushing.store, stored, [{ mid: mids[0]!, outcome: "rejected:malformed" }], pushing.around.now());
    } else return reply;
  }
}

/** As many as fit. One that cannot be read any more is told of as refused, and holds nothing up. */
async function batch({ store, opened, vaultId, around }: Pushing, stored: Stored, records: readonly ActRecord[]): Promise<Act[]> {
  const acts: Act[] = [];
  let bytes = 0;
  for (const record of records) {
    const act = await openAct(opened().get(record.space)!.key, vaultId, record).catch(() => null);
    if (act === null) {
      await keep(store, stored, [{ mid: record.mid, outcome: "rejected:unreadable" }], around.now());
      continue;
    }
    bytes += record.sealed.length;
    if (acts.length > 0 && bytes > MOST_BYTES) break;
    acts.push(act);
  }
  return acts;
}

/** By these the server sees whether it was restored, before it does anything. */
function ackedOf(spaces: readonly SpaceRecord[], acts: readonly Act[]): string[] {
  const spokenOf = new Set(acts.map((act) => act.space));
  const tokens = spaces.filter((space) => spokenOf.has(space.id)).flatMap(({ cursor, acked }) => [cursor, acked]);
  return tokens.filter((token) => token !== null);
}

/** Acts without an outcome are about copies of others that a restore has closed: they wait. False: it is not so. */
async function close(store: Store, left: readonly Act[]): Promise<boolean> {
  const about = new Set(left.map((act) => act.space));
  const closed = (await store.read()).spaces.filter((space) => about.has(space.id) && space.relation !== "self");
  await store.commit({ spaces: closed.map((space) => ({ ...space, isClosed: true })) });
  return closed.length === about.size;
}

async function keep(store: Store, stored: Stored, outcomes: readonly Told[], at: number): Promise<void> {
  const acts = new Map(stored.acts.map((act) => [act.mid, act]));
  const spaces = new Map(stored.spaces.map((space) => [space.id, space]));
  const changed: ActRecord[] = [];
  const acked = new Map<string, SpaceRecord>();
  for (const told of outcomes) {
    const act = acts.get(told.mid);
    if (act?.state !== "waiting") continue;
    changed.push(answered(act, told.outcome, at));
    const space = spaces.get(act.space);
    if (told.acked !== undefined && space !== undefined) acked.set(space.id, { ...space, acked: told.acked });
  }
  await store.commit({ acts: changed, spaces: [...acked.values()] });
}
