import { expect, test } from "vitest";
import type { KeptMark, Note } from "../api/types";
import { endingsOf, withAnswers, withMarks, withNotes, withRenewals } from "./optimistic";
import { keyOfQueued, midOf } from "./queued";
import type { QueuedAct } from "./port";

function act(mid: number, name: string, args: Record<string, unknown>, state: QueuedAct["state"] = "waiting", precondition: string | null = null): QueuedAct {
  return { mid, space: "s", name, args, precondition, occurredAt: "2026-03-29T01:59:59+01:00", state, code: null };
}

const mark: KeptMark = { key: "k1", medication: "m", date: "2026-03-29", slot: "any", ordinal: 1, said: "taken", at: null, quantity: null, unit: null, by: "self", made_at: "2026-03-29T08:00:00+02:00", undone: false };
const note: Note = { id: "n1", about: "medication", about_key: "m", kind: "note", text: "før", done: false, written_at: "2026-03-28T08:00:00+01:00", version: "v1" };

test("what waits is shown, told as waiting, in place of what it is about", () => {
  const told = withAnswers(
    [{ message_id: "a", appointment_key: "x", version: "v0", said: "coming", wish: null, made_at: "2026-03-01T08:00:00+01:00", delivery: { status: "received", at: "2026-03-01T08:00:00+01:00", outcome: null, reply: null } }],
    [act(4, "appointment:answer", { appointment: "x", said: "move", wish: "tidligt" }, "sending", "v1"), act(5, "renewal:ask", { medication: "m", note: null })],
  );
  expect(told).toEqual([
    { message_id: "queued:4", appointment_key: "x", version: "v1", said: "move", wish: "tidligt", made_at: "2026-03-29T01:59:59+01:00", delivery: { status: "waiting", at: "2026-03-29T01:59:59+01:00", outcome: null, reply: null } },
  ]);
  expect(withRenewals([], [act(5, "renewal:ask", { medication: "m", note: null })])[0]).toMatchObject({ medication_key: "m", delivery: { status: "waiting" } });
});

test("what was refused is shown nowhere", () => {
  const refused = [
    act(1, "appointment:answer", { appointment: "x", said: "move", wish: null }, "refused"),
    act(2, "renewal:ask", { medication: "m", note: null }, "refused"),
    act(3, "note:write", { ...note, text: "efter" }, "refused"),
    act(4, "note:remove", { id: "n1" }, "refused"),
    act(5, "dose:mark", { ...mark }, "refused"),
    act(6, "dose:undo", { mark: "k1" }, "refused"),
  ];
  expect(withAnswers([], refused)).toEqual([]);
  expect(withRenewals([], refused)).toEqual([]);
  expect(withNotes([note], refused)).toEqual([note]);
  expect(withMarks([mark], refused)).toEqual([mark]);
});

test("notes are changed, added and taken away in the order of the acts", () => {
  const acts = [
    act(1, "note:write", { id: "n1", about: "medication", about_key: "m", kind: "note", text: "efter", done: false }, "waiting", "v1"),
    act(2, "note:write", { id: "n2", about: "medication", about_key: "m", kind: "question", text: "ny", done: false }),
    act(3, "note:remove", { id: "n1" }, "waiting", "v1"),
  ];
  expect(withNotes([note], acts.slice(0, 1))).toMatchObject([{ id: "n1", text: "efter", version: "v1" }]);
  expect(withNotes([note], acts).map((each) => each.id)).toEqual(["n2"]);
});

test("marks are added and taken back, both sides of a difference standing", () => {
  const skipped = act(7, "dose:mark", { medication: "m", date: "2026-03-29", slot: "any", ordinal: 1, said: "skipped", at: null });
  expect(withMarks([mark], [skipped]).map((each) => [each.key, each.said, each.undone])).toEqual([["k1", "taken", false], ["queued:7", "skipped", false]]);
  expect(withMarks([mark], [act(8, "dose:undo", { mark: "k1" })])[0]?.undone).toBe(true);
  const both = withMarks([mark], [skipped, act(9, "dose:undo", { of: 7 })]);
  expect(both.map((each) => [each.key, each.undone])).toEqual([["k1", false], ["queued:7", true]]);
  expect(withMarks([], [skipped, act(10, "dose:mark", { ...mark, quantity: "1.5", unit: "pust" })]).map((each) => [each.quantity, each.unit])).toEqual([[null, null], ["1.5", "pust"]]);
  expect(midOf(keyOfQueued(7))).toBe(7);
  expect(midOf("k1")).toBeNull();
});

test("an end of a consent waits until it is sent, and one that was refused does not", () => {
  const acts = [act(1, "consent:withdraw", { grant_id: "g1" }), act(2, "consent:withdraw", { grant_id: "g2" }, "refused"), act(3, "note:remove", { id: "g3" })];
  expect(endingsOf(acts)).toEqual(["g1"]);
});
