/** How this device is taken in, renewed, and taken in again: docs/protocol.md, Device. In the person's session. */

import { codeOf } from "../api/problem";
import type { DeviceRecord } from "../store/records";
import { b64, type Bytes, context, unb64 } from "../vault/bytes";
import { type DeviceKeys, newKeys, openSealed, publicKeys, sign } from "../vault/device";
import { type Around, PATIENCE } from "./transport";

/** The server said no, or was not heard (status 0). `code` is the server's, or `unheard`. */
export class Refused extends Error {
  override name = "Refused";

  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

export type Enrolled = Pick<DeviceRecord, "id" | "keys" | "serverKey">;

/**
 * Makes keys, and shows the server that this device has them. `kept` is called with them before the server counts the
 * device as one that acts, so that an answer that is lost leaves no device behind that nobody has the keys of.
 */
export async function enrol(around: Around, name: string, csrf: string, kept: (enrolled: Enrolled) => Promise<void>): Promise<Enrolled> {
  const keys = await newKeys();
  const { seal, sign: signing } = await publicKeys(keys);
  const asked = { suite: keys.suite, seal_key: b64(seal), sign_key: b64(signing), name };
  const told = (await post(around, "/api/v1/devices", csrf, asked)) as { device: string; challenge: string; server_key: string };
  const enrolled = { id: told.device, keys, serverKey: unb64(told.server_key) };
  await kept(enrolled);
  await post(around, `/api/v1/devices/${told.device}/proof`, csrf, await proof(keys, told.device, unb64(told.challenge)));
  return enrolled;
}

/** Renews until when the device acts. Throws Refused with 404 when the server knows it no longer. */
export async function stamp(around: Around, device: DeviceRecord, csrf: string): Promise<void> {
  const signature = await sign(device.keys!, context("naerblik/stamp/v1", device.id, csrf));
  await post(around, `/api/v1/devices/${device.id}/stamp`, csrf, { signature: b64(signature) });
}

async function proof(keys: DeviceKeys, device: string, challenge: Bytes): Promise<{ opened: string; signature: string }> {
  const opened = await openSealed(keys, challenge, context("naerblik/challenge/v1", device));
  const signature = await sign(keys, context("naerblik/proof/v1", device, opened));
  return { opened: b64(opened), signature: b64(signature) };
}

async function post(around: Around, path: string, csrf: string, body: unknown): Promise<unknown> {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": csrf };
  const signal = AbortSignal.timeout(PATIENCE);
  const sent = { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin", cache: "no-store", signal } as const;
  let response: Response;
  try {
    response = await around.fetch(path, sent);
  } catch {
    throw new Refused(0, "unheard");
  }
  if (!response.ok) throw new Refused(response.status, await codeOf(response));
  return response.json();
}
