import { afterEach, expect, test, vi } from "vitest";
import { Store } from "../store/store";
import { agrees, shelf } from "./testing/agrees";
import { PASSKEY, Phone, PIN } from "./testing/phone";
import { Server } from "./testing/server";

const DAY = 24 * 3_600_000;
const commit = Store.prototype.commit;

afterEach(() => {
  vi.restoreAllMocks();
});

test("a snapshot in pages is read whole or not at all", async () => {
  const own = shelf(10);
  const server = new Server(own);
  server.pageSize = 3;
  const phone = new Phone(server);
  const copy = await phone.set();
  agrees(copy, own);
  own.gen = "g2";
  own.put("medication", "k11", { n: 11 });
  // The second page does not arrive: what is read is what was whole before.
  const fetch = server.fetch;
  let pulls = 0;
  (copy as never as { page: { fetch: typeof fetch } }).page.fetch = (path, request) => {
    if (path.endsWith("/pull") && ++pulls === 2) return Promise.reject(new TypeError("Failed to fetch"));
    return fetch(path, request);
  };
  expect(await copy.refresh()).toBe("unreachable");
  expect(copy.rows("karen").get("medication")?.length).toBe(10);
  expect(await copy.refresh()).toBe("done");
  agrees(copy, own);
  // It went on where it had stopped.
  expect(server.asked.filter((each) => each.spaces[0]?.cursor?.endsWith("|3")).length).toBe(2);
});

test("an answer with one flipped bit, or for another question, changes nothing", async () => {
  const own = shelf(3);
  const server = new Server(own);
  const phone = new Phone(server);
  const copy = await phone.set();
  own.put("medication", "k9", { n: 9 });
  server.faults = ["spoiled"];
  expect(await copy.refresh()).toBe("unreachable");
  expect(copy.rows("karen").get("medication")?.length).toBe(3);

  // An answer that was recorded is given again.
  const fetch = server.fetch;
  const page = (copy as never as { page: { fetch: typeof fetch } }).page;
  let recorded: ArrayBuffer | null = null;
  page.fetch = async (path, request) => {
    const response = await fetch(path, request);
    recorded = await response.clone().arrayBuffer();
    return response;
  };
  await copy.refresh();
  page.fetch = async () => new Response(recorded);
  own.put("medication", "k10", { n: 10 });
  expect(await copy.refresh()).toBe("unreachable");
  expect(copy.rows("karen").get("medication")?.length).toBe(4);
});

test("when an access ends, what was done goes first, and then nothing of the other's is left", async () => {
  const own = shelf(2);
  const father = shelf(4, "poul", "grant");
  const server = new Server(own, father);
  const phone = new Phone(server);
  const copy = await phone.set();
  expect(copy.rows("poul").get("medication")?.length).toBe(4);
  server.isOut = true;
  await copy.act("poul", "dose:mark", { secret: "hemmelig" });
  await copy.refresh();
  server.isOut = false;
  father.access = "ended";
  expect(await copy.refresh()).toBe("done");
  expect(copy.spaces().map((space) => space.id)).toEqual(["karen"]);
  expect(copy.acts()).toMatchObject([{ mid: 1, name: "dose:mark", state: "refused", code: "not_allowed", args: {} }]);
  expect([...server.devices.values()][0]!.wiped).toEqual([{ space: "poul", gen: "g1" }]);
  expect(await phone.dump()).not.toContain('"space":"poul","fill"');
  // Given again, it is there again.
  father.access = "open";
  await copy.refresh();
  agrees(copy, father);
});

test("with the vault locked, an access that ended, and about which nothing was done, goes all the same", async () => {
  const father = shelf(4, "poul", "grant");
  const server = new Server(shelf(2), father);
  const phone = new Phone(server);
  const copy = await phone.set();
  copy.close();
  father.access = "ended";
  expect(await copy.refresh()).toBe("locked");
  expect(copy.spaces().map((space) => space.id)).toEqual(["karen"]);
  expect([...server.devices.values()][0]!.wiped.length).toBe(1);
});

test("behind a PIN alone, a copy of somebody else's is not kept", async () => {
  const server = new Server(shelf(2), shelf(4, "poul", "grant"));
  const copy = await new Phone(server).set(PIN);
  expect(copy.spaces().map((space) => [space.id, space.offline])).toEqual([["karen", true], ["poul", false]]);
  expect(copy.rows("poul").size).toBe(0);
  await copy.refresh();
  // It is not told again and again for that.
  expect(server.asked.at(-1)?.spaces.find((each) => each.space === "poul")?.cursor).not.toBeNull();
});

