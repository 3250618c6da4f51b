/** The places that hold what the page knows of the person on the screen, and what an open copy puts there. */

import { signal, type Signal } from "@preact/signals";
import type { Failure } from "../api/client";
import type { Doing } from "./doing";
import { may } from "./subject";

export type Loaded<T> = { state: "loading" } | { state: "failed"; failure: Failure } | { state: "ready"; value: T };

export const LOADING = { state: "loading" } as const;

/** Everything about a person that the page holds, to be forgotten at once; and what must be allowed for it to be asked for. */
const everything = new Map<Signal<Loaded<unknown>>, string>();

/** What the open copy on this device gives in place of the server, by where it is held. Empty without one. */
const copied = new Map<object, () => unknown>();

/** Whose record stands in that copy, of which nothing is shown of anybody else; and what does acts through it. */
let [copiedOf, doing]: [string | null, Doing | null] = [null, null];

/** A place for something of the person's, which is read under this action; it is emptied when the person changes. */
export function held<T>(action = ""): Signal<Loaded<T>> {
  const place = signal<Loaded<T>>(LOADING);
  everything.set(place as Signal<Loaded<unknown>>, action);
  return place;
}

/** Whether this may be known of the person on the screen; what may not is not asked for, as a refusal stands in their log. */
export function mayKnow(place: object): boolean {
  return may(everything.get(place as Signal<Loaded<unknown>>) ?? "");
}

export function emptyAll(): void {
  for (const place of everything.keys()) place.value = LOADING;
}

/** From now on the copy gives this of the person `id`; null: there is none. */
export function putCopy(id: string | null, views: readonly [Signal<Loaded<never>>, () => unknown][] = [], through: Doing | null = null): void {
  copied.clear();
  [copiedOf, doing] = [id, through];
  for (const [place, view] of views) copied.set(place, view);
}

/** What does acts for this person through the copy; null where they go to the server. */
export function doingFor(id: string | null): Doing | null {
  return copiedOf === id ? doing : null;
}

/** Shows what the copy gives of this person; false where it gives nothing. */
export function show(place: Signal<Loaded<unknown>>, id: string | null): boolean {
  const value = copiedOf === id && mayKnow(place) ? copied.get(place)?.() : undefined;
  if (value === undefined) return false;
  const stands = place.peek();
  if (stands.state !== "ready" || stands.value !== value) place.value = { state: "ready", value };
  return true;
}

export function showAll(id: string | null): void {
  for (const place of copied.keys()) show(place as Signal<Loaded<unknown>>, id);
}
