/** One line over every screen, as long as something of the copy wants to be known. */

import type { JSX } from "preact";
import { copyNow } from "../app/copied";
import { route } from "../app/router";
import { Icon } from "../ui/icon";
import { heldBy, isClockWrong } from "./rules";
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
  const { lastTry, ahead } = copy.sync();
  const outcome = lastTry?.outcome;
  const isWrong = isClockWrong(ahead);
  const isHeld = (heldBy(copy.spaces()) ?? "none") !== "none";
  const missed = lost > 0 ? words.lost(lost) : refused > 0 ? words.refused(refused) : null;
  const wants = isWrong ? words.clock : outcome === "login" ? words.login : outcome === "no_room" ? words.noRoom : isHeld ? words.held : null;
  const text = missed ?? wants ?? (waiting > 0 ? words.waiting(waiting) : null);
  // There from the start, as a region that appears with its text is not read aloud.
  return (
    <div role="status" class="copyline">
      {text !== null && (
        <p class="card card--plain row row--mid">
          <Icon name={missed !== null || isWrong || outcome === "no_room" ? "advarsel" : "senere"} />
          <span class="grow">{text}</span>
          {route.value.path !== PLACE && <a href={PLACE}>{words.see}</a>}
        </p>
      )}
    </div>
  );
}
