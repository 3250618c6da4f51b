/** A button that prints the screen on paper. */

import type { JSX } from "preact";
import { strings } from "../app/preferences";
import { Icon } from "./icon";

export function PrintButton(): JSX.Element {
  return (
    <button class="btn btn--line btn--full noprint" type="button" onClick={() => print()}>
      <Icon name="udskriv" />
      {strings.value.renewal.print}
    </button>
  );
}
