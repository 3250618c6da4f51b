/** The known answers of docs/protocol.md, which tests/sync/test_vectors.py reads too. */

import { describe, expect, test } from "vitest";
import vectors from "../../../tests/cases/sync_vectors.json";
import { accept, NotAccepted } from "./answer";
import { type Bytes, context, hex, textOf, unb64, unhex, utf8 } from "./bytes";
import { type DeviceKeys, keysOf, sign } from "./device";
import { verifySlowly } from "./heads";
import { digestOf, markKeyOf, markOf } from "./marks";

type Answer = (typeof vectors.answers)[number];

const SEALING = { x25519: { name: "X25519" }, p256: { name: "ECDH", namedCurve: "P-256" } } as const;
const SIGNING = { x25519: "Ed25519", p256: { name: "ECDSA", namedCurve: "P-256" } } as const;
const SIGNATURE = { x25519: "Ed25519", p256: { name: "ECDSA", hash: "SHA-256" } } as const;

async function keysFrom(answer: Answer): Promise<DeviceKeys> {
  const suite = answer.suite as "x25519" | "p256";
  const privateKey = await crypto.subtle.importKey("pkcs8", unb64(answer.seal_private), SEALING[suite], false, ["deriveBits"]);
  const publicKey = await crypto.subtle.importKey("raw", unb64(answer.seal_public), SEALING[suite], true, []);
  return { suite, seal: { privateKey, publicKey }, sign: (await keysOf(suite)).sign };
}

test("contexts", () => {
  for (const { parts, hex: expected } of vectors.contexts) expect(hex(context(...parts))).toBe(expected);
});

test("marks and their digest", async () => {
  const key = await markKeyOf(unb64(vectors.view.mark_key));
  const marks = await Promise.all(vectors.view.rows.map((row) => markOf(key, row.collection, row.key, utf8(row.body))));
  expect(marks).toEqual(vectors.view.rows.map((row) => row.mark));
  expect(digestOf(marks)).toBe(vectors.view.digest);
});

describe.each(vectors.answers)("$suite", (answer) => {
  const asked = { path: answer.path, nonce: unb64(answer.nonce), body: utf8(answer.request) };
  const asker = async () => ({ id: answer.device, keys: await keysFrom(answer), serverKey: unb64(answer.server_key) });

  test("an answer opens for its request", async () => {
    const { head, rows } = await accept(await asker(), asked, unb64(answer.sealed));
    expect(head).toEqual(answer.head);
    expect(textOf(rows)).toBe(answer.rows);
  });

  test("and for no other, nor with one flipped bit, nor under another server's key", async () => {
    const sealed = unb64(answer.sealed);
    const flipped = sealed.slice();
    flipped[flipped.length - 1]! ^= 1;
    const me = await asker();
    const wrong: [typeof me, typeof asked, Bytes][] = [
      [me, asked, flipped],
      [me, { ...asked, path: "/api/v1/sync/push" }, sealed],
      [me, { ...asked, nonce: new Uint8Array(16) }, sealed],
      [me, { ...asked, body: utf8(`${answer.request} `) }, sealed],
      [{ ...me, id: "enhed-2" }, asked, sealed],
      [{ ...me, serverKey: unb64(vectors.answers.find((each) => each !== answer)!.server_key) }, asked, sealed],
      [me, asked, sealed.slice(0, 20)],
    ];
    for (const [one, question, bytes] of wrong) await expect(accept(one, question, bytes)).rejects.toBeInstanceOf(NotAccepted);
  });

  test("its requests are signed as the server checks them", async () => {
    const suite = answer.suite as "x25519" | "p256";
    const key = await crypto.subtle.importKey("raw", unb64(answer.sign_public), SIGNING[suite], true, ["verify"]);
    expect(await crypto.subtle.verify(SIGNATURE[suite], key, unb64(answer.request_signature), unhex(answer.signed))).toBe(true);
    const mine = await keysOf(suite);
    const signature = await sign(mine, unhex(answer.signed));
    expect(signature.length).toBe(64);
    expect(await crypto.subtle.verify(SIGNATURE[suite], mine.sign.publicKey, signature, unhex(answer.signed))).toBe(true);
  });
});

test("a browser without Ed25519 sees the same signatures as right and wrong", async () => {
  const pair = (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
  const key = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, utf8("et hoved")));
  expect(await verifySlowly(key, utf8("et hoved"), signature)).toBe(true);
  expect(await verifySlowly(key, utf8("et andet"), signature)).toBe(false);
  expect(await verifySlowly(key, utf8("et hoved"), signature.slice(1))).toBe(false);
});
