/** English words about editions of the app, and about the net. */

import type { worker as danish } from "./worker.strings.da";

export const worker: typeof danish = {
  isNew: "There is a new edition.",
  switchNow: "Switch now",
  switching: "Switching …",
  noNet: "No connection.",
  noNetWhy: "We try again by ourselves. What you see may have changed.",
  noNetBefore: "We try again by ourselves.",
};
