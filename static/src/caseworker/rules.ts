/** Pure decisions at the desk: what a number and a case look like, and what a signed answer says. */

/** What a signed answer says, for the screen; whoever keeps it checks the signature with the published keys. */
export interface Said {
  isValid: boolean;
  asOf: Date;
  until: Date;
}

const CPR = /^\s*\d{6}[- ]?\d{4}\s*$/;
const CPR_INSIDE = /(?<![0-9A-Za-z:])\d{6}[- ]?\d{4}(?![0-9A-Za-z])/;

/** The ten digits of a CPR number; null when that is not what was written. */
export function cprOf(written: string): string | null {
  return CPR.test(written) ? written.replace(/\D/g, "") : null;
}

/** The number of a case; null when nothing is written, or a CPR number is. */
export function caseOf(written: string): string | null {
  const text = written.trim();
  return text === "" || text.length > 200 || CPR_INSIDE.test(text) ? null : text;
}

/** What the body of a compact JWS says. Throws when it cannot be read. */
export function saidBy(answer: string): Said {
  const body = (answer.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  const said: unknown = JSON.parse(atob(body));
  if (typeof said !== "object" || said === null || !("status" in said) || !("as_of" in said) || !("exp" in said)) {
    throw new TypeError("this is no answer about a consent");
  }
  return { isValid: said.status === "VALID", asOf: new Date(String(said.as_of)), until: new Date(Number(said.exp) * 1000) };
}

/** A name of one's own for a question: asked again under it, it is the same question. */
export function newName(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/** The SHA-256 of a file in hex, made here: the file itself goes nowhere. */
export async function hashOf(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The id of a paper: whoever has the same document has the same id; an end is another paper than a consent. */
export function idOf(hash: string, step: "record" | "approve" | "end"): string {
  return `${step === "end" ? "end" : "paper"}-${hash.slice(0, 32)}`;
}
