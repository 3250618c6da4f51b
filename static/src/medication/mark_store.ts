/** What was said about the doses of the last days, and what is said now: kept at once, or told why it is not. */

import { effect } from "@preact/signals";
import { read, type Failure } from "../api/client";
import type { KeptMark, Mark, Marks } from "../api/types";
import { newId } from "../app/acts";
import { today } from "../app/now";
import { change, citizenId, held, keepAct, load } from "../app/record";
import type { Slot } from "./mark_rules";

export const marks = held<KeptMark[]>();

/** So many days are shown of a medicine, today among them. */
export const DAYS = 7;

export function loadMarks(): Promise<void> {
  return load(marks, async (id) => {
    const answer = await read<Marks>(`/citizens/${id}/dose-marks?first=${dayBefore(today.value, DAYS - 1)}&last=${today.value}`);
    return answer.ok ? { ok: true, value: answer.value.marks } : answer;
  });
}

/** Says that a dose was taken or skipped. `at`: when it was taken, where that is said. `markId`: the same for each try. */
export async function markDose(slot: Slot, said: "taken" | "skipped", at: string | null, markId: string): Promise<Failure | null> {
  const kept = await keepAct((through) => through.markDose(slot, said, at));
  if (kept !== undefined) return kept;
  const body: Mark = { ...slot, said, at };
  return change<Marks>("PUT", `/dose-marks/${encodeURIComponent(markId)}`, body, (told) => keepDay(slot.date, told.marks));
}

/** Takes a statement back. `waits`: it is on its way, and can be taken back only when it has arrived. */
export async function undoMark(mark: KeptMark): Promise<Failure | "waits" | null> {
  let isBack = true;
  const kept = await keepAct(async (through) => {
    isBack = await through.undoMark(mark.key);
  });
  if (kept !== undefined) return kept ?? (isBack ? null : "waits");
  const path = `/dose-marks/${encodeURIComponent(mark.key)}/undo`;
  return change<Marks>("PUT", path, { undo_id: newId() }, (told) => keepDay(mark.date, told.marks));
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
}

/** The server tells all of a day. */
function keepDay(day: string, told: readonly KeptMark[]): void {
  const others = marks.value.state === "ready" ? marks.value.value.filter((mark) => mark.date !== day) : [];
  marks.value = { state: "ready", value: [...others, ...told] };
}
