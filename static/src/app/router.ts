/** The router: three pages and the choices, real addresses, focus on the new heading, the old place on the way back. */

import { signal } from "@preact/signals";

export interface Route {
  path: string;
  /** Which medicine or appointment is open. Ids stand in the query, as a source's id may hold any sign. */
  id: string | null;
  view: string | null;
}

export const route = signal<Route>(read());

let wantsFocus = false;

/** True once after a change of page: the heading that asks takes the focus. */
export function takeFocus(): boolean {
  const wanted = wantsFocus;
  wantsFocus = false;
  return wanted;
}

/** Asks that the next heading takes the focus, where a screen changes without a change of address. */
export function wishFocus(): void {
  wantsFocus = true;
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
    if (!link.getAttribute("href")?.startsWith("/")) return;
    event.preventDefault();
    go(link.getAttribute("href") ?? "/");
  });
}

function show(y: number): void {
  wantsFocus = true;
  route.value = read();
  requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(0, y)));
}

function read(): Route {
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
