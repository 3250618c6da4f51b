/** What its person ended here and the server does not know of yet: it holds until it does, and is told so. */

import type { OwnConsent } from "../api/types";
import { held } from "../app/record";
import { canEnd } from "./own_rules";

/** The consents and blocks whose end waits in the open copy. Nothing is here without one. */
export const endings = held<readonly string[]>();

/** Whether the end of it waits. */
export function isEnding(own: OwnConsent): boolean {
  return endings.value.state === "ready" && endings.value.value.includes(own.grant_id) && canEnd(own);
}
