/** What was said about the doses of the last days, and what is said now: kept at once, or told why it is not. */

import { effect } from "@preact/signals";
import { read, type Failure } from "../api/client";
import type { KeptMark, Mark, Marks } from "../api/types";
import { newId } from "../app/acts";
import { today } from "../app/now";
import { change, citizenId, held, keepAct, load } from "../app/record";
import { copenhagenText } from "../ui/instants";
import type { Slot } from "./mark_rules";
import { go, retryUnreached, type Step } from "./mark_tries";

export const marks = held<KeptMark[]>();

/** So many days are shown of a medicine, today among them. */
export const DAYS = 7;

export function loadMarks(): Promise<void> {
  return load(marks, async (id) => {
    const answer = await read<Marks>(`/citizens/${id}/dose-marks?first=${dayBefore(today.value, DAYS - 1)}&last=${today.value}`);
    return answer.ok ? { ok: true, value: answer.value.marks } : answer;
  });
}

/** Says that a dose was taken now, or skipped. The time is that of the press, also when it is tried again. */
export function say(slot: Slot, said: KeptMark["said"]): Promise<void> {
  return go(slot, [marking(slot, said, said === "taken" ? copenhagenText(new Date().toISOString()) : null)]);
}

/** Nothing is ever changed: another time is a new statement, and the old one is taken back once that stands. */
export function correctTime(mark: KeptMark, at: string): Promise<void> {
  const { medication, date, slot, ordinal } = mark;
  return go(mark, [marking({ medication, date, slot, ordinal }, "taken", at), undoing(mark)]);
}

export function takeBack(mark: KeptMark): Promise<void> {
  return go(mark, [undoing(mark)]);
}

function marking(slot: Slot, said: KeptMark["said"], at: string | null): Step {
  const id = newId();
  return { what: "mark", work: () => markDose(slot, said, at, id) };
}

function undoing(mark: KeptMark): Step {
  const id = newId();
  return { what: "undo", work: () => undoMark(mark, id) };
}

/** `markId`: the same for each try. */
async function markDose(slot: Slot, said: KeptMark["said"], at: string | null, markId: string): Promise<Failure | null> {
  const kept = await keepAct((through) => through.markDose(slot, said, at));
  if (kept !== undefined) return kept;
  const body: Mark = { ...slot, said, at };
  return change<Marks>("PUT", `/dose-marks/${encodeURIComponent(markId)}`, body, (told) => keepDay(slot.date, told.marks));
}

/** Takes a statement back. */
async function undoMark(mark: KeptMark, undoId: string): Promise<Failure | null> {
  const kept = await keepAct((through) => through.undoMark(mark.key));
  if (kept !== undefined) return kept;
  const path = `/dose-marks/${encodeURIComponent(mark.key)}/undo`;
  return change<Marks>("PUT", path, { undo_id: undoId }, (told) => keepDay(mark.date, told.marks));
}

/** A civil date so many days before another. */
export function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** Loads them for each citizen who logs in, and anew when the date changes. */
export function follow(): void {
  effect(() => {
    if (citizenId() !== null && today.value) void loadMarks();
  });
  addEventListener("online", retryUnreached);
}

/** The server tells all of a day. */
function keepDay(day: string, told: readonly KeptMark[]): void {
  const others = marks.value.state === "ready" ? marks.value.value.filter((mark) => mark.date !== day) : [];
  marks.value = { state: "ready", value: [...others, ...told] };
}
