/** The server's signature over the head of an answer: Ed25519, whichever suite the device has. */

import { type Bytes, context, joined } from "./bytes";

/** Whether the server with this key signed this line. Never throws. */
export async function isSigned(serverKey: Bytes, line: Bytes, signature: Bytes): Promise<boolean> {
  const content = context("naerblik/head/v1", line);
  try {
    const key = await crypto.subtle.importKey("raw", serverKey, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, signature, content);
  } catch (error) {
    if (!isMissing(error)) return false;
  }
  return verifySlowly(serverKey, content, signature);
}

function isMissing(error: unknown): boolean {
  return error instanceof DOMException && error.name === "NotSupportedError";
}

/** For a browser without Ed25519. */
export async function verifySlowly(serverKey: Bytes, content: Bytes, signature: Bytes): Promise<boolean> {
  const { verifyAsync } = await import("@noble/ed25519");
  try {
    return await verifyAsync(joined([signature]), content, serverKey, { zip215: false });
  } catch {
    return false;
  }
}
