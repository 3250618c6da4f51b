/** Passkeys that give a secret (WebAuthn with the PRF extension), so that a finger or a face opens the copy. */

import type { Way } from "../sync/port";

/** What the secret is for: the same input always gives the same 32 bytes of one passkey. */
const INPUT = new TextEncoder().encode("naerblik/vault/v1");
const PATIENCE = 120_000;

type Results = { prf?: { enabled?: boolean; results?: { first?: BufferSource } } };

/** Whether this device may have what it takes; only making one tells for sure. */
export async function mayHavePasskey(): Promise<boolean> {
  if (typeof PublicKeyCredential === "undefined") return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

/** Makes a passkey and asks for its secret. Null when the person said no, or when it gives none. */
export async function makePasskey(name: string): Promise<Way | null> {
  try {
    const made = (await navigator.credentials.create({
      publicKey: {
        rp: { name: "Nærblik" },
        user: { id: crypto.getRandomValues(new Uint8Array(16)), name, displayName: name },
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        pubKeyCredParams: [
          { type: "public-key", alg: -7 },
          { type: "public-key", alg: -257 },
        ],
        authenticatorSelection: { authenticatorAttachment: "platform", residentKey: "preferred", userVerification: "required" },
        timeout: PATIENCE,
        extensions: { prf: { eval: { first: INPUT } } },
      },
    })) as PublicKeyCredential | null;
    if (made === null) return null;
    const results = made.getClientExtensionResults() as Results;
    if (results.prf?.enabled !== true) return null;
    // Some give the secret at once, others only when they are asked.
    return wayOf(made.rawId, results) ?? askPasskey([new Uint8Array(made.rawId)]);
  } catch {
    return null;
  }
}

/** Asks one of these passkeys for its secret. Null when the person said no, or none is here. */
export async function askPasskey(credentials: readonly Uint8Array[]): Promise<Way | null> {
  try {
    const shown = (await navigator.credentials.get({
      publicKey: {
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        allowCredentials: credentials.map((id) => ({ type: "public-key", id: new Uint8Array(id) })),
        userVerification: "required",
        timeout: PATIENCE,
        extensions: { prf: { eval: { first: INPUT } } },
      },
    })) as PublicKeyCredential | null;
    return shown === null ? null : wayOf(shown.rawId, shown.getClientExtensionResults() as Results);
  } catch {
    return null;
  }
}

function wayOf(rawId: ArrayBuffer, results: Results): Way | null {
  const first = results.prf?.results?.first;
  if (first === undefined) return null;
  const output = new Uint8Array(first instanceof ArrayBuffer ? first : first.buffer);
  return { kind: "passkey", credential: new Uint8Array(rawId), output };
}
