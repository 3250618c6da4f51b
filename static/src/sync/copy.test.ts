import { expect, test } from "vitest";
import { PASSKEY, Phone, PIN } from "./testing/phone";
import { Server } from "./testing/server";
import { Shelf } from "./testing/shelf";

const CANARY = "kanariefugl";

function own(rows = 5): Shelf {
  const shelf = new Shelf("karen");
  for (let n = 0; n < rows; n++) shelf.put("medication", `k${n}`, { name: `${CANARY} ${n}` });
  return shelf;
}

test("set up, closed and opened cold without a net, it shows what the server had", async () => {
  const server = new Server(own());
  const phone = new Phone(server);
  const first = await phone.set();
  expect(first.sync().lastTry?.outcome).toBe("done");
  expect(first.rows("karen").get("medication")?.map((row) => row.key)).toEqual(["k0", "k1", "k2", "k3", "k4"]);

  server.isOut = true;
  const second = await phone.tab();
  expect(second.lock()).toMatchObject({ lock: "closed", ways: ["passkey"] });
  expect(second.rows("karen").size).toBe(0);
  expect(await second.unlock({ ...PASSKEY, output: new Uint8Array(32).fill(8) } as never)).toBe(false);
  expect(await second.unlock(PASSKEY)).toBe(true);
  expect(second.rows("karen").get("medication")?.[3]?.content).toEqual({ name: `${CANARY} 3` });
  expect(await phone.dump()).not.toContain(CANARY);
});

test("what changes comes as changes, and is told as news until it was seen", async () => {
  const shelf = own();
  const phone = new Phone(new Server(shelf));
  const copy = await phone.set();
  expect(copy.away()).toEqual([]);

  shelf.put("medication", "k1", { name: "changed" });
  shelf.remove("medication", "k2");
  shelf.put("medication", "k9", { name: "new" });
  expect(await copy.refresh()).toBe("done");

  const rows = copy.rows("karen").get("medication")!;
  expect(rows.map((row) => row.key)).toEqual(["k0", "k3", "k4", "k1", "k9"]);
  expect(copy.away().map((each) => [each.key, each.how]).sort()).toEqual([["k1", "changed"], ["k2", "removed"], ["k9", "new"]]);
  await copy.seen();
  expect(copy.away()).toEqual([]);
});

test("an act done without a net is kept, sent once, and shown by every tab", async () => {
  const shelf = own();
  const server = new Server(shelf);
  const phone = new Phone(server);
  const copy = await phone.set();
  server.isOut = true;
  await copy.act("karen", "dose:mark", { medication: "k1", said: "taken" });
  await copy.refresh();
  const cold = await phone.tab();
  await cold.unlock(PASSKEY);
  expect(cold.acts()).toMatchObject([{ mid: 1, name: "dose:mark", state: "waiting", args: { medication: "k1" } }]);

  server.isOut = false;
  // The answer that tells of it is lost: it goes again under its number.
  server.faults = ["lost"];
  await cold.refresh();
  expect(server.done.length).toBe(1);
  expect(await cold.refresh()).toBe("done");
  expect(server.done.length).toBe(1);
  expect(cold.acts()).toEqual([]);
  expect(cold.rows("karen").get("dose_mark")?.length).toBe(1);
  // What was done here is no news.
  expect(cold.away()).toEqual([]);
});

test("wrong codes are counted on the disk, and after five of them only a login helps", async () => {
  const server = new Server(own());
  const phone = new Phone(server);
  (await phone.set(PIN)).close();
  for (let tries = 4; tries >= 0; tries--) {
    const copy = await phone.tab();
    expect(await copy.unlock({ kind: "pin", pin: "000000" })).toBe(false);
    expect(copy.lock()).toMatchObject({ lock: "closed", triesLeft: tries });
  }
  const copy = await phone.tab();
  expect(await copy.unlock(PIN)).toBe(false);
  await copy.stamp("csrf");
  expect(await copy.unlock(PIN)).toBe(true);
  expect(copy.rows("karen").get("medication")?.length).toBe(5);
});

test("a refused act delays no other and stays until its person has put it away", async () => {
  const server = new Server(own());
  const copy = await new Phone(server).set();
  server.refuse = (act) => (act.args["n"] === 2 ? "stale" : null);
  server.isOut = true;
  for (const n of [1, 2, 3]) await copy.act("karen", "note:write", { n });
  await copy.refresh();
  server.isOut = false;
  await copy.refresh();
  expect(server.done.map((act) => act.args["n"])).toEqual([1, 3]);
  expect(copy.acts()).toMatchObject([{ mid: 2, state: "refused", code: "stale", args: { n: 2 } }]);
  await copy.putAway(2);
  expect(copy.acts()).toEqual([]);
});

test("one act that the server cannot read holds up nothing", async () => {
  const server = new Server(own());
  const copy = await new Phone(server).set();
  server.isOut = true;
  for (const n of [1, 2, 3]) await copy.act("karen", "note:write", { n });
  await copy.refresh();
  server.isOut = false;
  const fetch = server.fetch;
  const page = (copy as never as { page: { fetch: typeof fetch } }).page;
  page.fetch = async (path, request) => {
    const body = request.body instanceof Uint8Array ? new TextDecoder().decode(request.body) : "";
    return body.includes('"n":2') ? Response.json({ code: "invalid" }, { status: 422 }) : fetch(path, request);
  };
  await copy.refresh();
  expect(server.done.map((act) => act.args["n"]).sort()).toEqual([1, 3]);
  expect(copy.acts()).toMatchObject([{ mid: 2, state: "refused", code: "malformed" }]);
});

test("what was never sent is taken back for good, and what may have been sent by another act", async () => {
  const server = new Server(own());
  const copy = await new Phone(server).set();
  server.isOut = true;
  const first = await copy.act("karen", "dose:mark", { n: 1 });
  await copy.refresh();
  expect(await copy.takeBack(first.mid)).toBe(false);
  await copy.act("karen", "dose:undo", { of: first.mid });
  await copy.act("karen", "dose:mark", { n: 2, quantity: "1.5", unit: "pust" });
  await copy.refresh();
  server.isOut = false;
  await copy.refresh();
  expect(server.done.map((act) => [act.name, act.v])).toEqual([["dose:mark", 1], ["dose:undo", 2], ["dose:mark", 2]]);

  const phone = new Phone(server);
  const other = await phone.set();
  phone.server.isOut = true;
  // The worker or another tab is at it: nothing is sent from here meanwhile.
  let leave = (): void => undefined;
  const busy = phone.page().alone(() => new Promise<void>((resolve) => (leave = resolve)));
  const second = await other.act("karen", "dose:mark", { n: 2 });
  expect(await other.takeBack(second.mid)).toBe(true);
  expect(other.acts()).toEqual([]);
  leave();
  await busy;
});
