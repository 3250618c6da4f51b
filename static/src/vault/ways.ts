/**
 * The vault key, and the ways to it. It is random and made once; each way holds it sealed under a key that only a
 * passkey or a PIN gives. Whoever has the vault key opens the keys of the spaces, and with them the copies.
 */

import { type Bytes, context, random, utf8 } from "./bytes";
import { keyOf, open, seal } from "./envelope";

/** What a person shows to open the vault: 32 bytes that their passkey gave (WebAuthn PRF), or a PIN. */
export type Shown = { kind: "passkey"; credential: Uint8Array; output: Uint8Array } | { kind: "pin"; pin: string };

/** A way as it lies on the device. `credential`: whose passkey, null for a PIN. */
export interface WayRecord {
  kind: "passkey" | "pin";
  credential: Bytes | null;
  salt: Bytes;
  sealed: Bytes;
}

/** Stretches a PIN to 32 bytes: Argon2id, 64 MiB, 3 passes (RFC 9106), in a worker since it takes half a second. */
export type Stretch = (pin: string, salt: Bytes) => Promise<Bytes>;

/** A passkey that gives nothing (all zeros, as some authenticators do when they should say no) protects nothing. */
export class WeakPasskey extends Error {
  override name = "WeakPasskey";
}

const SALT = 16;
const PIN = /^[0-9]{6}$/;

/** A new vault key: raw, to be sealed under ways and then forgotten. */
export function newVaultKey(): Bytes {
  return random(32);
}

/** Seals the vault key so that what was shown opens it. Throws a RangeError for what is no PIN. */
export async function wayFor(shown: Shown, raw: Bytes, device: string, stretch: Stretch): Promise<WayRecord> {
  if (shown.kind === "pin" && !PIN.test(shown.pin)) throw new RangeError("A PIN has six digits.");
  const salt = random(SALT);
  const key = await keyFrom(shown, salt, device, stretch);
  const credential = shown.kind === "passkey" ? new Uint8Array(shown.credential) : null;
  return { kind: shown.kind, credential, salt, sealed: await seal(key, purposeOf(shown.kind, device), raw) };
}

/** The raw vault key, or null when what was shown is not right. */
export async function openWay(way: WayRecord, shown: Shown, device: string, stretch: Stretch): Promise<Bytes | null> {
  if (way.kind !== shown.kind) return null;
  const key = await keyFrom(shown, way.salt, device, stretch);
  try {
    return await open(key, purposeOf(way.kind, device), way.sealed);
  } catch {
    return null;
  }
}

/** The way that what was shown belongs to, if there is one. */
export function wayOf(ways: readonly WayRecord[], shown: Shown): WayRecord | undefined {
  if (shown.kind === "pin") return ways.find((way) => way.kind === "pin");
  return ways.find((way) => way.credential !== null && isSame(way.credential, shown.credential));
}

async function keyFrom(shown: Shown, salt: Bytes, device: string, stretch: Stretch): Promise<CryptoKey> {
  const secret = shown.kind === "pin" ? await stretch(shown.pin, salt) : new Uint8Array(shown.output);
  if (secret.length !== 32 || secret.every((byte) => byte === 0)) throw new WeakPasskey("The passkey gave no secret.");
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const info = context("naerblik/way/v1", shown.kind, device);
  const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, material, 256);
  return keyOf(new Uint8Array(bits));
}

function purposeOf(kind: string, device: string): Bytes {
  return context("naerblik/vault-key/v1", kind, utf8(device));
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
