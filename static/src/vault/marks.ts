/** The version of a row, and the digest of a view: docs/protocol.md, Pull. */

import { type Bytes, context, hex, unhex } from "./bytes";

export const NO_DIGEST = "00".repeat(16);

export function markKeyOf(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/** 16 bytes in hex. */
export async function markOf(markKey: CryptoKey, collection: string, key: string, body: Bytes): Promise<string> {
  const mac = await crypto.subtle.sign("HMAC", markKey, context(collection, key, body));
  return hex(new Uint8Array(mac, 0, 16));
}

/** The XOR of all marks, in hex. */
export function digestOf(marks: Iterable<string>): string {
  const folded = new Uint8Array(16);
  for (const mark of marks) {
    const bytes = unhex(mark);
    for (let at = 0; at < 16; at++) folded[at] = folded[at]! ^ bytes[at]!;
  }
  return hex(folded);
}
