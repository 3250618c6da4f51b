/** The router: real addresses, focus on the new heading, the old place on the way back. */

import { signal } from "@preact/signals";

export interface Route {
  path: string;
  /** Which medicine or appointment is open. Ids stand in the query, as a source's id may hold any sign. */
  id: string | null;
  view: string | null;
}

/** Addresses that the server answers without the app. */
const SERVERS = ["//", "/api/", "/.well-known/"];

/** Screens that have moved, and where they are now. */
const MOVED: Partial<Record<string, string>> = { "/valg": "/mere/visning" };

export const route = signal<Route>(read());

let wantsFocus = false;

/** What had the focus when it was wished for. */
let before: Element | null = null;

/** True once after a change of page: the heading that asks takes the focus. */
export function takeFocus(): boolean {
  const wanted = wantsFocus && !hasMovedOn();
  wantsFocus = false;
  return wanted;
}

/** Asks that the next heading takes the focus, where a screen changes without a change of address. */
export function wishFocus(): void {
  wantsFocus = true;
  before = document.activeElement;
}

/** Whether somebody has gone on by the keyboard while the screen was on its way: the focus is then theirs. */
function hasMovedOn(): boolean {
  const now = document.activeElement;
  return now !== null && now !== document.body && now !== before;
}

/** Goes to an address of the app. */
export function go(href: string): void {
  history.replaceState({ y: scrollY }, "");
  history.pushState(null, "", href);
  show(0);
}

/** Begins to answer clicks on the app's own links and the browser's back and forward. */
export function start(): void {
  history.scrollRestoration = "manual";
  addEventListener("popstate", (event: PopStateEvent) => {
    const state = event.state as { y?: number } | null;
    if (isElsewhere()) show(state?.y ?? 0);
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.defaultPrevented || event.button !== 0 || isModified(event)) return;
    const href = link.getAttribute("href") ?? "";
    if (!isOurs(href)) return;
    event.preventDefault();
    go(href);
  });
}

function show(y: number): void {
  wishFocus();
  route.value = read();
  requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(0, y)));
}

/** Whether an address is a screen of the app; what the server itself answers is left to the browser. */
export function isOurs(href: string): boolean {
  return href.startsWith("/") && !SERVERS.some((start) => href.startsWith(start));
}

function read(): Route {
  const moved = MOVED[location.pathname];
  if (moved !== undefined) history.replaceState(history.state, "", moved);
  const query = new URLSearchParams(location.search);
  return { path: location.pathname, id: query.get("id"), view: query.get("vis") };
}

function isElsewhere(): boolean {
  const now = read();
  const { path, id, view } = route.value;
  return now.path !== path || now.id !== id || now.view !== view;
}

function isModified(event: MouseEvent): boolean {
  return event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}
