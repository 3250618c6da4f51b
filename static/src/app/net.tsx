/** The banner that says that there is no connection, and the looks for its return. */

import type { JSX } from "preact";
import { outSince, probe } from "../api/client";
import { Icon } from "../ui/icon";
import { strings } from "./preferences";

/** How often we look whether the server is there again, in milliseconds. */
const LOOK = 15_000;

/** Begins to look for the server as long as it is out of reach and the page in sight: by the clock, and at any sign of it. */
export function start(): void {
  const look = (): void => {
    if (outSince.value !== null && document.visibilityState === "visible") void probe();
  };
  setInterval(look, LOOK);
  addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
}

export function NetBanner({ isBefore }: { isBefore: boolean }): JSX.Element {
  const words = strings.value.worker;
  // There from the start, as a region that appears with its text is not read aloud.
  return (
    <div role="status">
      {outSince.value !== null && (
        <div class="banner banner--net">
          <Icon name="udennet" />
          <p>
            <strong>{words.noNet}</strong> {isBefore ? words.noNetBefore : words.noNetWhy}
          </p>
        </div>
      )}
    </div>
  );
}
