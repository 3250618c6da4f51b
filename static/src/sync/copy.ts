/** The copy on this device, as one page sees it: what stands in memory, and what brings it up to what lies in the store. */

import { Store } from "../store/store";
import { addWay, renew, setUp, unlock } from "./keys";
import { drop, keepMade } from "./made";
import { lockedOf, lockOf, lostOf, NOTHING, remembered, rowsOf, spacesOf, syncOf, triedAt, waitingOf, waysOf } from "./memory";
import { put } from "./outbox";
import type { Changed, Copy, Lock, Lost, Made, Outcome, QueuedAct, Row, Space, SyncState, Way, Ways } from "./port";
import { looked, mustAsk } from "./rules";
import type { Page } from "./surroundings";
import { contact, fits, type Vault } from "./syncing";
import { hasNews } from "./transport";

/** A page that was opened, or has stood so many milliseconds, asks with its name: news does not tell that it was ended. */
const LONG_AGO = 10 * 60_000;

export class LocalCopy implements Copy {
  private memory = NOTHING;
  private vault: Vault | null = null;
  /** What was not accepted when everything here went: told until this page is closed. */
  private unsent: readonly QueuedAct[] = [];
  private sending: ReadonlySet<number> = new Set();
  private running: Promise<Outcome> | null = null;
  private isWanted = false;
  /** A try that found no room, and so could not be written down either; null after one that could. */
  private tried: SyncState["lastTry"] = null;
  private contactedAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> = Promise.resolve();
  private readonly listeners = new Set<() => void>();

  private constructor(private readonly page: Page, private readonly store: Store) {}

  static async open(page: Page, name?: string): Promise<LocalCopy> {
    return new LocalCopy(page, await Store.open(name));
  }

  lock(): Lock {
    return lockOf(this.memory, this.vault !== null);
  }

  spaces(): readonly Space[] {
    return spacesOf(this.memory, this.page.now());
  }

  sync(): SyncState {
    return syncOf(this.memory, this.running !== null, this.tried);
  }

  acts(): readonly QueuedAct[] {
    return this.unsent.length === 0 ? this.memory.queue : [...this.unsent, ...this.memory.queue];
  }

  ways(): Ways {
    return waysOf(this.memory);
  }

  deviceId(): string | null {
    return this.memory.stored.device?.id ?? null;
  }

  waiting(): number {
    return waitingOf(this.memory);
  }

  away(): readonly Changed[] {
    return this.memory.changes;
  }

  lost(): readonly Lost[] {
    return this.vault === null ? [] : lostOf(this.memory);
  }

  takers(name: string): ReadonlySet<string> {
    return new Set(this.memory.stored.device?.takers[name] ?? []);
  }

