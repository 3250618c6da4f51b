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

/** The address that logs in at MitID and comes back here; `fresh` asks for proof even of who is logged in there. */
export function mitidAddress(proof: "fresh" | "any" = "any"): string {
  const back = `/api/v1/login/oidc?return_to=${encodeURIComponent(location.pathname + location.search)}`;
  return proof === "fresh" ? `${back}&fresh=true` : back;
}
