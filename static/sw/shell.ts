/** The shell: the app's own files, which hold nothing about anybody, and which requests they answer. */

/** Where the page of every address lies. */
export const PAGE = "/index.html";

/** Our caches begin so; others on this origin are not ours to delete. */
export const PREFIX = "naerblik-shell-";

/** The files of one edition: each path with the hash that its content must have. */
export interface Shell {
  edition: string;
  files: Record<string, string>;
}

/** What is asked of a request, so that a test can make one. */
export interface Asked {
  method: string;
  url: string;
  mode: string;
  headers: { get(name: string): string | null };
}

/** The server's own answers, which the worker neither gives nor keeps. */
const SERVER = /^\/(?:api|healthz|readyz|metrics|\.well-known)(?:\/|$)/;

/** The file of the shell that answers a request; null when the request is none of the worker's business. */
export function fileFor(asked: Asked, origin: string, files: Shell["files"]): string | null {
  const { origin: theirs, pathname, search } = new URL(asked.url);
  if (asked.method !== "GET" || theirs !== origin || SERVER.test(pathname)) return null;
  if (search === "" && Object.hasOwn(files, pathname)) return pathname;
  return isPage(asked, pathname) ? PAGE : null;
}

/** As on the server: an address whose last part has a dot is a file, and every other one is the page's. */
function isPage(asked: Asked, pathname: string): boolean {
  if (asked.mode !== "navigate" || pathname.slice(pathname.lastIndexOf("/")).includes(".")) return false;
  return asked.headers.get("Accept")?.includes("text/html") ?? false;
}
