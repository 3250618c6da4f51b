/** An access that ends while the vault is locked: its rows go at once, and what was done about it is not lost unseen. */

import { expect, test } from "vitest";
import { Store } from "../store/store";
import type { LocalCopy } from "./copy";
import { agrees, shelf } from "./testing/agrees";
import { PASSKEY, Phone } from "./testing/phone";
import { Server } from "./testing/server";
import type { Shelf } from "./testing/shelf";

async function withFather(): Promise<{ phone: Phone; server: Server; father: Shelf; copy: LocalCopy }> {
  const father = shelf(4, "poul", "grant");
  const server = new Server(shelf(2), father);
  const phone = new Phone(server);
  return { phone, server, father, copy: await phone.set() };
}

test("what was not sent waits sealed for the next unlock, is offered then, and its person told; its rows have gone", async () => {
  const { phone, server, father, copy } = await withFather();
  server.isOut = true;
  await copy.act("poul", "dose:mark", { n: 1 });
  await copy.refresh();
  server.isOut = false;
  copy.close();
  father.access = "ended";
  for (let contacts = 0; contacts < 2; contacts++) {
    expect(await copy.refresh()).toBe("locked");
    expect(copy.spaces().find((space) => space.id === "poul")).toMatchObject({ lockedBy: "closed", offline: false });
    expect(await phone.dump()).not.toContain('"space":"poul","fill"');
    expect(copy.waiting()).toBe(1);
    expect(server.devices.get("device-1")!.wiped).toEqual([]);
  }

  const later = await phone.tab();
  await later.unlock(PASSKEY);
  expect(await later.refresh()).toBe("done");
  expect(server.done).toEqual([]);
  expect(later.acts()).toMatchObject([{ mid: 1, name: "dose:mark", state: "refused", code: "not_allowed" }]);
  expect(later.spaces().map((space) => space.id)).toEqual(["karen"]);
  expect(server.devices.get("device-1")!.wiped).toEqual([{ space: "poul", gen: "g1" }]);
});

test("what was acknowledged is offered once more too: a restore may have lost it together with the access", async () => {
  const { server, father, copy } = await withFather();
  await copy.act("poul", "dose:mark", { n: 1 });
  await copy.refresh();
  expect(copy.acts()).toEqual([]);
  copy.close();
  server.devices.get("device-1")!.outcomes.clear();
  father.access = "ended";
  expect(await copy.refresh()).toBe("locked");
  // It had been sent: the lock's screen does not count it as waiting.
  expect(copy.waiting()).toBe(0);
  await copy.unlock(PASSKEY);
  expect(await copy.refresh()).toBe("done");
  expect(copy.acts()).toMatchObject([{ mid: 1, state: "refused", code: "not_allowed" }]);
  expect(server.devices.get("device-1")!.wiped.length).toBe(1);
});

test("what the server still knows is answered from memory, and nothing is told", async () => {
  const { server, father, copy } = await withFather();
  await copy.act("poul", "dose:mark", { n: 1 });
  await copy.refresh();
  copy.close();
  father.access = "ended";
  await copy.refresh();
  await copy.unlock(PASSKEY);
  expect(await copy.refresh()).toBe("done");
  expect(server.done.length).toBe(1);
  expect(copy.acts()).toEqual([]);
  expect(copy.spaces().map((space) => space.id)).toEqual(["karen"]);
});

test("given again before the unlock, it is filled anew, and what waited is done once", async () => {
  const { server, father, copy } = await withFather();
  server.isOut = true;
  await copy.act("poul", "dose:mark", { n: 1 });
  await copy.refresh();
  server.isOut = false;
  copy.close();
  father.access = "ended";
  await copy.refresh();
  father.access = "open";
  await copy.unlock(PASSKEY);
  expect(await copy.refresh()).toBe("done");
  expect(server.done.length).toBe(1);
  expect(copy.acts()).toEqual([]);
  agrees(copy, father);
});

test("a device that is ended while it is locked says how much it had not sent, though not what, also when opened later", async () => {
  const { phone, server, copy } = await withFather();
  server.isOut = true;
  for (const n of [1, 2]) await copy.act("karen", "note:write", { n });
  await copy.refresh();
  server.isOut = false;
  copy.close();
  server.end("device-1");
  expect(await copy.refresh()).toBe("ended");
  for (const tab of [copy, await phone.tab()]) {
    expect(tab.lock()).toEqual({ lock: "ended" });
    expect(tab.acts()).toEqual([]);
    expect(tab.waiting()).toBe(2);
  }
  await copy.wipe();
  expect(copy.waiting()).toBe(0);
});

test("an act whose bytes were spoiled holds up no pull and no wipe", async () => {
  const { server, father, copy } = await withFather();
  await copy.act("poul", "dose:mark", { n: 1 });
  await copy.refresh();
  server.isOut = true;
  await copy.act("poul", "dose:mark", { n: 2 });
  await copy.refresh();
  const store = await Store.open();
  const { acts } = await store.read();
  await store.commit({ acts: acts.map((act) => ({ ...act, sealed: act.sealed.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) })) });
  store.close();
  server.isOut = false;
  expect(await copy.refresh()).toBe("done");
  expect(copy.acts()).toMatchObject([{ mid: 2, state: "refused", code: "unreadable" }]);
  father.access = "ended";
  expect(await copy.refresh()).toBe("done");
  expect(copy.spaces().map((space) => space.id)).toEqual(["karen"]);
  expect(copy.acts().map((act) => act.mid)).toContain(2);
});
