/** What the citizen says about their consents: an answer, a block, an end. Each carries an id that its maker made. */

import type { Failure } from "../api/client";
import type { BlockGiven, Consents, RequestAnswer } from "../api/types";
import { change, keepAct, keepConsents } from "../app/record";
import { takeFocus, wishFocus } from "../app/router";

/** Answers a question. Gives the failure, or null when the server has the answer. */
export function answerRequest(id: string, given: RequestAnswer): Promise<Failure | null> {
  return put(`/consent-requests/${encodeURIComponent(id)}/answer`, given, keepConsents);
}

/** Sets a block. The screen that shows it then is the caller's to open, by `then`. */
export function setBlock(id: string, given: BlockGiven, then: () => void): Promise<Failure | null> {
  return put(`/blocks/${encodeURIComponent(id)}`, given, (kept) => {
    keepConsents(kept);
    then();
  });
}

/** Withdraws a consent or lifts a block; an open copy keeps that until it is sent. */
export async function endConsent(grantId: string, eventId: string): Promise<Failure | null> {
  const kept = await keepAct((through) => {
    // The screen changes as soon as it is kept.
    wishFocus();
    return through.endConsent(grantId);
  });
  if (kept === null) scrollTo(0, 0);
  else if (kept !== undefined) takeFocus();
  if (kept !== undefined) return kept;
  return put(`/consents/${encodeURIComponent(grantId)}/end`, { event_id: eventId }, keepConsents);
}

/** Whether the server has settled it otherwise, so that the same once more leads nowhere and one has to look anew. */
export function isSettled(failure: Failure): boolean {
  return failure.kind === "conflict" || failure.status === 404 || failure.status === 422;
}

/** Whether the login is too old for a yes: nothing was recorded, and one shows once more who one is. */
export function isTooOld(failure: Failure): boolean {
  return failure.code === "fresh_login_needed";
}

function put(path: string, body: unknown, keep: (kept: Consents) => void): Promise<Failure | null> {
  return change<Consents>("PUT", path, body, (kept) => {
    // What was pressed goes with the screen, so the focus and the eye move to what comes instead.
    wishFocus();
    keep(kept);
    scrollTo(0, 0);
  });
}
