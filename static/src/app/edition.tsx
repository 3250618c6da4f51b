/** A calm line when another edition of the app waits. It never takes over by itself. */

import type { JSX } from "preact";
import { strings } from "./preferences";
import { edition, switchNow } from "./worker";

export function EditionLine(): JSX.Element {
  const words = strings.value.worker;
  const isBusy = edition.value === "switching";
  // There from the start, as a region that appears with its text is not read aloud.
  return (
    <div role="status">
      {edition.value !== "current" && (
        <p class="edition">
          {words.isNew}{" "}
          <button class="quiet" type="button" aria-busy={isBusy} onClick={switchNow} disabled={isBusy}>
            {isBusy ? words.switching : words.switchNow}
          </button>
        </p>
      )}
    </div>
  );
}
