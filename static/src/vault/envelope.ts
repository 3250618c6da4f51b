/** Sealing at rest on this device: AES-256-GCM, a random nonce before it, and always what the bytes are for as AAD. */

import { type Bytes, joined, random } from "./bytes";

const NONCE = 12;

/** A key that seals and opens and cannot be read by any script. `raw`: 32 bytes, which the caller forgets. */
export function keyOf(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function seal(key: CryptoKey, purpose: Bytes, clear: Bytes): Promise<Bytes> {
  const iv = random(NONCE);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: purpose }, key, clear);
  return joined([iv, new Uint8Array(sealed)]);
}

/** Throws an OperationError for another key, another purpose, or one flipped bit. */
export async function open(key: CryptoKey, purpose: Bytes, sealed: Bytes): Promise<Bytes> {
  const iv = sealed.subarray(0, NONCE);
  const clear = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: purpose }, key, sealed.subarray(NONCE));
  return new Uint8Array(clear);
}
