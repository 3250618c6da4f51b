/** The time on the wall, so that "now" and "today" move while the page stands open. */

import { computed, signal } from "@preact/signals";
import { civilDate } from "../ui/dates";

const TICK = 30_000;

export const now = signal(new Date());

/** Today's civil date in Copenhagen, YYYY-MM-DD. */
export const today = computed(() => civilDate(now.value));

/** Begins to follow the clock, and looks at once when the page comes back into sight. */
export function start(): void {
  const look = (): void => {
    now.value = new Date();
  };
  setInterval(look, TICK);
  document.addEventListener("visibilitychange", look);
}
