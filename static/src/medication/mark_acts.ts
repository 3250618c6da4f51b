/** What is said about doses now: kept at once, or told why it is not. */

import type { Failure } from "../api/client";
import type { KeptMark, Mark, Marks } from "../api/types";
import { newId } from "../app/acts";
import { change, citizenId, keepAct } from "../app/record";
import { copenhagenText } from "../ui/instants";
import { tell } from "../ui/toast";
import { type Slot, standing, type Told } from "./mark_rules";
import { marks } from "./mark_store";
import { go, type Step } from "./mark_tries";
import { markWords } from "./mark_words";

/** A dose with its medicine's name, for who reads or hears what was said about it. */
export interface Named {
  slot: Slot;
  name: string;
}

/** Says that doses were taken now, or skipped. The time is that of the press, also when it is tried again. */
export async function say(doses: readonly Named[], said: Told["said"]): Promise<void> {
  const at = said === "taken" ? copenhagenText(new Date().toISOString()) : null;
  await sayAll(doses, { said, at, quantity: null, unit: null });
}

/** The same about each of them. */
export async function sayAll(doses: readonly Named[], what: Told): Promise<void> {
  const words = markWords.peek();
  const stand = await Promise.all(doses.map(({ slot }) => go(slot, [marking(slot, what)])));
  const done = doses.filter((_, place) => stand[place]);
  const [first] = done;
  if (first !== undefined) tell(words.told[what.said](done.length, first.name), { text: words.undo, act: () => takeBackLast(done) });
}

/** Nothing is ever changed: another time is a new statement, and the old one is taken back once that stands. */
export async function correctTime(mark: KeptMark, at: string): Promise<void> {
  const { medication, date, slot, ordinal, quantity, unit } = mark;
  if (await go(mark, [marking({ medication, date, slot, ordinal }, { said: "taken", at, quantity, unit }), undoing(mark)])) tell(markWords.peek().toldTime);
}

export async function takeBack(mark: KeptMark): Promise<void> {
  if (await go(mark, [undoing(mark)])) tell(markWords.peek().toldUndone);
}

/** Takes back what was last said here about each of these doses, if it still stands. */
async function takeBackLast(doses: readonly Named[]): Promise<void> {
  const stand = marks.peek().state === "ready" ? (marks.peek() as { value: KeptMark[] }).value : [];
  const last = doses.map(({ slot }) => standing(stand, slot).filter((mark) => mark.by === "self").at(-1));
  await Promise.all(last.map((mark) => (mark === undefined ? undefined : takeBack(mark))));
}

function marking(slot: Slot, what: Told): Step {
  const id = newId();
  return { what: "mark", work: inTurn(() => markDose(slot, what, id)) };
}

function undoing(mark: KeptMark): Step {
  const id = newId();
  return { what: "undo", work: inTurn(() => undoMark(mark, id)) };
}

let before: Promise<unknown> = Promise.resolve();

/**
 * Does it when all that was said before is kept or has failed: each answer of the server tells a whole day, and one that
 * comes after a later one would take from sight what that told. Nothing is done for who left meanwhile.
 */
function inTurn(work: () => Promise<Failure | null>): Step["work"] {
  return () => {
    const whose = citizenId();
    const mine = before.then(() => (citizenId() === whose ? work() : null));
    before = mine.catch(() => undefined);
    return mine;
  };
}

/** `markId`: the same for each try. */
async function markDose(slot: Slot, what: Told, markId: string): Promise<Failure | null> {
  const kept = await keepAct((through) => through.markDose(slot, what));
  if (kept !== undefined) return kept;
  const body: Mark = { ...slot, ...what };
  return change<Marks>("PUT", `/dose-marks/${encodeURIComponent(markId)}`, body, (told) => keepDay(slot.date, told.marks));
}

/** Takes a statement back. */
async function undoMark(mark: KeptMark, undoId: string): Promise<Failure | null> {
  const kept = await keepAct((through) => through.undoMark(mark.key));
  if (kept !== undefined) return kept;
  const path = `/dose-marks/${encodeURIComponent(mark.key)}/undo`;
  return change<Marks>("PUT", path, { undo_id: undoId }, (told) => keepDay(mark.date, told.marks));
}

/** The server tells all of a day. */
function keepDay(day: string, told: readonly KeptMark[]): void {
  const others = marks.value.state === "ready" ? marks.value.value.filter((mark) => mark.date !== day) : [];
  marks.value = { state: "ready", value: [...others, ...told] };
}
