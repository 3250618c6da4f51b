/** What came of a login at MitID, as the server tells it in the address on the way back. */

import { signal } from "@preact/signals";

const OUTCOMES = ["cancelled", "expired", "no_cpr", "no_role", "too_weak", "refused", "unreachable"] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** How the last try ended, where it did not lead in; null when there is nothing to say. */
export const outcome = signal<Outcome | null>(null);

/** Reads the outcome out of the address and cleans it, so that it is neither kept nor said twice. */
export function takeOutcome(): void {
  const query = new URLSearchParams(location.search);
  const code = query.get("login");
  if (code === null) return;
  outcome.value = OUTCOMES.find((known) => known === code) ?? null;
  query.delete("login");
  const rest = query.toString();
  history.replaceState(history.state, "", location.pathname + (rest ? `?${rest}` : ""));
}

/** Where one begins to log in with MitID, and comes back to the screen at hand. */
export function mitidAddress(): string {
  return `/api/v1/login/oidc?return_to=${encodeURIComponent(location.pathname + location.search)}`;
}
