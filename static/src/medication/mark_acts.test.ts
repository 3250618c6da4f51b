import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { KeptMark } from "../api/types";
import { forget, take } from "../app/record";
import { say } from "./mark_acts";
import { marks } from "./mark_store";
import { tryOf } from "./mark_tries";

// What a person chose of a page is none of what is tested here, and needs one.
vi.mock("../app/preferences", async () => ({ language: (await import("@preact/signals")).signal("da") }));

const doses = ["morning", "noon"].map((slot) => ({ slot: { medication: "m", date: "2026-11-25", slot, ordinal: 1 }, name: "Metformin" }));

/** A server that keeps what it is told, and answers when it is let. */
class Server {
  readonly kept: KeptMark[] = [];
  readonly waiting: (() => void)[] = [];

  fetch = (_path: string, { body }: RequestInit): Promise<Response> => {
    this.kept.push({ ...JSON.parse(body as string), key: `${this.kept.length}`, by: "self", made_at: "2026-11-25T08:00:00+01:00", undone: false });
    const told = JSON.stringify({ marks: this.kept });
    return new Promise((resolve) => this.waiting.push(() => resolve(new Response(told, { headers: { "Content-Type": "application/json" } }))));
  };

  /** Answers what has come, the last first. */
  answer(): void {
    for (const each of this.waiting.splice(0).reverse()) each();
  }
}

function logIn(id: string): void {
  take({ ok: true, value: { logged_in: true, csrf: "x", citizen: { id, name: null, born: null } } as never });
}

let server: Server;

beforeEach(() => {
  server = new Server();
  vi.stubGlobal("fetch", server.fetch);
  forget();
  logIn("karen");
});

afterEach(() => vi.unstubAllGlobals());

test("what is said while something else is under way is told after it, so that no older answer hides a newer one", async () => {
  const both = say(doses, "taken");
  await vi.waitFor(() => expect(server.waiting).toHaveLength(1));
  expect(doses.map(({ slot }) => tryOf(slot)?.state)).toEqual(["busy", "busy"]);
  server.answer();
  await vi.waitFor(() => expect(server.waiting).toHaveLength(1));
  server.answer();
  await both;
  expect((marks.value as { value: KeptMark[] }).value.map(({ slot }) => slot)).toEqual(["morning", "noon"]);
  const [first, second] = server.kept;
  expect(first?.at).toBe(second?.at);
});

test("what waited for its turn is not said for who came meanwhile", async () => {
  const both = say(doses, "taken");
  await vi.waitFor(() => expect(server.waiting).toHaveLength(1));
  forget();
  logIn("anders");
  server.answer();
  await both;
  expect(server.kept).toHaveLength(1);
  expect(marks.value.state).toBe("loading");
});
