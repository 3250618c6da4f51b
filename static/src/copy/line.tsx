/** One line over every screen, as long as something of the copy wants to be known. */

import type { JSX } from "preact";
import { copyNow } from "../app/copied";
import { route } from "../app/router";
import { Icon } from "../ui/icon";
import { copyWords } from "./strings";

/** Where all of it is told. */
const PLACE = "/mere/kopi";

export function CopyLine(): JSX.Element | null {
  const words = copyWords.value.line;
  const copy = copyNow();
  if (copy?.lock().lock !== "open") return null;
  const acts = copy.acts();
  const refused = acts.filter((act) => act.state === "refused").length;
  const waiting = acts.filter((act) => act.state === "waiting").length;
  const lost = copy.lost().length;
  const needsLogin = copy.sync().lastTry?.outcome === "login";
  const text = lost > 0 ? words.lost(lost) : refused > 0 ? words.refused(refused) : needsLogin ? words.login : waiting > 0 ? words.waiting(waiting) : null;
  // There from the start, as a region that appears with its text is not read aloud.
  return (
    <div role="status" class="copyline">
      {text !== null && (
        <p class="card card--plain row row--mid">
          <Icon name={lost + refused > 0 ? "advarsel" : "senere"} />
          <span class="grow">{text}</span>
          {route.value.path !== PLACE && <a href={PLACE}>{words.see}</a>}
        </p>
      )}
    </div>
  );
}
