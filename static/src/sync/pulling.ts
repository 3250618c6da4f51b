/** One pull: the question, and all that its answer does, in one step of the store. */

import type { ActRecord, DeviceRecord, SpaceRecord } from "../store/records";
import type { Change, Stored } from "../store/store";
import { type Here, newRecord, step } from "./filling";
import { checked } from "./made";
import type { Lines, Opened } from "./opened";
import { legible } from "./outbox";
import { confirmable, isOver, queuedOwn, toSendAgain, told as clockTold } from "./rules";
import { type Line, sealAct, wireLines } from "./sealing";
import { type Accepted, NotAccepted } from "../vault/answer";
import { type Filled, isFilled, pullHead, type PullHead, type Told } from "./wire";

const SCHEMA = 1;
const MOST_SPACES = 50;

export interface Question {
  v: 1;
  schema: number;
  spaces: { space: string; cursor: string | null; acked: string | null }[];
  wiped: { space: string; gen: string }[];
  confirmed: number;
  queued: number;
}

export function question({ device, spaces, acts }: Stored): Question {
  return {
    v: 1,
    schema: SCHEMA,
    spaces: spaces.slice(0, MOST_SPACES).map(({ id, cursor, acked }) => ({ space: id, cursor, acked })),
    wiped: device!.gone.slice(0, MOST_SPACES),
    confirmed: device!.confirmed,
    queued: queuedOwn(acts, spaces),
  };
}

/** What stands when an answer comes. `here`: null while the vault is locked; then only endings are obeyed. */
export interface Standing {
  stored: Stored;
  opened: ReadonlyMap<string, Opened>;
  here: Here | null;
  /** This device's clock. */
  local: number;
}

/** `goesOn`: there is more to be asked for at once. */
export interface Pulled {
  change: Change;
  head: PullHead;
  goesOn: boolean;
}

/** Throws NotAccepted for an answer that is no pull's. */
export async function taken(standing: Standing, asked: Question, accepted: Accepted): Promise<Pulled> {
  const head = pullHead(accepted.head);
  const at = Date.parse(head.at);
  const answer = new Answer(standing, asked, head, at);
  if (standing.here === null) return { change: answer.endings(), head, goesOn: false };
  let lines = wireLines(accepted.rows);
  for (const told of head.spaces) {
    if (isFilled(told)) {
      await answer.fill(standing.here, told, lines.slice(0, told.rows));
      lines = lines.slice(told.rows);
    } else if (told.answer === "wipe") await answer.wipe(standing.here, told.space, told.gen);
    else if (told.answer === "closed") answer.close(told.space);
    else answer.goesOn = true;
  }
  if (lines.length > 0) throw new NotAccepted("rows of no space");
  return { change: answer.whole(), head, goesOn: answer.goesOn };
}

class Answer {
  goesOn = false;
  private readonly change: Required<Pick<Change, "expect" | "spaces" | "pages" | "dropFills" | "dropSpaces" | "away" | "dropActs">>;
  private readonly acts: Map<number, ActRecord>;
  private readonly gone: { space: string; gen: string }[] = [];
  /** Acts that are sent again. */
  private readonly again = new Set<number>();
  /** All of one's own copy, where this answer tells it whole. */
  private own: Lines | null = null;

  constructor(
    private readonly standing: Standing,
    private readonly asked: Question,
    private readonly head: PullHead,
    private readonly at: number,
  ) {
    this.acts = new Map(standing.stored.acts.map((act) => [act.mid, act]));
    const expect = asked.spaces.map(({ space, cursor }) => ({ space, cursor }));
    this.change = { expect, spaces: [], pages: [], dropFills: [], dropSpaces: [], away: [], dropActs: [] };
    for (const outcome of head.outcomes) this.outcome(outcome);
  }

  async fill(here: Here, told: Filled, lines: Line[]): Promise<void> {
    const found = this.before(told.space);
    const before = found ?? newRecord(told.space);
    if (found === undefined) this.change.expect.push({ space: told.space, cursor: undefined });
    const opened = this.standing.opened.get(told.space);
    const own = await this.namesOf(opened, told.space, before.epoch !== told.epoch);
    const done = await step(here, { before, opened, told, lines, at: this.at, own });
    if (done.again || told.more) this.goesOn = true;
    if (told.relation === "self") this.own = done.rows;
    this.change.pages.push(...done.pages);
    this.change.dropFills.push(...done.dropFills);
    this.change.away.push(...done.away);
    const record = { ...done.record };
    if (before.epoch !== null && before.epoch !== told.epoch) this.sendAgain(record, told.epoch);
    else if (!told.more && !done.again) this.passed(told.space);
    this.change.spaces.push(record);
  }

  /**
   * First what was done here is sent, so that its person learns what became of it; then all of it goes. What was
   * acknowledged goes once more too: a restore may have lost it together with the access.
   */
  async wipe(here: Here, space: string, gen: string): Promise<void> {
    const found = this.before(space);
    if (found !== undefined && !found.isOffered) this.sendAllAgain(space);
    const acts = this.of(space);
    if (found !== undefined && acts.some((act) => act.state === "waiting")) {
      this.end(found, true);
      this.goesOn = true;
      return;
    }
    const opened = this.standing.opened.get(space);
    for (const act of acts) await this.orphan(here, opened, act);
    this.drop(space, gen);
  }

  close(space: string): void {
    const found = this.before(space);
    if (found !== undefined) this.change.spaces.push({ ...found, isClosed: true });
  }

