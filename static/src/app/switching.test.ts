import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { HelpedPerson } from "../api/types";
import { appointments, card, citizenId, consents, follow, forget, loadCard, log, plan, readFrom, session, stopReading, take, turnTo } from "./record";
import { subject } from "./subject";

const READS = ["medication:read", "appointments:read"] as const;

function person(id: string, actions: readonly string[] = READS): HelpedPerson {
  return { id, name: id, relation: "grant", actions: [...actions] as HelpedPerson["actions"], last_day: null };
}

/** A server that answers each question with the name of the one it is about, when it is let, in any order. */
class SlowServer {
  readonly asked: string[] = [];
  private readonly waiting: (() => void)[] = [];

  fetch = (path: string): Promise<Response> => {
    this.asked.push(path);
    const whose = /citizens\/([^/]+)/.exec(path)?.[1] ?? "";
    const body = JSON.stringify({ whose, appointments: [{ whose }], entries: [{ whose }], more: false });
    return new Promise((resolve) => this.waiting.push(() => resolve(new Response(body))));
  };

  /** Answers some of what waits: the last that was asked, or any. */
  answer(most: number, dice: () => number): void {
    for (let count = 0; count < most && this.waiting.length > 0; count += 1) {
      const at = dice() < 0.5 ? this.waiting.length - 1 : Math.floor(dice() * this.waiting.length);
      this.waiting.splice(at, 1)[0]?.();
    }
  }
}

/** The same throws each time. */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** Everybody whose name stands anywhere on the page. */
function shown(): string[] {
  const all = [card, plan, appointments, consents, log].map((place) => JSON.stringify(place.value));
  return all.flatMap((text) => [...text.matchAll(/"whose":"([^"]*)"/g)].map((found) => found[1] ?? ""));
}

let server: SlowServer;

beforeAll(() => follow());

beforeEach(() => {
  server = new SlowServer();
  vi.stubGlobal("fetch", server.fetch);
  forget();
  take({ ok: true, value: { logged_in: true, csrf: "x", citizen: { id: "inger", name: "inger", born: null } } as never });
});

afterEach(() => {
  stopReading();
  vi.unstubAllGlobals();
});

test("1,000 switches with slow answers never show a wrong name", async () => {
  const people = [null, person("poul"), person("ida"), person("bo")];
  const dice = diceOf(7);
  let right = 0;
  for (let count = 0; count < 1_000; count += 1) {
    turnTo(people[Math.floor(dice() * people.length)] ?? null);
    expect(shown()).toEqual([]);
    void loadCard();
    server.answer(Math.floor(dice() * 6), dice);
    await new Promise((done) => setTimeout(done, 0));
    const wrong = shown().filter((name) => name !== citizenId());
    expect(wrong).toEqual([]);
    right += shown().length;
  }
  expect(right).toBeGreaterThan(100);
});

test("what one may not see of somebody is never asked for", async () => {
  const before = server.asked.length;
  turnTo(person("poul", ["medication:read"]));
  await Promise.resolve();
  const asked = server.asked.slice(before);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every((path) => /citizens\/poul\/(card|dose-plan)/.test(path))).toBe(true);
});

test("the copy of one is never shown for another, and is shown again when one turns back", async () => {
  const whose = { id: "inger", name: "inger", born: null };
  readFrom(whose, "inger", [[card as never, () => ({ whose: "inger" })]], {} as never);
  expect(new Set(shown())).toEqual(new Set(["inger"]));

  turnTo(person("poul"));
  void loadCard();
  expect(shown()).toEqual([]);
  server.answer(99, diceOf(1));
  await vi.waitFor(() => expect(new Set(shown())).toEqual(new Set(["poul"])));

  turnTo(null);
  void loadCard();
  expect(new Set(shown())).toEqual(new Set(["inger"]));
});

test("whose session ends helps nobody any more", () => {
  turnTo(person("poul"));
  expect(citizenId()).toBe("poul");
  forget();
  expect(subject.value).toBeNull();
  expect(session.value.state === "ready" && citizenId()).toBe("inger");
});
