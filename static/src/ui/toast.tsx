/** A short message about what was just done, with the way to undo it; it goes by itself, and the undo stays in its place. */

import type { JSX } from "preact";
import { held } from "../app/record";
import { Icon } from "./icon";

interface Told {
  text: string;
  undo: { text: string; act: () => Promise<void> } | null;
}

/** So long it stands, in milliseconds. */
const STANDS = 10_000;

/** Forgotten with the citizen. */
const told = held<Told | null>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells it in place of what was told before. */
export function tell(text: string, undo: Told["undo"] = null): void {
  told.value = { state: "ready", value: { text, undo } };
  leaveSoon();
}

function leave(): void {
  clearTimeout(timer);
  told.value = { state: "ready", value: null };
}

function leaveSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(leave, STANDS);
}

/** There from the start: a region that appears with its text is not read aloud. It does not go while one is in it. */
export function Toast(): JSX.Element {
  const now = told.value.state === "ready" ? told.value.value : null;
  return (
    <div class="toast__place noprint" role="status" onFocusIn={() => clearTimeout(timer)} onFocusOut={leaveSoon} onKeyDown={(event) => event.key === "Escape" && leave()}>
      {now !== null && (
        <div class="toast">
          <Icon name="tjek" />
          <p>{now.text}</p>
          {now.undo !== null && (
            <button class="btn" type="button" onClick={() => [leave(), void now.undo?.act()]}>
              {now.undo.text}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