  whole(): Change {
    for (const act of this.acts.values()) if (isOver(act, this.at)) this.forget(act);
    const device = (now: DeviceRecord | null) => (now === null ? null : this.device(now, true));
    return { ...this.change, device, acts: this.changedActs() };
  }

  /**
   * With the vault locked nothing can be opened, and so nothing sent: what was done about a space that has ended stays
   * sealed for the next unlock, also what was acknowledged. Where nothing was done all of it goes.
   */
  endings(): Change {
    for (const told of this.head.spaces) {
      if (told.answer === "closed") this.close(told.space);
      if (told.answer !== "wipe") continue;
      const found = this.before(told.space);
      if (found === undefined || this.of(told.space).length === 0) this.drop(told.space, told.gen);
      else this.end(found, found.isOffered);
    }
    return { ...this.change, device: (now) => (now === null ? null : this.device(now, false)) };
  }

  private device(now: DeviceRecord, isWhole: boolean): DeviceRecord {
    const left = now.gone.filter((each) => !this.asked.wiped.some((told) => told.space === each.space && told.gen === each.gen));
    const gone = [...left, ...this.gone];
    if (!isWhole) return { ...now, state: "active", gone };
    const again = Math.min(...[...this.again].map((mid) => mid - 1));
    const closed = new Set(this.head.spaces.filter((told) => told.answer === "closed").map((told) => told.space));
    const open = [...this.acts.values()].filter((act) => !closed.has(act.space));
    const confirmed = confirmable(now.confirmed, this.head.outcomes, open);
    const clock = clockTold(this.at, this.standing.local);
    const takers = this.head.takers ?? now.takers;
    const asked = this.standing.stored.device?.made ?? [];
    const made = this.own === null ? (now.made ?? []) : checked(now.made ?? [], asked, this.own, this.at);
    return { ...now, state: "active", gone, confirmed: Math.min(confirmed, again), clock, takers, made };
  }

  /** Another epoch: the server was restored, and may not know what it had acknowledged. */
  private sendAgain(record: SpaceRecord, epoch: string): void {
    record.epoch = epoch;
    record.number = record.filling === null ? record.number : 0;
    this.sendAllAgain(record.id);
  }

  private sendAllAgain(space: string): void {
    for (const act of toSendAgain([...this.acts.values()], space)) {
      this.again.add(act.mid);
      this.acts.set(act.mid, { ...act, state: "waiting" });
      this.goesOn = true;
    }
  }

  private outcome({ mid, outcome }: Told): void {
    const act = this.acts.get(mid);
    if (act?.state === "waiting") this.acts.set(mid, answered(act, outcome, this.at));
  }

  /** A pull that was asked after the act was answered shows what it did. */
  private passed(space: string): void {
    for (const act of this.of(space)) if (act.state === "provisional") this.acts.set(act.mid, { ...act, state: "journal" });
  }

  /** An act whose space goes: what was refused is kept without what it said, so that its person can be told. */
  private async orphan(here: Here, opened: Opened | undefined, act: ActRecord): Promise<void> {
    this.forget(act);
    if (act.state !== "refused" || act.isOrphan || opened === undefined) return;
    const said = await legible(opened.key, here.vaultId, act);
    const sealed = await sealAct(here.vault, here.vaultId, { ...said, args: {}, precondition: null });
    this.acts.set(act.mid, { ...act, isOrphan: true, sealed });
    this.change.dropActs = this.change.dropActs.filter((mid) => mid !== act.mid);
  }

  /** A restore takes what was acknowledged from sight too, until it has been sent again. */
  private async namesOf(opened: Opened | undefined, space: string, isRestored: boolean): Promise<string[]> {
    if (opened === undefined) return [];
    const open = this.of(space).filter((act) => act.state !== "refused" && (isRestored || act.state !== "journal"));
    const said = await Promise.all(open.map((act) => legible(opened.key, this.standing.here!.vaultId, act)));
    return said.map((act) => act.name);
  }

  private forget(act: ActRecord): void {
    this.acts.delete(act.mid);
    this.change.dropActs.push(act.mid);
  }

  /** Its rows and notices go at once; its key only when what was done about it has been sent. */
  private end(found: SpaceRecord, isOffered: boolean): void {
    const none = { detail: null, pages: 0, filling: null };
    this.change.dropSpaces.push(found.id);
    this.change.spaces.push({ ...found, ...none, isClosed: false, isEnding: true, isOffered });
  }

  private drop(space: string, gen: string): void {
    this.change.dropSpaces.push(space);
    this.gone.push({ space, gen });
    this.goesOn = true;
  }

  private of(space: string): ActRecord[] {
    return [...this.acts.values()].filter((act) => act.space === space && !act.isOrphan);
  }

  private before(space: string): SpaceRecord | undefined {
    return this.standing.stored.spaces.find((each) => each.id === space);
  }

  private changedActs(): ActRecord[] {
    const old = new Map(this.standing.stored.acts.map((act) => [act.mid, act]));
    return [...this.acts.values()].filter((act) => old.get(act.mid) !== act);
  }
}

/** An act with its outcome. */
export function answered(act: ActRecord, outcome: string, at: number): ActRecord {
  const code = outcome === "applied" ? null : outcome.replace(/^rejected:/, "");
  return { ...act, state: code === null ? "provisional" : "refused", code, answeredAt: at };
}
