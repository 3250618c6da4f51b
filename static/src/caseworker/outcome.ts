/** What came of a login of staff, as the server tells it in the address on the way back. */

import { outcome } from "../app/door";

const OUTCOMES = ["cancelled", "expired", "no_role", "too_weak", "refused", "unreachable"] as const;

export type StaffOutcome = (typeof OUTCOMES)[number];

/** How the last try ended, said once; null when there is nothing to say. The start has read it out of the address. */
export function takeOutcome(): StaffOutcome | null {
  const told = OUTCOMES.find((known) => known === outcome.value) ?? null;
  outcome.value = null;
  return told;
}
