/** The two key pairs of this device. Their private halves can be used here, and read by nobody. */

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { type Bytes } from "./bytes";

export type SuiteName = "x25519" | "p256";

/** Can be kept in IndexedDB as it is. */
export interface DeviceKeys {
  suite: SuiteName;
  seal: CryptoKeyPair;
  sign: CryptoKeyPair;
}

interface Suite {
  sealing: KeyAlgorithm | EcKeyGenParams;
  signing: KeyAlgorithm | EcKeyGenParams;
  signature: AlgorithmIdentifier | EcdsaParams;
  /** Length of what stands before an HPKE ciphertext. */
  enc: number;
  hpke: CipherSuite;
}

/** Each suite has its own: the library's key derivation remembers which suite it is for. */
const rest = () => ({ kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const SUITES: Record<SuiteName, Suite> = {
  x25519: {
    sealing: { name: "X25519" },
    signing: { name: "Ed25519" },
    signature: "Ed25519",
    enc: 32,
    hpke: new CipherSuite({ kem: new DhkemX25519HkdfSha256(), ...rest() }),
  },
  p256: {
    sealing: { name: "ECDH", namedCurve: "P-256" },
    signing: { name: "ECDSA", namedCurve: "P-256" },
    signature: { name: "ECDSA", hash: "SHA-256" },
    enc: 65,
    hpke: new CipherSuite({ kem: new DhkemP256HkdfSha256(), ...rest() }),
  },
};

/** New keys: of the newer suite where this browser has it, and of P-256 elsewhere. */
export async function newKeys(): Promise<DeviceKeys> {
  try {
    return await keysOf("x25519");
  } catch {
    return keysOf("p256");
  }
}

export async function keysOf(suite: SuiteName): Promise<DeviceKeys> {
  const { sealing, signing } = SUITES[suite];
  const seal = (await crypto.subtle.generateKey(sealing, false, ["deriveBits"])) as CryptoKeyPair;
  const sign = (await crypto.subtle.generateKey(signing, false, ["sign", "verify"])) as CryptoKeyPair;
  return { suite, seal, sign };
}

/** The public halves as the server takes them. */
export async function publicKeys(keys: DeviceKeys): Promise<{ seal: Bytes; sign: Bytes }> {
  const [seal, sign] = await Promise.all([
    crypto.subtle.exportKey("raw", keys.seal.publicKey),
    crypto.subtle.exportKey("raw", keys.sign.publicKey),
  ]);
  return { seal: new Uint8Array(seal), sign: new Uint8Array(sign) };
}

/** 64 bytes. */
export async function sign(keys: DeviceKeys, content: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(SUITES[keys.suite].signature, keys.sign.privateKey, content));
}

/** What was sealed to this device with this info. Throws for anything else. */
export async function openSealed(keys: DeviceKeys, sealed: Bytes, info: Bytes): Promise<Bytes> {
  const { hpke, enc } = SUITES[keys.suite];
  const recipient = await hpke.createRecipientContext({ recipientKey: keys.seal, enc: cut(sealed, 0, enc), info: cut(info, 0) });
  return new Uint8Array(await recipient.open(cut(sealed, enc)));
}

/** The library takes buffers whole, and not the part that a view shows. */
function cut(bytes: Bytes, from: number, to?: number): ArrayBuffer {
  return bytes.slice(from, to).buffer;
}
