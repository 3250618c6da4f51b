/**
 * What stands here, with what its person did and the server has not shown yet laid over it.
 *
 * Invariant: what was refused is not laid over anything, so that nothing is shown as done that was not. What waits is
 * told as waiting.
 */

import type { AppointmentAnswer, KeptMark, Note, Renewal } from "../api/types";
import { copenhagenText } from "../ui/instants";
import type { QueuedAct } from "./port";
import { keyOfQueued } from "./queued";

export function withAnswers(answers: readonly AppointmentAnswer[], acts: readonly QueuedAct[]): AppointmentAnswer[] {
  const made = new Map(answers.map((answer) => [answer.appointment_key, answer]));
  for (const act of open(acts, "appointment:answer")) {
    const { appointment, said, wish } = act.args as { appointment: string; said: AppointmentAnswer["said"]; wish: string | null };
    const common = { message_id: keyOfQueued(act.mid), appointment_key: appointment, version: act.precondition ?? "" };
    made.set(appointment, { ...common, said, wish, made_at: at(act), delivery: waiting(act) });
  }
  return [...made.values()];
}

export function withRenewals(renewals: readonly Renewal[], acts: readonly QueuedAct[]): Renewal[] {
  const made = new Map(renewals.map((renewal) => [renewal.medication_key, renewal]));
  for (const act of open(acts, "renewal:ask")) {
    const { medication, note } = act.args as { medication: string; note: string | null };
    made.set(medication, { message_id: keyOfQueued(act.mid), medication_key: medication, note, made_at: at(act), delivery: waiting(act) });
  }
  return [...made.values()];
}

/** The last written first. A queued note keeps the version that it was written over, which its next change names too. */
export function withNotes(notes: readonly Note[], acts: readonly QueuedAct[]): Note[] {
  let made = [...notes];
  for (const act of acts.filter(isOpen)) {
    if (act.name === "note:remove") made = made.filter((note) => note.id !== act.args["id"]);
    if (act.name !== "note:write") continue;
    const said = act.args as Pick<Note, "id" | "about" | "about_key" | "kind" | "text" | "done">;
    made = [{ ...said, written_at: at(act), version: act.precondition }, ...made.filter((note) => note.id !== said.id)];
  }
  return made;
}

/** The first made first. What takes a mark back is laid over too, also over one that waits itself. */
export function withMarks(marks: readonly KeptMark[], acts: readonly QueuedAct[]): KeptMark[] {
  const made = [...marks];
  for (const act of open(acts, "dose:mark")) {
    const said = act.args as Pick<KeptMark, "medication" | "date" | "slot" | "ordinal" | "said" | "at"> & Partial<KeptMark>;
    made.push({ quantity: null, unit: null, ...said, key: keyOfQueued(act.mid), by: "self", made_at: at(act), undone: false });
  }
  const undone = new Set(open(acts, "dose:undo").map(({ args }) => (typeof args["of"] === "number" ? keyOfQueued(args["of"]) : args["mark"])));
  return made.map((mark) => (undone.has(mark.key) ? { ...mark, undone: true } : mark));
}

/** The consents and blocks whose end waits. What stands of them is left as it is: they hold until the server knows. */
export function endingsOf(acts: readonly QueuedAct[]): string[] {
  return open(acts, "consent:withdraw").map((act) => act.args["grant_id"] as string);
}

function open(acts: readonly QueuedAct[], name: string): QueuedAct[] {
  return acts.filter((act) => act.name === name && isOpen(act));
}

function isOpen(act: QueuedAct): boolean {
  return act.state !== "refused";
}

function at(act: QueuedAct): string {
  return copenhagenText(act.occurredAt);
}

function waiting(act: QueuedAct): Renewal["delivery"] {
  return { status: "waiting", at: at(act), outcome: null, reply: null };
}
