/** Renews what this device may do when its person has logged in: docs/protocol.md, Stamp. */

import { effect } from "@preact/signals";
import { session } from "./record";
import type { Copy } from "../sync/port";

/** A login of so many milliseconds ago is a new one. */
const NEW = 2 * 60_000;

/** Once for each login that the copy's own person makes here, and whenever the server asks for one. */
export function follow(copy: Copy): void {
  /** For which sessions it was done, and why: a server that is never content is not asked again and again. */
  const done = new Set<string>();
  const look = (): void => {
    const held = session.peek();
    if (held.state !== "ready" || held.value.csrf === null) return;
    const { csrf, citizen, authenticated_at: at } = held.value;
    const own = copy.spaces().find((space) => space.relation === "self");
    if (citizen === null || own?.id !== citizen.id) return;
    const isNew = at !== null && Date.now() - Date.parse(at) < NEW;
    const why = copy.sync().lastTry?.outcome === "login" ? "asked" : isNew ? "new" : null;
    const which = `${why} ${csrf}`;
    if (why === null || done.has(which)) return;
    done.add(which);
    // What fails now is asked for again by the server, and then tried again.
    void copy.stamp(csrf).catch(() => done.delete(which));
  };
  copy.subscribe(look);
  effect(() => void [session.value, queueMicrotask(look)]);
}
