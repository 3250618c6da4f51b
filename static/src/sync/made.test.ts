/** What was changed about consents at the server: a restore that loses it is told of, or mended, and nothing else is. */

import { expect, test } from "vitest";
import type { LocalCopy } from "./copy";
import type { Made } from "./port";
import { agrees, shelf } from "./testing/agrees";
import { PASSKEY, Phone } from "./testing/phone";
import { Server } from "./testing/server";
import type { Shelf } from "./testing/shelf";

const DAY = 24 * 3_600_000;
const YES: Made = { what: "yes", grant: "g1", request: "r1" };
const BLOCK: Made = { what: "block", grant: "b1", request: null };
const END: Made = { what: "end", grant: "g0", request: null };

interface World {
  phone: Phone;
  server: Server;
  own: Shelf;
  copy: LocalCopy;
  /** Puts back the server as it stood when this was made. */
  backup: () => (epoch?: string) => void;
}

function consent(own: Shelf, grant: string, ...kinds: string[]): void {
  own.put("own_consent", `k${grant}`, { grant_id: grant, events: kinds.map((kind) => ({ kind })) });
}

/** A copy on which a question waits and a consent stands. */
async function world(): Promise<World> {
  const own = shelf(2);
  consent(own, "g0", "grant");
  own.put("consent_request", "r", { id: "r1", answer: null });
  const server = new Server(own, shelf(1, "poul", "grant"));
  const phone = new Phone(server);
  const backup = () => {
    const [rows, log, number] = [new Map(own.rows), [...own.log], own.number];
    return (epoch = own.epoch): void => void Object.assign(own, { rows: new Map(rows), log: [...log], number, epoch });
  };
  return { phone, server, own, copy: await phone.set(), backup };
}

/** The server has it, and then the phone. */
async function said({ own, copy }: World, made: Made): Promise<void> {
  if (made.what === "end") consent(own, made.grant, "grant", "withdraw");
  else consent(own, made.grant, made.what === "yes" ? "grant" : "deny");
  if (made.request !== null) own.put("consent_request", "r", { id: made.request, answer: "yes" });
  await copy.keepMade("karen", made);
}

test("a yes that stands is never told of, and is forgotten after the time of the journal", async () => {
  const all = await world();
  await said(all, YES);
  for (let contacts = 0; contacts < 3; contacts++) {
    expect(await all.copy.refresh()).toBe("done");
    expect(all.copy.lost()).toEqual([]);
  }
  const restore = all.backup();
  restore("e2");
  await all.copy.refresh();
  expect(all.copy.lost()).toEqual([]);
  all.server.at += 15 * DAY;
  await all.copy.refresh();
  expect(await all.phone.dump()).toContain('"made":[]');
});

test.each([["as another epoch", "e2"], ["and no token shows it", undefined]])("a yes and a block that a restore lost are told of until they are put away, %s", async (_, epoch) => {
  const all = await world();
  const restore = all.backup();
  await said(all, YES);
  await said(all, BLOCK);
  if (epoch !== undefined) await all.copy.refresh();
  restore(epoch);
  expect(await all.copy.refresh()).toBe("done");
  expect(all.copy.lost()).toMatchObject([YES, BLOCK]);
  agrees(all.copy, all.own);

  all.copy.close();
  expect(all.copy.lost()).toEqual([]);
  const later = await all.phone.tab();
  await later.unlock(PASSKEY);
  await later.refresh();
  expect(later.lost()).toMatchObject([YES, BLOCK]);
  await later.putLostAway("b1");
  expect(later.lost()).toMatchObject([YES]);
  // Given again, under another id, it is no longer lost.
  await said({ ...all, copy: later }, { ...YES, grant: "g2" });
  await later.refresh();
  expect(later.lost()).toEqual([]);
});

test("an end that a restore lost is done again by itself, once, and not told", async () => {
  const all = await world();
  const restore = all.backup();
  all.copy.close();
  // Locked, and past the lock by a login.
  await said(all, END);
  await all.copy.unlock(PASSKEY);
  await all.copy.refresh();
  expect(all.server.done).toEqual([]);
  restore("e2");
  expect(await all.copy.refresh()).toBe("done");
  await all.copy.refresh();
  expect(all.server.done).toMatchObject([{ name: "consent:withdraw", args: { grant_id: "g0" } }]);
  expect(all.copy.lost()).toEqual([]);
});

test("a pull that was asked before the yes need not show it", async () => {
  const all = await world();
  const fetch = all.server.fetch;
  const page = (all.copy as never as { page: { fetch: typeof fetch } }).page;
  page.fetch = async (path, request) => {
    const answer = await fetch(path, request);
    page.fetch = fetch;
    await said(all, YES);
    return answer;
  };
  const seen: number[] = [];
  all.copy.subscribe(() => seen.push(all.copy.lost().length));
  expect(await all.copy.refresh()).toBe("done");
  await all.copy.refresh();
  expect(Math.max(...seen)).toBe(0);
});

test("what was given and ended since leaves nothing to lose, and of somebody else nothing is kept", async () => {
  const all = await world();
  const restore = all.backup();
  await said(all, YES);
  await all.copy.keepMade("poul", BLOCK);
  await all.copy.refresh();
  consent(all.own, "g1", "grant", "withdraw");
  await all.copy.refresh();
  restore("e2");
  await all.copy.refresh();
  expect(all.copy.lost()).toEqual([]);
});
