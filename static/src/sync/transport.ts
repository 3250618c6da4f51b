/** Signed questions of this device, and what came of them: docs/protocol.md, Signed requests. */

import { codeOf } from "../api/problem";
import type { DeviceRecord } from "../store/records";
import type { Store } from "../store/store";
import { accept, type Accepted, NotAccepted } from "../vault/answer";
import { b64, bigEndian, type Bytes, context, joined, random, sha256, utf8 } from "../vault/bytes";
import { sign } from "../vault/device";

/** What a browser gives: time, the net, and one lock for all tabs and the worker. Tests give their own. */
export interface Around {
  fetch: (path: string, request: RequestInit) => Promise<Response>;
  /** Milliseconds since 1970 by this device's clock, which may be wrong and may be set. */
  now: () => number;
  /** Milliseconds by a clock that nobody sets. */
  elapsed: () => number;
  alone: <T>(work: () => Promise<T>) => Promise<T>;
}

/** `problem`: the server said no. `unheard`: no answer, or none that is ours to take; it may have been done. */
export type Reply =
  | ({ kind: "answer" } & Accepted)
  | { kind: "problem"; status: number; code: string }
  | { kind: "unheard" };

export const PULL = "/api/v1/sync/pull";
export const PUSH = "/api/v1/sync/push";
const NEWS = "/api/v1/sync/news";
/** How long an answer is waited for, in milliseconds. Later it is not taken, however good. */
export const PATIENCE = 30_000;
/** How far the counter jumps when it was used: what lies here may come from a backup. */
const JUMP = 1_024;
const TRIES = 3;

/** Asks; once more with a higher counter when that one was used. */
export async function ask(around: Around, store: Store, path: string, said: unknown): Promise<Reply> {
  for (let tries = 1; ; tries++) {
    const reply = await askOnce(around, store, path, utf8(JSON.stringify(said)), tries === 1 ? 1 : JUMP);
    const wasUsed = reply.kind === "problem" && reply.code === "nonce_used";
    if (!wasUsed || tries === TRIES) return reply;
  }
}

async function askOnce(around: Around, store: Store, path: string, body: Bytes, step: number): Promise<Reply> {
  const device = await counted(store, step);
  if (device === null || device.keys === null) return { kind: "problem", status: 401, code: "device_unknown" };
  const nonce = joined([bigEndian(device.counter, 8), random(8)]);
  const signed = context("naerblik/request/v1", "POST", path, nonce, await sha256(body));
  const headers = {
    "Content-Type": "application/json",
    "Naerblik-Device": device.id,
    "Naerblik-Nonce": b64(nonce),
    "Naerblik-Signature": b64(await sign(device.keys, signed)),
  };
  const sealed = await heard(around, path, request(headers, body));
  if (!(sealed instanceof Uint8Array)) return sealed;
  const { id, keys, serverKey } = device;
  try {
    return { kind: "answer", ...(await accept({ id, keys, serverKey }, { path, nonce, body }, sealed)) };
  } catch (error) {
    if (error instanceof NotAccepted) return { kind: "unheard" };
    throw error;
  }
}

async function heard(around: Around, path: string, asked: RequestInit): Promise<Bytes | Exclude<Reply, { kind: "answer" }>> {
  const begun = around.elapsed();
  try {
    const response = await around.fetch(path, asked);
    if (response.status !== 200) return { kind: "problem", status: response.status, code: await codeOf(response) };
    const sealed = new Uint8Array(await response.arrayBuffer());
    return around.elapsed() - begun > PATIENCE ? { kind: "unheard" } : sealed;
  } catch (error) {
    if (isNet(error)) return { kind: "unheard" };
    throw error;
  }
}

/** Whether any copy may have something new; null when nobody answered. `tokens` are cursors. */
export async function hasNews(around: Around, tokens: readonly string[]): Promise<boolean | null> {
  try {
    const response = await around.fetch(NEWS, request({ "Content-Type": "text/plain" }, utf8(tokens.join("\n"))));
    return response.status === 204 ? false : response.status === 200 || response.status === 422 ? true : null;
  } catch (error) {
    if (isNet(error)) return null;
    throw error;
  }
}

/** The device with a counter that is on the disk as used before anything is signed with it. */
async function counted(store: Store, step: number): Promise<DeviceRecord | null> {
  let found: DeviceRecord | null = null;
  await store.commit({
    device: (now) => {
      found = now === null ? null : { ...now, counter: now.counter + step };
      return found;
    },
  });
  return found;
}

function request(headers: Record<string, string>, body: Bytes): RequestInit {
  const signal = AbortSignal.timeout(PATIENCE);
  return { method: "POST", headers, body, credentials: "omit", cache: "no-store", redirect: "error", signal };
}

function isNet(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof DOMException && ["TimeoutError", "AbortError", "NetworkError"].includes(error.name));
}
