/** What stands for the key of something that only the server gives one: the number of the act that makes it. */

const QUEUED = "queued:";

/** The key under which a queued act's own picture is shown. */
export function keyOfQueued(mid: number): string {
  return `${QUEUED}${mid}`;
}

/** The number of the act that a key stands for; null for a key of the server's. */
export function midOf(key: string): number | null {
  return key.startsWith(QUEUED) ? Number(key.slice(QUEUED.length)) : null;
}
