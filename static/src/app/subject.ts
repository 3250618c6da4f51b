/** Whose record is on the screen: the one who is logged in here, or somebody whom they help. */

import { signal } from "@preact/signals";
import type { HelpedPerson } from "../api/types";

/** Null: the one who is logged in. Set by `turnTo`, and null again whenever a session ends or begins. */
export const subject = signal<HelpedPerson | null>(null);

/** Whether something may be done with the record on the screen; with one's own everything may. */
export function may(action: string): boolean {
  return subject.value === null || subject.value.actions.includes(action as HelpedPerson["actions"][number]);
}
