/** What the page may ask of the copy on this device. `static/src/{vault,store,sync}` fulfil it without a DOM. */

/** How the vault can be opened: by a passkey (32 bytes of WebAuthn PRF, made by the page), or by a PIN. */
export type Way = { kind: "passkey"; credential: Uint8Array; output: Uint8Array } | { kind: "pin"; pin: string };

/** The ways in that there are, and how often a PIN may still be wrong. */
export interface Ways {
  kinds: Way["kind"][];
  credentials: Uint8Array[];
  triesLeft: number;
}

/** `none`: nothing is set up here, or a browser took it away. `ended`: wiped. */
export type Lock =
  | { lock: "none" }
  | { lock: "ended" }
  | { lock: "closed"; ways: ("passkey" | "pin")[]; credentials: Uint8Array[]; triesLeft: number }
  | { lock: "open" };

/**
 * One citizen's copy. `lockedBy`: its time is over, this device's clock was seen going back, or the server was restored
 * and lets nobody but the citizen in. `takes`: names of the acts that may be sent about this citizen.
 */
export interface Space {
  id: string;
  relation: "self" | "grant" | "guardian";
  offline: boolean;
  leaseUntil: Date;
  lockedBy: "lease" | "clock" | "closed" | null;
  takes: readonly string[];
  syncedAt: Date;
  sources: { source: string; answered_at: string | null; failing_since: string | null }[];
}

/**
 * A fact as the server sealed it: `content` is that of the shelf, `mark` its version in hex. Whole numbers of 16 digits
 * and more stand as text, since they are no exact numbers here.
 */
export interface Row {
  collection: string;
  key: string;
  mark: string;
  id: string;
  source: string;
  fetchedAt: string;
  content: unknown;
}

/** An act that a person did here. `refused`: the server said no, by `code`, and the person has not put it away yet. */
export interface QueuedAct {
  mid: number;
  space: string;
  name: string;
  args: Record<string, unknown>;
  precondition: string | null;
  occurredAt: string;
  state: "waiting" | "sending" | "provisional" | "refused";
  code: string | null;
}

/** A row that a pull brought, replaced or took away after the copy was filled; `at`: the server's time then. */
export interface Changed {
  space: string;
  collection: string;
  key: string;
  how: "new" | "changed" | "removed";
  at: string;
}

/** A change of consent that was made at the server, and of what: `request` is the question that was answered. */
export interface Made {
  what: "yes" | "block" | "end";
  grant: string;
  request: string | null;
}

/** A yes or a block that a restore of the server lost, and when it was given. */
export interface Lost extends Made {
  at: Date;
}

/** How the last try to sync ended. `login`: log in again, everything is kept. */
export type Outcome = "done" | "unreachable" | "login" | "locked" | "no_room" | "refused" | "ended";

/** `ahead`: how many milliseconds this device's clock was ahead of the server's at its last answer; below 0 behind it. */
export interface SyncState {
  running: boolean;
  ahead: number;
  lastSuccess: Date | null;
  lastTry: { at: Date; outcome: Outcome } | null;
}

export interface Copy {
  /** What stands now; all of it is replaced, never changed, so that it can be compared. */
  lock(): Lock;
  spaces(): readonly Space[];
  /** What the server calls this device; null when it is none. */
  deviceId(): string | null;
  /** In which ways it can be opened, also while it is open. */
  ways(): Ways;
  /** How many acts are still to be sent, or were lost where this device was ended: known with the vault locked too. */
  waiting(): number;
  sync(): SyncState;
  /** Another list whenever the store was read anew, whatever was found there. */
  acts(): readonly QueuedAct[];
  /** What pulls changed since its person last said that they saw it, newest first, at most 100. */
  away(): readonly Changed[];
  /** What was changed about consents at the server from here, and is not there any more: a restore lost it. */
  lost(): readonly Lost[];
  /** Sources that an act of this name can be sent on to. */
  takers(name: string): ReadonlySet<string>;
  /** The rows of a space by collection: of an open, unlocked one, else empty. */
  rows(space: string): ReadonlyMap<string, readonly Row[]>;
  /** Told after anything above changed; gives what ends the telling. */
  subscribe(listener: () => void): () => void;

  /** Reads what lies in the store. To be called first, once. */
  begin(): Promise<void>;
  /** Enrols this device for who is logged in, makes the vault and fills the copy. Throws when the server refuses. */
  setUp(way: Way, name: string, csrf: string): Promise<void>;
  /** Another way in beside `by`, which must be one that there is: false when it was not right. */
  addWay(by: Way, added: Way): Promise<boolean>;
  /** False when it was not the right one. */
  unlock(way: Way): Promise<boolean>;
  close(): void;
  /** Renews what this device may do after its person logged in again. */
  stamp(csrf: string): Promise<void>;
  /** Puts an act in the outbox, for good before it is answered, and begins to send. */
  act(space: string, name: string, args: Record<string, unknown>, precondition?: string | null): Promise<QueuedAct>;
  /** Takes back an act that was never sent; false when it was, and must be undone by another. */
  takeBack(mid: number): Promise<boolean>;
  /** Keeps what its person changed about a consent at the server, also while it is locked; of nobody else. */
  keepMade(space: string, made: Made): Promise<void>;
  /** What `lost` tells of this consent or block was read. */
  putLostAway(grant: string): Promise<void>;
  /** What `away` tells was seen. */
  seen(): Promise<void>;
  /** Takes a refused act from sight, once the person has read it. */
  putAway(mid: number): Promise<void>;
  /** Asks cheaply whether there is anything new, and fetches it when there is, or when it has not asked for long. */
  look(): Promise<void>;
  /** Sends and fetches now. */
  refresh(): Promise<Outcome>;
  /** Destroys everything of this device here: keys first. */
  wipe(): Promise<void>;
}
