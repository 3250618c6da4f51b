/** English words about editions of the app. */

import type { worker as danish } from "./worker.strings.da";

export const worker: typeof danish = { isNew: "There is a new edition.", switchNow: "Switch now", switching: "Switching …" };