test("an ended device empties itself, confirms it, and says what it had not sent", async () => {
  const server = new Server(shelf(2));
  const phone = new Phone(server);
  const copy = await phone.set();
  server.isOut = true;
  await copy.act("karen", "note:write", { text: "min note" });
  await copy.refresh();
  server.isOut = false;
  server.end("device-1");
  expect(await copy.refresh()).toBe("ended");
  expect(copy.lock()).toEqual({ lock: "ended" });
  expect(copy.acts()).toMatchObject([{ name: "note:write", state: "refused", code: "device_ended" }]);
  expect(server.devices.get("device-1")!.wiped).toEqual([{ space: "karen", gen: "g1" }]);
  expect(server.asked.at(-1)?.spaces).toEqual([]);
  const cold = await phone.tab();
  expect(cold.lock()).toEqual({ lock: "ended" });
  await cold.setUp(PASSKEY, "Igen", "csrf");
  expect(cold.rows("karen").get("medication")?.length).toBe(2);
});

test("after a restore the journal goes again, and a copy that it closed is not read", async () => {
  const own = shelf(2);
  const server = new Server(own);
  const phone = new Phone(server);
  const copy = await phone.set();
  await copy.act("karen", "dose:mark", { n: 1 });
  await copy.refresh();
  expect(server.done.length).toBe(1);
  // The backup is older than the act.
  own.remove("dose_mark", "m1");
  own.epoch = "e2";
  server.devices.get("device-1")!.outcomes.clear();
  expect(await copy.refresh()).toBe("done");
  expect(server.done.length).toBe(2);
  agrees(copy, own);
  own.access = "closed";
  await copy.refresh();
  expect(copy.spaces()[0]?.lockedBy).toBe("closed");
  expect(copy.rows("karen").size).toBe(0);
});

test("a lease that is over, and a clock that went back, lock until the next contact", async () => {
  const server = new Server(shelf(2));
  const phone = new Phone(server);
  const copy = await phone.set();
  server.isOut = true;
  phone.local += 8 * DAY;
  await copy.look();
  expect(copy.spaces()[0]?.lockedBy).toBe("lease");
  expect(copy.rows("karen").size).toBe(0);
  phone.local -= 7 * DAY;
  await copy.look();
  expect(copy.spaces()[0]?.lockedBy).toBe("clock");
  server.isOut = false;
  await copy.look();
  expect(copy.spaces()[0]?.lockedBy).toBeNull();
});

test("several tabs that send at once have an act in flight once", async () => {
  const server = new Server(shelf(2));
  const phone = new Phone(server);
  const first = await phone.set();
  const others = await Promise.all([phone.tab(), phone.tab()]);
  for (const tab of others) await tab.unlock(PASSKEY);
  server.mostAtOnce = 0;
  await Promise.all([first, ...others].map((tab, n) => tab.act("karen", "note:write", { n })));
  await Promise.all([first, ...others].map((tab) => tab.refresh()));
  expect(server.done.length).toBe(3);
  expect(server.mostAtOnce).toBe(1);
});

test("a page of the store that was spoiled is fetched anew", async () => {
  const own = shelf(3);
  const server = new Server(own);
  const phone = new Phone(server);
  await phone.set();
  const store = await Store.open();
  const [page] = await store.pages("karen", 1);
  page!.sealed[20]! ^= 1;
  await store.commit({ pages: [page!] });
  const copy = await phone.tab();
  await copy.unlock(PASSKEY);
  await copy.refresh();
  agrees(copy, own);
});

test("a full disk is told, and changes nothing", async () => {
  const own = shelf(3);
  const copy = await new Phone(new Server(own)).set();
  own.put("medication", "k9", { n: 9 });
  const spy = vi.spyOn(Store.prototype, "commit").mockImplementation(function (this: Store, change) {
    if (change.pages?.length) return Promise.reject(new DOMException("full", "QuotaExceededError"));
    return commit.call(this, change);
  });
  expect(await copy.refresh()).toBe("no_room");
  expect(copy.rows("karen").get("medication")?.length).toBe(3);
  spy.mockRestore();
  expect(await copy.refresh()).toBe("done");
});

test("a device that the server forgot is taken in again with all that it holds", async () => {
  const server = new Server(shelf(2));
  const copy = await new Phone(server).set();
  server.isOut = true;
  await copy.act("karen", "note:write", { n: 1 });
  await copy.refresh();
  server.isOut = false;
  server.devices.delete("device-1");
  expect(await copy.refresh()).toBe("login");
  await copy.stamp("csrf");
  expect(await copy.refresh()).toBe("done");
  expect(server.done.length).toBe(1);
});
