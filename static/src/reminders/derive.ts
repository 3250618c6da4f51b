/** The preferences of reminders, from the rows of the copy on this device: app/reminders/preferences.py once more. */

import type { QueuedAct, Row } from "../sync/port";
import { counting, defaultOf, medicineOf, type Preferences, type Value } from "./rules";

interface Kept {
  field: string;
  value: unknown;
}

/** What counts of every field; of medicines only what was said. */
export function preferencesOf(rows: ReadonlyMap<string, readonly Row[]>): Preferences {
  return counting((rows.get("preference") ?? []).map(({ content }) => [(content as Kept).field, (content as Kept).value] as const));
}

/** With what its person chose here and no pull has shown yet laid over it; `value` null sets a field back. */
export function withPreferences(counts: Preferences, acts: readonly QueuedAct[]): Preferences {
  const made = new Map(Object.entries(counts));
  for (const { args } of acts.filter((act) => act.name === "preference:set" && act.state !== "refused")) {
    const { field, value } = args as { field: string; value: Value | null };
    const usual = defaultOf(field);
    if (value === null && medicineOf(field) !== null) made.delete(field);
    else if (usual !== null) made.set(field, value ?? usual);
  }
  return Object.fromEntries(made);
}
