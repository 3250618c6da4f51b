import { expect, test } from "vitest";
import { shelf } from "./testing/agrees";
import { Phone } from "./testing/phone";
import { Server } from "./testing/server";
import { Shelf } from "./testing/shelf";

const mark = (n: number): Record<string, unknown> => ({ n });

async function withLent(): Promise<{ server: Server; own: Shelf; lent: Shelf; copy: Awaited<ReturnType<Phone["set"]>> }> {
  const [own, lent] = [shelf(2), new Shelf("henrik", "grant")];
  const server = new Server(own, lent);
  const copy = await new Phone(server).set();
  return { server, own, lent, copy };
}

test("the newest acknowledged act is named in every pull and push, also after a pull was shown it", async () => {
  const { server, copy } = await withLent();
  await copy.act("karen", "dose:mark", mark(1));
  await copy.refresh();
  await copy.refresh();
  await copy.act("karen", "dose:mark", mark(2));
  await copy.refresh();
  expect(server.asked.at(-1)?.spaces.find((each) => each.space === "karen")?.acked).toBe("acked 2");
  expect(server.named.at(-1)).toEqual([expect.stringContaining("|karen|"), "acked 1"]);
});

test("acts about a shelf that a restore closed wait, hold up neither others nor what is confirmed, and go when it opens", async () => {
  const { server, lent, copy } = await withLent();
  lent.access = "closed";
  await copy.act("henrik", "dose:mark", mark(1));
  await copy.act("karen", "dose:mark", mark(2));
  expect(await copy.refresh()).toBe("done");
  expect(server.done.map((act) => act.mid)).toEqual([2]);
  expect(copy.acts()).toMatchObject([{ mid: 1, state: "waiting" }]);
  expect(copy.spaces().find((each) => each.id === "henrik")?.lockedBy).toBe("closed");
  expect(server.asked.at(-1)).toMatchObject({ confirmed: 2, queued: 0 });

  lent.access = "open";
  expect(await copy.refresh()).toBe("done");
  expect(server.done.map((act) => act.mid)).toEqual([2, 1]);
  expect(copy.acts()).toEqual([]);
});

test("what was acknowledged about somebody goes once more before their copy does, and its person is told when it is lost", async () => {
  const { server, lent, copy } = await withLent();
  await copy.act("henrik", "dose:mark", mark(1));
  await copy.refresh();
  expect(copy.acts()).toEqual([]);
  // The backup is older than the act and than the access.
  server.devices.get("device-1")!.outcomes.clear();
  lent.access = "ended";
  expect(await copy.refresh()).toBe("done");
  expect(copy.spaces().map((each) => each.id)).toEqual(["karen"]);
  expect(copy.acts()).toMatchObject([{ mid: 1, state: "refused", code: "not_allowed" }]);
  expect(server.devices.get("device-1")!.wiped).toEqual([{ space: "henrik", gen: "g1" }]);
});

test("what a restore takes from sight is no news where it is sent again, and is where somebody else had done it", async () => {
  const { server, own, copy } = await withLent();
  await copy.act("karen", "dose:mark", mark(1));
  own.put("dose_mark", "m1", mark(1));
  own.put("appointment", "a1", { starts: "2026-03-02" });
  await copy.refresh();
  await copy.refresh();
  await copy.seen();
  own.remove("dose_mark", "m1");
  own.remove("appointment", "a1");
  own.epoch = "e2";
  server.devices.get("device-1")!.outcomes.clear();
  expect(await copy.refresh()).toBe("done");
  expect(server.done.map((act) => act.mid)).toEqual([1, 1]);
  expect(copy.away()).toMatchObject([{ collection: "appointment", key: "a1", how: "removed" }]);
});
