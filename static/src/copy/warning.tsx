/** Why something did not work, said at once to who sees it and who hears it. */

import type { JSX } from "preact";
import { Icon } from "../ui/icon";

export function Warning({ text }: { text: string }): JSX.Element {
  return (
    <div role="alert">
      <div class="card row card--note">
        <Icon name="advarsel" />
        <p class="grow">{text}</p>
      </div>
    </div>
  );
}
