/** The addresses of our own workers. A policy demands that scripts by address are named by us: only these pass. */

export const SERVICE_WORKER = "/sw.js";
export const ARGON2 = "/argon2.js";

const OURS = new Set([SERVICE_WORKER, ARGON2]);

/** The part of trusted types that is used here; a script URL stands for a string, as the types of workers want one. */
interface Policy {
  createScriptURL(url: string): string;
}

interface Policies {
  createPolicy(name: string, rules: Policy): Policy;
}

let policy: Policy | null = null;

/** The address as the browser lets it through. Throws a TypeError for one that is not ours. */
export function addressOf(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  if (trustedTypes === undefined) return only(url);
  policy ??= trustedTypes.createPolicy("naerblik-worker", { createScriptURL: only });
  return policy.createScriptURL(url);
}

function only(url: string): string {
  if (!OURS.has(url)) throw new TypeError("This is no worker of ours.");
  return url;
}
