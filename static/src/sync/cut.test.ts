import { afterEach, describe, expect, test, vi } from "vitest";
import { Store } from "../store/store";
import type { LocalCopy } from "./copy";
import { agrees, shelf } from "./testing/agrees";
import { PASSKEY, Phone } from "./testing/phone";
import { Server } from "./testing/server";

const { commit, markSent } = Store.prototype;

afterEach(() => {
  vi.restoreAllMocks();
});

describe("cut off after any write, a copy is whole when it is opened again, and comes to the end", () => {
  /** Everything that a phone does, with the page killed after its nth write; gives whether it came to the end. */
  async function lives(cut: number): Promise<boolean> {
    const own = shelf(7);
    const server = new Server(own);
    server.pageSize = 3;
    const phone = new Phone(server);
    let writes = 0;
    const written = (): void => {
      if (++writes === cut) throw new Error("cut");
    };
    vi.spyOn(Store.prototype, "commit").mockImplementation(async function (this: Store, change) {
      const done = await commit.call(this, change);
      written();
      return done;
    });
    vi.spyOn(Store.prototype, "markSent").mockImplementation(async function (this: Store, mids) {
      await markSent.call(this, mids);
      written();
    });
    const steps: ((copy: LocalCopy) => Promise<unknown>)[] = [
      (copy) => (copy.lock().lock === "none" ? copy.setUp(PASSKEY, "Min telefon", "csrf") : copy.unlock(PASSKEY).then(() => copy.refresh())),
      (copy) => copy.act("karen", "dose:mark", { n: 1 }).then(() => copy.refresh()),
      async (copy) => {
        own.put("medication", "k1", { n: "other" });
        own.gen = "g2";
        await copy.refresh();
      },
    ];
    let copy = await phone.tab();
    let isCut = false;
    for (const step of steps) {
      try {
        await step(copy);
      } catch (error) {
        expect(String(error)).toContain("cut");
        isCut = true;
        copy = await phone.tab();
        if (copy.lock().lock === "none") await copy.setUp(PASSKEY, "Min telefon", "csrf");
        else expect(await copy.unlock(PASSKEY)).toBe(true);
        await copy.refresh();
      }
    }
    vi.restoreAllMocks();
    for (let more = 0; more < 3; more++) await copy.refresh();
    agrees(copy, own);
    // Whoever was told that the act is kept finds it done, once.
    expect(server.done.length).toBeLessThanOrEqual(1);
    if (!isCut) expect(server.done.length).toBe(1);
    expect(copy.acts()).toEqual([]);
    return !isCut;
  }

  test("every write", { timeout: 120_000 }, async () => {
    let cut = 1;
    while (!(await lives(cut))) cut++;
    expect(cut).toBeGreaterThan(20);
  });
});
