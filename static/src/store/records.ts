/** What lies in this device's store. Sealed bytes are named so; all else tells nothing clinical. */

import { type Bytes } from "../vault/bytes";
import { type DeviceKeys } from "../vault/device";
import { type WayRecord } from "../vault/ways";

/** Instants are milliseconds since 1970. */
export interface ClockRecord {
  /** The server's time of the last answer, and what this device's clock showed then. */
  server: number;
  local: number;
  /** The latest time that it is known to have been. */
  latest: number;
  /** Whether this device's clock was seen going back since the last answer. */
  wentBack: boolean;
}

export interface Gone {
  space: string;
  gen: string;
}

/**
 * A change of consent that was made at the server from here, kept in case a restore loses it. `isLost`: a pull that was
 * asked after it does not show it. Ids are random, and tell nothing.
 */
export interface MadeRecord {
  what: "yes" | "block" | "end";
  /** Of the consent or block. */
  grant: string;
  /** The question that was answered; null where nobody asked. */
  request: string | null;
  /** By the server's time, as far as it is known here. */
  at: number;
  isLost: boolean;
}

/** `pending`: enrolled, and not known whether the server took it in. `ended`: wiped because the server said so; nothing is left but this. */
export interface DeviceRecord {
  id: string;
  /** Random, and the same as long as what lies here: binds all that is sealed to this store, whatever the device is called. */
  vault: string;
  /** What its person calls it. */
  name: string;
  state: "pending" | "active" | "ended";
  /** Null once it is ended and all is confirmed. */
  keys: DeviceKeys | null;
  serverKey: Bytes;
  /** The highest nonce counter and the highest act number that were ever used. */
  counter: number;
  mid: number;
  confirmed: number;
  ways: WayRecord[];
  /** Wrong PINs in a row. */
  misses: number;
  clock: ClockRecord | null;
  /** Wipes that the server has not been told of yet. */
  gone: Gone[];
  /** Sources that an act can be sent on to, by its name. */
  takers: Record<string, string[]>;
  /** Lacking in a store from before there were any. */
  made?: MadeRecord[];
  /** Of an ended device: how many acts were not sent, or refused and not put away, when everything went. */
  unsent?: number;
  lastSuccess: number | null;
  lastTry: { at: number; outcome: string } | null;
}

/** A snapshot that is under way: its pages lie beside those that are read, until the last one has come. */
export interface Filling {
  fill: number;
  pages: number;
}

export interface SpaceRecord {
  id: string;
  /** The space's own key, sealed under the vault key. Null: nothing of this space was ever kept here. */
  key: Bytes | null;
  cursor: string | null;
  acked: string | null;
  epoch: string | null;
  /** Where this copy stands: the `to` of the last answer that was applied whole. */
  number: number;
  gen: string | null;
  relation: "self" | "grant" | "guardian";
  takes: string[];
  offline: boolean;
  leaseUntil: number;
  /** After a restore, until the citizen's own device has spoken. */
  isClosed: boolean;
  /** The access has ended, and acts are still to be sent before their key goes too; its rows have gone. */
  isEnding: boolean;
  /** Whether what was acknowledged about it has been put in the outbox once more, before all of it goes. */
  isOffered: boolean;
  syncedAt: number;
  /** Which pages are read, and how many there are. */
  fill: number;
  pages: number;
  filling: Filling | null;
  /** The mark key and the sources, sealed under the space's key. Null: there is no whole copy. */
  detail: Bytes | null;
}

/** Some rows, or changes of rows, in the order in which they came; sealed under the space's key. */
export interface PageRecord {
  space: string;
  fill: number;
  n: number;
  sealed: Bytes;
}

/**
 * An act. `waiting` to be sent; `provisional`: done by the server, and no pull has shown it yet; `journal`: shown, and
 * kept in case the server is restored; `refused`, and its person has not put it away. `sealed`: what was sent, under the
 * space's key; under the vault key, and without its arguments, where the space is gone.
 */
export interface ActRecord {
  mid: number;
  space: string;
  state: "waiting" | "provisional" | "journal" | "refused";
  code: string | null;
  /** When the server answered. */
  answeredAt: number | null;
  isOrphan: boolean;
  /** Whether it was ever in a request: then the server may have it, whatever became of the answer. */
  isSent: boolean;
  sealed: Bytes;
}

/** What a pull changed of what was there, sealed under the space's key. */
export interface AwayRecord {
  n?: number;
  space: string;
  sealed: Bytes;
}
