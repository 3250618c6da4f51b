/** What may be read when, what is kept for how long, and what may be confirmed: nothing here but rules. */

import type { ActRecord, ClockRecord, DeviceRecord, SpaceRecord } from "../store/records";
import type { Stored } from "../store/store";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How far a clock may be set right by itself without being taken for one that was set back. */
const TOLERANCE = 2 * MINUTE;
/** How long acknowledged acts can be sent again: docs/protocol.md, Journal. */
export const JOURNAL = 14 * DAY;
export const MOST_ACTS = 100;
/** Wrong PINs before its person must log in again. */
export const MOST_MISSES = 5;

/** What time it is: the server's, as it was last told, and what has gone by here since. */
export function timeOf(clock: ClockRecord, local: number): number {
  return clock.server + (local - clock.local);
}

/** The clock after a look at it: remembers how late it was, and whether it was seen going back. */
export function looked(clock: ClockRecord, local: number): ClockRecord {
  const time = timeOf(clock, local);
  const wentBack = clock.wentBack || time < clock.latest - TOLERANCE;
  return { ...clock, latest: Math.max(clock.latest, time), wentBack };
}

/** The clock after an answer, which sets it right. */
export function told(server: number, local: number): ClockRecord {
  return { server, local, latest: server, wentBack: false };
}

/** Why a copy may not be read now, or null. */
export function lockedBy(space: SpaceRecord, clock: ClockRecord | null, local: number): "lease" | "clock" | "closed" | null {
  if (space.isClosed || space.isEnding) return "closed";
  if (clock === null) return "lease";
  const now = looked(clock, local);
  if (now.wentBack) return "clock";
  return now.latest > space.leaseUntil ? "lease" : null;
}

/** Whether a copy is to be asked for without asking for news first: it is locked, not whole, or half of its lease is over. */
export function isStale(space: SpaceRecord, clock: ClockRecord | null, local: number): boolean {
  if (clock === null || space.cursor === null || lockedBy(space, clock, local) !== null) return true;
  return timeOf(clock, local) >= space.syncedAt + (space.leaseUntil - space.syncedAt) / 2;
}

/** Whether a contact is due without asking for news first: something is to be sent, confirmed or filled. */
export function mustAsk({ device, spaces, acts }: Stored, local: number): boolean {
  const hasWaiting = acts.some((act) => act.state === "waiting" || act.state === "provisional") || (device?.gone.length ?? 0) > 0;
  return hasWaiting || spaces.length === 0 || spaces.some((space) => isStale(space, device?.clock ?? null, local));
}

/** The acts that may be sent now, in order: those about a copy that a restore closed wait until it opens. */
export function toSend(acts: readonly ActRecord[], spaces: readonly SpaceRecord[]): ActRecord[] {
  const closed = new Set(spaces.filter((space) => space.isClosed).map((space) => space.id));
  const waiting = acts.filter((act) => act.state === "waiting" && !act.isOrphan && !closed.has(act.space));
  return waiting.sort((one, other) => one.mid - other.mid);
}

/** How many acts about their own citizen's copy are still to be sent. */
export function queuedOwn(acts: readonly ActRecord[], spaces: readonly SpaceRecord[]): number {
  const own = new Set(spaces.filter((space) => space.relation === "self").map((space) => space.id));
  return acts.filter((act) => act.state === "waiting" && own.has(act.space)).length;
}

/**
 * Up to which act every outcome has been in a pull's head: never past one of these that has none yet, which may have
 * waited for a copy that was closed while later ones were answered.
 */
export function confirmable(confirmed: number, outcomes: readonly { mid: number }[], acts: readonly ActRecord[]): number {
  const waiting = acts.filter((act) => act.state === "waiting").map((act) => act.mid);
  const shown = Math.max(confirmed, ...outcomes.map((outcome) => outcome.mid));
  return Math.min(shown, Math.min(...waiting) - 1);
}

/** What is sent again when the server was restored: of this space, all that was acknowledged and is still kept. */
export function toSendAgain(acts: readonly ActRecord[], space: string): ActRecord[] {
  return acts.filter((act) => act.space === space && (act.state === "journal" || act.state === "provisional"));
}

/** Acts of the journal that need not be kept any longer. `time` is the server's. */
export function isOver(act: ActRecord, time: number): boolean {
  return act.state === "journal" && act.answeredAt !== null && act.answeredAt < time - JOURNAL;
}

/** A PIN does not keep what others have lent: six digits are few for who has copied the disk. */
export function keepsLent(ways: DeviceRecord["ways"]): boolean {
  return ways.every((way) => way.kind === "passkey");
}

/** How many tries are left. */
export function triesLeft(device: DeviceRecord): number {
  return Math.max(0, MOST_MISSES - device.misses);
}

/** The wait before the next try after so many that failed, in milliseconds; `chance` from 0 to 1. */
export function waitAfter(failures: number, chance: number): number {
  return Math.min(5 * MINUTE, 2_000 * 2 ** Math.min(failures, 10)) * (0.5 + chance / 2);
}
