/** What the desk holds and asks: the texts, one's own log, and the two questions. Gone when the session ends. */

import { read, send, type Answer, type Failure } from "../api/client";
import type { Asked, Letter, OwnQuestions, PaperSaid, PaperSigned, Staff, StaffText, StaffTexts, StatusAnswer, StatusQuestion, Taken } from "../api/types";
import { held, leave, session, type Loaded } from "../app/record";

export const texts = held<StaffText[]>();
export const asked = held<OwnQuestions>();

const PART = 20;

/** The caseworker who is logged in at this browser. */
export function staff(): Staff | null {
  return session.value.state === "ready" ? session.value.value.staff : null;
}

export async function loadTexts(): Promise<void> {
  texts.value = { state: "loading" };
  const answer = await forMe(read<StaffTexts>("/consent-templates"));
  if (answer) texts.value = answer.ok ? ready(answer.value.templates) : { state: "failed", failure: answer.failure };
}

/** Asks for the newest part of one's own log; quietly while an older look at it stands. */
export async function loadAsked(): Promise<void> {
  const answer = await forMe(read<OwnQuestions>(`/consent-questions?limit=${PART}`));
  if (answer) asked.value = answer.ok ? ready(answer.value) : { state: "failed", failure: answer.failure };
}

/** Adds the next older part. Gives the failure, or null when it went well. */
export async function loadOlder(): Promise<Failure | null> {
  const known = asked.value;
  const last = known.state === "ready" ? known.value.questions.at(-1) : undefined;
  if (known.state !== "ready" || last === undefined) return null;
  const answer = await forMe(read<OwnQuestions>(`/consent-questions?limit=${PART}&before=${encodeURIComponent(last.id)}`));
  if (!answer || asked.value !== known) return null;
  if (!answer.ok) return answer.failure;
  asked.value = ready({ questions: [...known.value.questions, ...answer.value.questions], more: answer.value.more });
  return null;
}

export function askStatus(question: StatusQuestion): Promise<Answer<StatusAnswer> | null> {
  return ask<StatusAnswer>("/consent-status", question);
}

export function askCitizen(question: Asked): Promise<Answer<Taken> | null> {
  return ask<Taken>("/consent-requests", question);
}

export function recordPaper(signed: PaperSigned): Promise<Answer<Taken> | null> {
  return ask<Taken>("/consent-papers", signed);
}

/** The answer is the letter to the citizen. */
export function approvePaper(said: PaperSaid): Promise<Answer<Letter> | null> {
  return ask<Letter>("/consent-paper-approvals", said);
}

export function endOnPaper(said: PaperSaid): Promise<Answer<Taken> | null> {
  return ask<Taken>("/consent-paper-ends", said);
}

async function ask<T>(path: string, body: StatusQuestion | Asked | PaperSaid | PaperSigned): Promise<Answer<T> | null> {
  const csrf = session.value.state === "ready" ? session.value.value.csrf : null;
  const answer = await forMe(send<T>(path, { method: "POST", body, csrf }));
  if (answer) void loadAsked();
  return answer;
}

/** The answer, unless somebody else is at the desk by now; a session that has ended leads to the door. */
async function forMe<T>(asking: Promise<Answer<T>>): Promise<Answer<T> | null> {
  const me = staff();
  const answer = await asking;
  if (me === null || me !== staff()) return null;
  if (!answer.ok && answer.failure.kind === "not_logged_in") {
    leave();
    return null;
  }
  return answer;
}

function ready<T>(value: T): Loaded<T> {
  return { state: "ready", value };
}
