/** What the citizen writes and answers: notes, answers to appointments, wishes for renewal, and how far they have come. */

import { effect } from "@preact/signals";
import { read, type Failure } from "../api/client";
import type { AnswerGiven, Answers, AppointmentAnswer, Note, NoteGiven, Notes, NotesWritten, Renewal, Renewals, RenewalWish } from "../api/types";
import { change, citizenId, drafts, held, keepAct, load } from "./record";

export const answers = held<AppointmentAnswer[]>("appointments:read");
export const renewals = held<Renewal[]>("medication:read");
export const notes = held<Note[]>("notes:read");

/** Waits between looks at messages that are under way, in milliseconds; the last one again and again. */
const LOOKS = [1_500, 3_000, 6_000, 15_000, 60_000];

export function loadNotes(): Promise<void> {
  return load(notes, async (id) => {
    const answer = await read<Notes>(`/citizens/${id}/notes`);
    return answer.ok ? { ok: true, value: answer.value.notes } : answer;
  });
}

export function loadAnswers(isQuiet = false): Promise<void> {
  return load(
    answers,
    async (id, until) => {
      const answer = await read<Answers>(`/citizens/${id}/answers`, until);
      return answer.ok ? { ok: true, value: answer.value.answers } : answer;
    },
    isQuiet,
  );
}

export function loadRenewals(isQuiet = false): Promise<void> {
  return load(
    renewals,
    async (id, until) => {
      const answer = await read<Renewals>(`/citizens/${id}/renewals`, until);
      return answer.ok ? { ok: true, value: answer.value.renewals } : answer;
    },
    isQuiet,
  );
}

/** Answers an appointment. Gives the failure, or null when the answer is kept and on its way. */
export async function answerAppointment(key: string, given: Omit<AnswerGiven, "message_id">, messageId: string): Promise<Failure | null> {
  const kept = await keepAct((through) => through.answer(key, given));
  if (kept !== undefined) return kept;
  const body: AnswerGiven = { ...given, message_id: messageId };
  return change<Answers>("PUT", `/appointments/${key}/answer`, body, (kept) => {
    answers.value = { state: "ready", value: kept.answers };
    look();
  });
}

/** Asks for a new prescription. */
export async function askRenewal(key: string, note: string | null, messageId: string): Promise<Failure | null> {
  const kept = await keepAct((through) => through.askRenewal(key, note));
  if (kept !== undefined) return kept;
  const body: RenewalWish = { message_id: messageId, note };
  return change<Renewals>("PUT", `/medications/${key}/renewal`, body, (kept) => {
    renewals.value = { state: "ready", value: kept.renewals };
    look();
  });
}

export type Written = { failure: Failure | null; keptBoth: boolean };

/** Writes a note. When it had changed elsewhere both are kept, and that is told. */
export async function writeNote(id: string, given: NoteGiven): Promise<Written> {
  const kept = await keepAct((through) => through.writeNote(id, given));
  if (kept !== undefined) return { failure: kept, keptBoth: false };
  let keptBoth = false;
  const failure = await change<NotesWritten>("PUT", `/notes/${encodeURIComponent(id)}`, given, (kept) => {
    keptBoth = kept.kept_both;
    notes.value = { state: "ready", value: kept.notes };
  });
  return { failure, keptBoth };
}

export async function deleteNote(note: Note): Promise<Failure | null> {
  const kept = await keepAct((through) => through.removeNote(note.id, note.version));
  if (kept !== undefined) return kept;
  const path = `/notes/${encodeURIComponent(note.id)}?version=${encodeURIComponent(note.version ?? "")}`;
  return change<undefined>("DELETE", path, undefined, () => {
    if (notes.value.state === "ready") notes.value = { state: "ready", value: notes.value.value.filter((each) => each.id !== note.id) };
  });
}

/** An id for a message or a note: random, so that the same one sent twice is known again. */
export function newId(): string {
  return crypto.randomUUID();
}

export function draftOf(place: string): string {
  return drafts.value.get(place) ?? "";
}

export function keepDraft(place: string, text: string): void {
  const kept = new Map(drafts.value);
  if (text === "") kept.delete(place);
  else kept.set(place, text);
  drafts.value = kept;
}

/** Loads all of it for each citizen who logs in. */
export function follow(): void {
  effect(() => {
    if (citizenId() === null) return;
    void Promise.all([loadAnswers(), loadRenewals(), loadNotes()]).then(() => look());
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Looks again, less and less often, as long as a message is under way and the page is in sight. */
function look(turn = 0): void {
  clearTimeout(timer);
  if (!isUnderWay()) return;
  timer = setTimeout(() => {
    if (document.visibilityState !== "visible") return;
    void Promise.all([loadAnswers(true), loadRenewals(true)]).then(() => look(turn + 1));
  }, LOOKS[Math.min(turn, LOOKS.length - 1)]);
}

function isUnderWay(): boolean {
  const all = [answers.value, renewals.value].flatMap((each): { delivery: { status: string } }[] => (each.state === "ready" ? each.value : []));
  return all.some((each) => ["waiting", "sent", "received"].includes(each.delivery.status));
}
