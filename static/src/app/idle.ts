/** Locks the copy when nobody has touched the page for a while, also one that stands open behind others. */

import type { Copy } from "../sync/port";

/** As long as a phone may lie open on a table, in milliseconds. */
const IDLE = 5 * 60_000;
const LOOK = 15_000;
const SIGNS = ["pointerdown", "keydown", "scroll", "touchstart"] as const;

export function lockWhenIdle(copy: Copy): void {
  let last = Date.now();
  const look = (): void => {
    // After a clock was set back the time is counted from there, or it would never be long enough.
    last = Math.min(last, Date.now());
    if (copy.lock().lock === "open" && Date.now() - last >= IDLE) copy.close();
  };
  // Looked at before it counts as touched: a timer may have slept as long as the machine.
  const touched = (): void => {
    look();
    last = Date.now();
  };
  for (const sign of SIGNS) addEventListener(sign, touched, { passive: true, capture: true });
  // Looked at first when the page comes back: a timer may have slept as long as the phone.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
  setInterval(look, LOOK);
}
