import { expect, test } from "vitest";
import type { Changed, Space } from "../sync/port";
import { heldBy, isClockWrong, isFull, placeOf, placeOfLost, summed, whereOf, writtenIn } from "./rules";

const changed = (collection: string, key: string, how: Changed["how"]): Changed => ({ space: "s", collection, key, how, at: "" });

test("an act leads to what it was about, where that can be looked at", () => {
  expect(whereOf({ name: "appointment:answer", args: { appointment: "a/b" } })).toBe("/aftaler?id=a%2Fb");
  expect(whereOf({ name: "appointment:answer", args: {} })).toBe("/aftaler");
  expect(whereOf({ name: "consent:withdraw", args: { grant_id: "g&1" } })).toBe("/samtykker?vis=eget&id=g%261");
  expect(whereOf({ name: "dose:mark", args: {} })).toBe("/");
  expect(whereOf({ name: "note:write", args: {} })).toBeNull();
  expect(whereOf({ name: "note:write", args: { about: "appointment", about_key: "k" } })).toBe("/aftaler?id=k");
  expect(whereOf({ name: "note:write", args: { about: "medication", about_key: "k" } })).toBe("/medicin");
  expect(whereOf({ name: "of a newer app", args: {} })).toBeNull();
});

test("the words of an act are found wherever a person may write some", () => {
  expect(writtenIn({ name: "note:write", args: { text: "Spørg om søvn" } })).toBe("Spørg om søvn");
  expect(writtenIn({ name: "appointment:answer", args: { said: "move", wish: "Om fredagen" } })).toBe("Om fredagen");
  expect(writtenIn({ name: "renewal:ask", args: { note: null } })).toBeNull();
  expect(writtenIn({ name: "dose:mark", args: { said: "taken" } })).toBeNull();
});

test("a change leads to where it is seen, and what is gone, or many, to the list", () => {
  expect(placeOf(changed("appointment", "k", "changed"))).toBe("/aftaler?id=k");
  expect(placeOf(changed("appointment", "k", "removed"))).toBe("/aftaler");
  expect(placeOf(changed("appointment", "k", "changed"), 2)).toBe("/aftaler");
  expect(placeOf(changed("medication", "k", "new"))).toBe("/medicin");
  expect(placeOf(changed("of a newer server", "k", "new"))).toBeNull();
});

test("changes of one kind are told once, the newest first, with their number", () => {
  const told = summed([changed("note", "b", "new"), changed("medication", "m", "changed"), changed("note", "a", "new")]);
  expect(told.map(({ changed: { key }, count }) => [key, count])).toEqual([["b", 2], ["m", 1]]);
});

test("what was lost leads to where it is given again, as long as anybody asks", () => {
  expect(placeOfLost({ what: "yes", request: "r&1" }, true)).toBe("/samtykker?vis=spoergsmaal&id=r%261");
  expect(placeOfLost({ what: "yes", request: "r1" }, false)).toBeNull();
  expect(placeOfLost({ what: "block", request: null }, false)).toBe("/samtykker?vis=spaer");
});

test("a copy that is unlocked is held back for a reason of its own, or because nothing is there yet", () => {
  const own = { relation: "self", offline: true, lockedBy: null } as unknown as Space;
  expect(heldBy([own])).toBeNull();
  expect(heldBy([{ ...own, lockedBy: "lease" }])).toBe("lease");
  // A fill that is under way has no time yet, and was never readable.
  expect(heldBy([{ ...own, offline: false, lockedBy: "lease" }])).toBe("none");
  expect(heldBy([{ ...own, relation: "grant" }])).toBe("none");
});

test("a clock is wrong from five minutes on, in either direction", () => {
  expect([0, 299_000, -299_000, 301_000, -301_000].map(isClockWrong)).toEqual([false, false, false, true, true]);
});

test("no room is told apart from other faults", () => {
  expect(isFull(new DOMException("full", "QuotaExceededError"))).toBe(true);
  expect(isFull(new DOMException("gone", "AbortError"))).toBe(false);
});
