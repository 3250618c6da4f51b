/** What was said about the doses of the last days, and the buttons to say more, which come after the first start. */

import { effect, signal } from "@preact/signals";
import { read } from "../api/client";
import type { KeptMark, Marks } from "../api/types";
import { today } from "../app/now";
import { citizenId, held, load } from "../app/record";

export const marks = held<KeptMark[]>("medication:read");

/** So many days are shown of a medicine, today among them. */
export const DAYS = 7;

/** The first of them. */
export function firstDay(): string {
  return dayBefore(today.value, DAYS - 1);
}

export function loadMarks(): Promise<void> {
  return load(marks, async (id) => {
    const answer = await read<Marks>(`/citizens/${id}/dose-marks?first=${firstDay()}&last=${today.value}`);
    return answer.ok ? { ok: true, value: answer.value.marks } : answer;
  });
}

type Parts = typeof import("./mark_parts");

/** What doses are marked with; null until it is here. */
export const parts = signal<Parts | null>(null);
/** When it last did not come. */
export const missingSince = signal<Date | null>(null);

/** Fetches what doses are marked with, which is no part of the first start. Gives whether it is here. */
export async function loadParts(): Promise<boolean> {
  missingSince.value = null;
  try {
    parts.value ??= await import("./mark_parts");
  } catch {
    missingSince.value = new Date();
  }
  return parts.value !== null;
}

/** A civil date so many days before another. */
export function dayBefore(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** Loads them for each citizen who logs in, and anew when the date changes. */
export function follow(): void {
  effect(() => {
    if (citizenId() === null || !today.value) return;
    void loadMarks();
    void loadParts();
  });
}
