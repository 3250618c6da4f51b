import { beforeEach, expect, test, vi } from "vitest";
import type { Failure } from "../api/client";
import { forget, take } from "../app/record";
import type { Slot } from "./mark_rules";
import { go, mayHaveArrived, retryUnreached, tryOf } from "./mark_tries";

const slot: Slot = { medication: "m", date: "2026-11-25", slot: "morning", ordinal: 1 };
const lost: Failure = { kind: "unreachable", code: "no_answer", status: null, at: new Date() };

function logIn(id: string): void {
  take({ ok: true, value: { logged_in: true, citizen: { id, name: null, born: null } } as never });
}

beforeEach(() => {
  forget();
  logIn("karen");
});

test("a step that stands is not done again when a later one is tried again", async () => {
  const first = vi.fn(async () => null);
  const second = vi.fn<() => Promise<Failure | null>>().mockResolvedValueOnce(lost).mockResolvedValue(null);
  await go(slot, [{ what: "mark", work: first }, { what: "undo", work: second }]);
  const tried = tryOf(slot);
  expect(tried).toMatchObject({ state: "failed", what: "undo", failure: lost });
  if (tried?.state === "failed") await tried.retry();
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 2]);
  expect(tryOf(slot)).toBeNull();
});

test("nothing else is said of a dose while something is under way", async () => {
  let end = (): void => undefined;
  const under = go(slot, [{ what: "mark", work: () => new Promise((resolve) => (end = () => resolve(null))) }]);
  const other = vi.fn(async () => null);
  await go(slot, [{ what: "mark", work: other }]);
  expect([tryOf(slot)?.state, other.mock.calls.length]).toEqual(["busy", 0]);
  end();
  await under;
  expect(tryOf(slot)).toBeNull();
});

test("what found no server is tried again with the net, what was refused is not", async () => {
  const unreached = vi.fn<() => Promise<Failure | null>>().mockResolvedValueOnce(lost).mockResolvedValue(null);
  const refused = vi.fn(async (): Promise<Failure> => ({ ...lost, kind: "not_allowed" }));
  const other = { ...slot, ordinal: 2 };
  await go(slot, [{ what: "mark", work: unreached }]);
  await go(other, [{ what: "mark", work: refused }]);
  expect(mayHaveArrived(slot)).toBe(true);
  retryUnreached();
  await vi.waitFor(() => expect(tryOf(slot)).toBeNull());
  expect(mayHaveArrived(slot)).toBe(false);
  expect([tryOf(other)?.state, refused.mock.calls.length]).toEqual(["failed", 1]);
  expect(mayHaveArrived(other)).toBe(false);
});

test("nothing of one citizen is tried again for another", async () => {
  const marking = vi.fn(async (): Promise<Failure> => {
    forget();
    logIn("anders");
    return lost;
  });
  await go(slot, [{ what: "mark", work: marking }]);
  expect(tryOf(slot)).toBeNull();
  retryUnreached();
  expect(marking).toHaveBeenCalledTimes(1);
});
