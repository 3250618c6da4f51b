/** One button for all doses of one time of the day about which nothing was said yet. */

import type { JSX } from "preact";
import { Icon } from "../ui/icon";
import { type Named, say } from "./mark_acts";
import { standing } from "./mark_rules";
import { marks } from "./mark_store";
import { mayHaveArrived, tryOf } from "./mark_tries";
import { markWords } from "./mark_words";

/** Nothing where fewer than two wait: each dose has its own button. `isItem`: it stands among the items of a list. */
export function Together({ doses, isItem }: { doses: readonly Named[]; isItem: boolean }): JSX.Element | null {
  const words = markWords.value;
  const held = marks.value;
  if (held.state !== "ready") return null;
  const waiting = doses.filter(({ slot }) => standing(held.value, slot).length === 0 && !mayHaveArrived(slot));
  if (waiting.length < 2) return null;
  const isBusy = waiting.every(({ slot }) => tryOf(slot)?.state === "busy");
  const Place = isItem ? "li" : "div";
  return (
    <Place class="dose__all noprint">
      <button class="btn btn--bare btn--full" type="button" aria-busy={isBusy} onClick={() => void say(waiting, "taken")}>
        <Icon name="tjek" />
        {isBusy ? words.busy : waiting.length === doses.length ? words.all(waiting.length) : words.others(waiting.length)}
      </button>
    </Place>
  );
}
