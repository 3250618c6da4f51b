/** What is done while an answer is on its way that takes the copy which it is about. */

import { expect, test } from "vitest";
import type { LocalCopy } from "./copy";
import { shelf } from "./testing/agrees";
import { PASSKEY, Phone } from "./testing/phone";
import { Server } from "./testing/server";

/** Does something once, when a pull has been answered and the answer is not here yet. */
function duringPull(copy: LocalCopy, server: Server, work: () => Promise<unknown>): void {
  let isDone = false;
  const { page } = copy as never as { page: { fetch: typeof server.fetch } };
  page.fetch = async (path, request) => {
    const response = await server.fetch(path, request);
    if (!path.endsWith("/pull") || isDone) return response;
    isDone = true;
    await work();
    return response;
  };
}

test.each([false, true])("an act about a copy whose access has ended is told as refused; the tab that heard it was locked: %s", async (isLocked) => {
  const poul = shelf(4, "poul", "grant");
  const server = new Server(shelf(2), poul);
  const phone = new Phone(server);
  const copy = await phone.set();
  const other = await phone.tab();
  await other.unlock(PASSKEY);
  await other.refresh();
  if (isLocked) copy.close();
  poul.access = "ended";
  let done: Promise<unknown> = Promise.resolve();
  duringPull(copy, server, () => (done = other.act("poul", "dose:mark", { n: 1 })));

  await copy.refresh();
  await done;
  await other.refresh();
  expect(other.acts()).toMatchObject([{ name: "dose:mark", state: "refused", code: "not_allowed" }]);
  expect(other.waiting()).toBe(0);
  expect(other.spaces().map((space) => space.id)).toEqual(["karen"]);
});

test("an act on a device that was ended is told as lost", async () => {
  const server = new Server(shelf(2));
  const copy = await new Phone(server).set();
  server.end("device-1");
  duringPull(copy, server, () => copy.act("karen", "note:write", { text: "min note" }));

  expect(await copy.refresh()).toBe("ended");
  expect(copy.acts()).toMatchObject([{ name: "note:write", state: "refused", code: "device_ended" }]);
  expect(copy.waiting()).toBe(1);
});
