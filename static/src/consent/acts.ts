/** What the citizen says about their consents: an answer, a block, an end. Each carries an id that its maker made. */

import type { Failure } from "../api/client";
import type { BlockGiven, Consents, RequestAnswer } from "../api/types";
import { copy } from "../app/copied";
import { change, citizenId, keepAct, keepConsents } from "../app/record";
import { takeFocus, wishFocus } from "../app/router";
import type { Made } from "../sync/port";

/** Answers a question. Gives the failure, or null when the server has the answer. */
export function answerRequest(id: string, given: RequestAnswer): Promise<Failure | null> {
  const made = ({ requests }: Consents): Made | null => {
    const grant = given.answer === "yes" ? requests.find((each) => each.id === id)?.grant_id : null;
    return grant ? { what: "yes", grant, request: id } : null;
  };
  return put(`/consent-requests/${encodeURIComponent(id)}/answer`, given, keepConsents, made);
}

/** Sets a block. The screen that shows it then is the caller's to open, by `then`. */
export function setBlock(id: string, given: BlockGiven, then: () => void): Promise<Failure | null> {
  const keep = (kept: Consents): void => {
    keepConsents(kept);
    then();
  };
  return put(`/blocks/${encodeURIComponent(id)}`, given, keep, () => ({ what: "block", grant: id, request: null }));
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
  return put(`/consents/${encodeURIComponent(grantId)}/end`, { event_id: eventId }, keepConsents, () => ({ what: "end", grant: grantId, request: null }));
}

/** Whether the server has settled it otherwise, so that the same once more leads nowhere and one has to look anew. */
export function isSettled(failure: Failure): boolean {
  return failure.kind === "conflict" || failure.status === 404 || failure.status === 422;
}

/** Whether the login is too old for a yes: nothing was recorded, and one shows once more who one is. */
export function isTooOld(failure: Failure): boolean {
  return failure.code === "fresh_login_needed";
}

/** `made`: what a phone keeps of it, in case a restore of the server loses it. */
function put(path: string, body: unknown, keep: (kept: Consents) => void, made: (kept: Consents) => Made | null): Promise<Failure | null> {
  const [id, held] = [citizenId(), copy.value];
  return change<Consents>("PUT", path, body, async (kept) => {
    const one = made(kept);
    // A phone that can store nothing more must not hide that the server has it.
    if (id !== null && one !== null) await held?.keepMade(id, one).catch(() => undefined);
    // What was pressed goes with the screen, so the focus and the eye move to what comes instead.
    wishFocus();
    keep(kept);
    scrollTo(0, 0);
  });
}
