/** What the citizen says about their consents: an answer, a block, an end. Each carries an id that its maker made. */

import type { Failure } from "../api/client";
import type { BlockGiven, Consents, RequestAnswer } from "../api/types";
import { change, keepConsents } from "../app/record";
import { wishFocus } from "../app/router";

/** Answers a question. Gives the failure, or null when the server has the answer. */
export function answerRequest(id: string, given: RequestAnswer): Promise<Failure | null> {
  return put(`/consent-requests/${encodeURIComponent(id)}/answer`, given);
}

export function setBlock(id: string, given: BlockGiven): Promise<Failure | null> {
  return put(`/blocks/${encodeURIComponent(id)}`, given);
}

/** Withdraws a consent or lifts a block. */
export function endConsent(grantId: string, eventId: string): Promise<Failure | null> {
  return put(`/consents/${encodeURIComponent(grantId)}/end`, { event_id: eventId });
}

function put(path: string, body: unknown): Promise<Failure | null> {
  return change<Consents>("PUT", path, body, (kept) => {
    wishFocus(); // What was pressed goes with the screen, so the focus moves to what comes instead.
    keepConsents(kept);
  });
}
