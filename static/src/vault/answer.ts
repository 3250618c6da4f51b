/** Opens what the server sealed to this device, and takes it only as the answer to the one request that waits for it. */

import { b64, type Bytes, context, sha256, textOf, unb64 } from "./bytes";
import { type DeviceKeys, openSealed } from "./device";
import { isSigned } from "./heads";

/** An answer that is not for this device, not for this request, not signed, or too large: nothing of it is kept. */
export class NotAccepted extends Error {
  override name = "NotAccepted";
}

/** Who asked: the keys that an answer is sealed to, and the key that signs the server's heads. */
export interface Asker {
  id: string;
  keys: DeviceKeys;
  serverKey: Bytes;
}

export interface Asked {
  path: string;
  nonce: Bytes;
  body: Bytes;
}

/** The head as it was signed; its form is looked at by who reads it. */
export interface Accepted {
  head: Record<string, unknown>;
  rows: Bytes;
}

/** Far above what a server sends (2,000 rows, 512 kB), and nothing that fills a phone. */
const MOST_CLEAR = 16 * 1024 * 1024;
const LINE_FEED = 10;

/** Throws NotAccepted for everything that is not the answer to this request. */
export async function accept(asker: Asker, asked: Asked, sealed: Bytes): Promise<Accepted> {
  try {
    return await read(asker, asked, sealed);
  } catch (error) {
    throw error instanceof NotAccepted ? error : new NotAccepted("not sealed for this request", { cause: error });
  }
}

async function read(asker: Asker, asked: Asked, sealed: Bytes): Promise<Accepted> {
  const { path, nonce, body } = asked;
  const info = context("naerblik/answer/v1", path, asker.id, nonce, await sha256(body));
  const padded = await openSealed(asker.keys, sealed, info);
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  const clear = await inflated(padded.subarray(4, 4 + length));
  const first = clear.indexOf(LINE_FEED);
  const second = clear.indexOf(LINE_FEED, first + 1);
  if (first < 0 || second < 0) throw new NotAccepted("no head");
  const line = clear.slice(0, first);
  const signature = unb64(textOf(clear.subarray(first + 1, second)));
  if (!(await isSigned(asker.serverKey, line, signature))) throw new NotAccepted("not signed by the server");
  const head = JSON.parse(textOf(line)) as Record<string, unknown>;
  const rows = clear.slice(second + 1);
  if (head["device"] !== asker.id || head["nonce"] !== b64(nonce)) throw new NotAccepted("not for this request");
  if ("rows_hash" in head && head["rows_hash"] !== b64(await sha256(rows))) throw new NotAccepted("not the rows of this head");
  return { head, rows };
}

async function inflated(deflated: Bytes): Promise<Bytes> {
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"));
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MOST_CLEAR) {
      await reader.cancel();
      throw new NotAccepted("too large");
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