  rows(space: string): ReadonlyMap<string, readonly Row[]> {
    return rowsOf(this.memory, space, this.page.now());
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async begin(): Promise<void> {
    this.page.hear(() => void this.read());
    await this.read();
    // What was cut off is taken up: a device that the server may have taken in, or one that has to confirm its end.
    const device = this.memory.stored.device;
    if (device?.keys && device.state !== "active") await this.refresh();
  }

  async setUp(way: Way, name: string, csrf: string): Promise<void> {
    this.vault = await this.page.alone(() => setUp(this.page, this.store, this.page.stretch, way, name, csrf));
    this.unsent = [];
    this.page.lend(this.vault);
    await this.changed();
    await this.refresh();
  }

  async addWay(by: Way, added: Way): Promise<boolean> {
    const vault = await this.page.alone(() => addWay(this.store, this.page.stretch, by, added));
    if (vault !== null && this.vault !== null) this.vault = vault;
    await this.changed();
    if (vault !== null) void this.refresh();
    return vault !== null;
  }

  async unlock(way: Way): Promise<boolean> {
    const vault = await unlock(this.store, this.page.stretch, way);
    if (vault !== null) this.page.lend((this.vault = vault));
    await this.changed();
    if (vault !== null) void this.refresh();
    return vault !== null;
  }

  close(): void {
    this.vault = null;
    this.memory = { ...NOTHING, stored: this.memory.stored };
    this.page.lend(null);
    this.told();
  }

  async stamp(csrf: string): Promise<void> {
    await this.page.alone(() => renew(this.page, this.store, csrf));
    await this.changed();
    void this.refresh();
  }

  async act(space: string, name: string, args: Record<string, unknown>, precondition: string | null = null): Promise<QueuedAct> {
    const opened = this.memory.opened.get(space);
    if (opened === undefined || lockedOf(this.memory, space, this.page.now()) !== null) throw new Error("This copy is locked.");
    const made = await put(this.store, opened, { space, name, args, precondition }, this.page.now());
    await this.changed();
    void this.refresh();
    return made;
  }

  async takeBack(mid: number): Promise<boolean> {
    const isGone = await this.store.takeBack(mid);
    await this.changed();
    return isGone;
  }

  keepMade(space: string, made: Made): Promise<void> {
    return keepMade(this.store, space, made, this.page.now());
  }

  async putLostAway(grant: string): Promise<void> {
    await this.let(() => drop(this.store, grant));
  }

  async seen(): Promise<void> {
    await this.let(() => this.store.commit({ dropAway: "all" }));
  }

  async putAway(mid: number): Promise<void> {
    this.unsent = this.unsent.filter((act) => act.mid !== mid);
    const refused = this.memory.stored.acts.filter((act) => act.mid === mid && act.state === "refused");
    await this.let(() => this.store.commit({ dropActs: refused.map((act) => act.mid) }));
  }

  /** While one contact is under way, another is made after it: it may have begun before what is to be sent. */
  refresh(): Promise<Outcome> {
    if (this.running !== null) {
      this.isWanted = true;
      return this.running;
    }
    this.running = this.contacts().finally(() => {
      this.running = null;
      this.told();
    });
    this.told();
    return this.running;
  }

  async look(): Promise<void> {
    const stored = await this.store.read();
    if (stored.device === null || (stored.device.keys === null && stored.device.state === "ended")) return;
    await this.store.commit({ device: (now) => now && { ...now, clock: now.clock && looked(now.clock, this.page.now()) } });
    const isDue = this.page.elapsed() - this.contactedAt > LONG_AGO || mustAsk(stored, this.page.now());
    if (isDue || (await hasNews(this.page, stored.spaces.map((space) => space.cursor!)))) await this.refresh();
    else await this.read();
  }

  async wipe(): Promise<void> {
    await this.page.alone(() => this.store.clear(null));
    this.close();
    this.unsent = [];
    await this.changed();
  }

  private async contacts(): Promise<Outcome> {
    let outcome: Outcome;
    do {
      this.isWanted = false;
      outcome = await contact({
        around: this.page,
        store: this.store,
        vault: this.vault,
        sending: (mids) => void this.underWay(mids),
        lost: (acts) => void (this.unsent = acts.length > 0 ? acts : this.unsent),
      });
      this.tried = triedAt(outcome, this.page.now());
      if (outcome === "ended") this.close();
      this.contactedAt = this.page.elapsed();
      await this.changed();
    } while (this.isWanted && outcome === "done");
    return outcome;
  }

  /** Does what its person wishes to see gone; where there is no room for it, that is told as of a contact. */
  private async let(go: () => Promise<unknown>): Promise<void> {
    if (!(await fits(go))) this.tried = triedAt("no_room", this.page.now());
    await this.changed();
  }

  private async underWay(mids: readonly number[]): Promise<void> {
    this.sending = new Set(mids);
    await this.read();
  }

  private async changed(): Promise<void> {
    this.page.tell();
    await this.read();
  }

  /** Brings memory up to the store, one reading after another. */
  private read(): Promise<void> {
    this.reading = this.reading.catch(() => undefined).then(() => this.readOnce());
    return this.reading;
  }

  private async readOnce(): Promise<void> {
    const vault = this.vault;
    const memory = await remembered(this.store, vault, this.memory, this.sending);
    // Locked or unlocked meanwhile: what was read is of the wrong one.
    if (this.vault !== vault) return this.readOnce();
    this.memory = memory;
    this.told();
  }

  private told(): void {
    this.listeners.forEach((listener) => listener());
  }
}
