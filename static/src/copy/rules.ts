/** Where on the screens an act or a change is to be seen, and why a copy is not. Pure. */

import type { Changed, Lost, QueuedAct, Space } from "../sync/port";

const PLACES: Partial<Record<string, string>> = {
  card: "/medicin",
  medication: "/medicin",
  prescription: "/medicin",
  renewal: "/medicin",
  dose_mark: "/",
  appointment: "/aftaler",
  appointment_answer: "/aftaler",
  note: "/medicin",
  consent: "/samtykker",
  own_consent: "/samtykker",
  consent_request: "/samtykker",
};

/** Where an act holds a person's own words. */
const WRITTEN: Partial<Record<string, string>> = { "appointment:answer": "wish", "note:write": "text", "renewal:ask": "note" };

/** A clock that is so many milliseconds off shows another time than that of everybody else. */
const FAR_OFF = 5 * 60_000;

/** Whether this phone's clock is far from the server's; `ahead` as the copy tells it. */
export function isClockWrong(ahead: number): boolean {
  return Math.abs(ahead) > FAR_OFF;
}

/** Whether an error says that the browser has no room left. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

/** Why the own copy cannot be read though it is unlocked; `none`: nothing of it is here yet. */
export type HeldBy = NonNullable<Space["lockedBy"]> | "none";

/** Null when the own copy can be read. */
export function heldBy(spaces: readonly Space[]): HeldBy | null {
  const own = spaces.find((space) => space.relation === "self");
  return own?.offline ? own.lockedBy : "none";
}

/** The screen of what an act was about; null when there is none to look at. */
export function whereOf(act: Pick<QueuedAct, "name" | "args">): string | null {
  if (act.name === "appointment:answer") return withId("/aftaler", act.args["appointment"]);
  if (act.name === "renewal:ask") return "/medicin";
  if (act.name === "consent:withdraw") return withId("/samtykker?vis=eget", act.args["grant_id"]);
  if (act.args["about"] === "appointment") return withId("/aftaler", act.args["about_key"]);
  if (act.args["about"] === "medication") return "/medicin";
  return act.name.startsWith("dose:") ? "/" : null;
}

/** What a person wrote in an act, which must not be lost with it; null where nothing was written. */
export function writtenIn(act: Pick<QueuedAct, "name" | "args">): string | null {
  const text = act.args[WRITTEN[act.name] ?? ""];
  return typeof text === "string" && text !== "" ? text : null;
}

/** The screen on which changes of one kind are to be seen; null for what is on none. What is gone, or many, is on its list. */
export function placeOf(changed: Pick<Changed, "collection" | "key" | "how">, count = 1): string | null {
  const place = PLACES[changed.collection] ?? null;
  return changed.collection === "appointment" && changed.how !== "removed" && count === 1 ? withId("/aftaler", changed.key) : place;
}

/** Where what was lost is given again; null for a yes to what nobody asks any more. */
export function placeOfLost(lost: Pick<Lost, "what" | "request">, isAsked: boolean): string | null {
  if (lost.what === "block") return "/samtykker?vis=spaer";
  return isAsked ? withId("/samtykker?vis=spoergsmaal", lost.request) : null;
}

function withId(place: string, id: unknown): string {
  return typeof id === "string" ? `${place}${place.includes("?") ? "&" : "?"}id=${encodeURIComponent(id)}` : place;
}

/** The same kind of change of the same kind of thing is told once, with how many there were. */
export function summed(changes: readonly Changed[]): { changed: Changed; count: number }[] {
  const found = new Map<string, { changed: Changed; count: number }>();
  for (const changed of changes) {
    const kind = `${changed.how} ${changed.collection}`;
    const before = found.get(kind);
    if (before === undefined) found.set(kind, { changed, count: 1 });
    else before.count += 1;
  }
  return [...found.values()];
}
