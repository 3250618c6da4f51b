/** What other tabs, and the worker, do with a key that they were given before the ways to it changed; acts that come too late. */

import "fake-indexeddb/auto";
import { afterEach, expect, test, vi } from "vitest";
import { Store } from "../store/store";
import { contact } from "./syncing";
import { shelf } from "./testing/agrees";
import { PASSKEY, Phone, PIN } from "./testing/phone";
import { Server } from "./testing/server";

const commit = Store.prototype.commit;

afterEach(() => {
  vi.restoreAllMocks();
});

test("once a PIN opens the copy, nobody fills it with what others lent, with whichever key they were given before", async () => {
  const poul = shelf(4, "poul", "grant");
  const server = new Server(shelf(2), poul);
  const phone = new Phone(server);
  const page = phone.page();
  const lent: unknown[] = [];
  vi.spyOn(phone, "page").mockReturnValue({ ...page, lend: (vault) => void lent.push(vault) });
  const copy = await phone.set(PASSKEY);
  const other = await phone.tab();
  await other.unlock(PASSKEY);
  await other.refresh();
  expect(copy.rows("poul").get("medication")?.length).toBe(4);

  // At once, and not only when the server is next heard.
  server.isOut = true;
  expect(await copy.addWay(PASSKEY, PIN)).toBe(true);
  expect([copy.rows("poul").size, (await Store.open().then((store) => store.pages("poul", 1))).length]).toEqual([0, 0]);
  server.isOut = false;
  await copy.refresh();
  expect(copy.rows("poul").size).toBe(0);
  expect(copy.rows("karen").size).toBe(1);
  poul.put("medication", "k9", { n: 9 });
  await other.refresh();
  expect(other.rows("poul").size).toBe(0);
  poul.put("medication", "k10", { n: 10 });
  const store = await Store.open();
  for (const vault of lent.filter((each) => each !== null)) {
    await contact({ around: page, store, vault: vault as never, sending: () => undefined, lost: () => undefined });
    expect(await store.pages("poul", (await store.read()).spaces.find((each) => each.id === "poul")!.fill)).toEqual([]);
  }
  store.close();
});

test.each([true, false])("what is done just when an access ends, with another one given since: %s, is told as not done", async (isGivenAgain) => {
  const poul = shelf(4, "poul", "grant");
  const phone = new Phone(new Server(shelf(2), poul));
  const copy = await phone.set();
  const other = await phone.tab();
  await other.unlock(PASSKEY);
  vi.spyOn(Store.prototype, "commit").mockImplementation(async function (this: Store, change) {
    if (!change.acts?.length || poul.access === "ended" || poul.gen !== "g1") return commit.call(this, change);
    poul.access = "ended";
    await other.refresh();
    if (isGivenAgain) [poul.access, poul.gen] = ["open", "g2"];
    await other.refresh();
    return commit.call(this, change);
  });

  await expect(copy.act("poul", "dose:mark", { n: 1 })).rejects.toThrow();
  await copy.refresh();
  expect([copy.acts(), copy.waiting()]).toEqual([[], 0]);
});
