/** The locked copy as it looks to somebody who is logged in beside it. */

import type { JSX } from "preact";
import { copyNow } from "../app/copied";
import { session } from "../app/record";
import { heldWords } from "./held";
import { Removal } from "./state";

/** Whose login it is that stands here beside the copy, if any. */
export function whoIsIn(): "owner" | "another" | null {
  const held = session.value;
  if (held.state !== "ready" || !held.value.logged_in || held.value.citizen === null) return null;
  const own = copyNow()?.spaces().find((space) => space.relation === "self");
  return own === undefined || own.id === held.value.citizen.id ? "owner" : "another";
}

/** Who is logged in beside the locked copy may delete it, and make one of their own. */
export function Beside({ who }: { who: "owner" | "another" }): JSX.Element {
  const words = heldWords.value.beside[who];
  return (
    <section class="stack">
      <h2>{words.title}</h2>
      <p>{words.why}</p>
      <Removal held={copyNow()!} />
    </section>
  );
}
