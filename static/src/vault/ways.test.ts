import { expect, test } from "vitest";
import { context, random, sha256, utf8 } from "./bytes";
import { keyOf, open, seal } from "./envelope";
import { newVaultKey, openWay, type Shown, type Stretch, wayFor, wayOf, WeakPasskey } from "./ways";

const stretch: Stretch = (pin, salt) => sha256(context(utf8(pin), salt));
const passkey = (fill: number): Shown => ({ kind: "passkey", credential: new Uint8Array([fill]), output: new Uint8Array(32).fill(fill) });

test("each way opens the vault, and nothing else does", async () => {
  const raw = newVaultKey();
  const shown: Shown[] = [passkey(1), { kind: "pin", pin: "123456" }];
  for (const each of shown) {
    const way = await wayFor(each, raw, "v", stretch);
    expect(await openWay(way, each, "v", stretch)).toEqual(raw);
    // Another store's way, another secret, another kind.
    expect(await openWay(way, each, "w", stretch)).toBeNull();
    expect(await openWay(way, passkey(2), "v", stretch)).toBeNull();
    expect(await openWay(way, { kind: "pin", pin: "123457" }, "v", stretch)).toBeNull();
  }
});

test("a passkey that gives nothing is refused", async () => {
  await expect(wayFor(passkey(0), newVaultKey(), "v", stretch)).rejects.toBeInstanceOf(WeakPasskey);
});

test("what is no PIN of six digits is none", async () => {
  for (const pin of ["", "12345", "1234567", "12345a", "１２３４５６"]) {
    await expect(wayFor({ kind: "pin", pin }, newVaultKey(), "v", stretch)).rejects.toThrow(RangeError);
  }
});

test("the way is that of the passkey that was shown", async () => {
  const ways = await Promise.all([passkey(1), passkey(2)].map((each) => wayFor(each, newVaultKey(), "v", stretch)));
  expect(wayOf(ways, passkey(2))).toBe(ways[1]);
  expect(wayOf(ways, passkey(3))).toBeUndefined();
});

test("what is sealed opens for its purpose only, and never twice looks alike", async () => {
  const key = await keyOf(random(32));
  const [one, other] = await Promise.all([seal(key, context("a"), utf8("x")), seal(key, context("a"), utf8("x"))]);
  expect(one).not.toEqual(other);
  expect(await open(key, context("a"), one)).toEqual(utf8("x"));
  await expect(open(key, context("b"), one)).rejects.toThrow();
  await expect(open(await keyOf(random(32)), context("a"), one)).rejects.toThrow();
});
