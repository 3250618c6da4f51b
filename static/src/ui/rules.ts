/** Pure decisions that all screens share: how old what we show is, and how a person is written short. */

const DAY = 86_400_000;

/** What is older than a day is marked, never shown as current. Unknown age counts as old. */
export function isOld(fetchedAt: string | null, now: Date): boolean {
  return fetchedAt === null || now.getTime() - new Date(fetchedAt).getTime() > DAY;
}

/** First letters of the first and the last name: "Grethe Anna Lund" is GL. */
export function initials(name: string): string {
  const names = name.trim().split(/\s+/);
  const first = names[0] ?? "";
  const last = names.length > 1 ? (names[names.length - 1] ?? "") : "";
  return (first.charAt(0) + last.charAt(0)).toUpperCase();
}

/** A name of a medicine in pieces between which a line may break: after a slash or a plus. A number keeps to the word that follows. */
export function piecesOf(name: string): string[] {
  return name.replace(/(\d) (?=\p{L}|%)/gu, "$1\u00a0").split(/(?<=[/+])(?=.)/u);
}

/** The name that a person is called by. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? "";
}
