/** The steps into large letters and out of them, at the foot of the day. */

import type { JSX } from "preact";
import { Icon } from "../ui/icon";
import { chooseSize, offersLarge, strings } from "./preferences";

/** The one step out of large letters, at the foot of the day. */
export function LeaveLarge(): JSX.Element {
  return (
    <button class="btn btn--line btn--full" type="button" onClick={() => chooseSize("normal")}>
      <Icon name="tekst" />
      {strings.value.more.view.leaveLarge}
    </button>
  );
}

/** The one step into large letters, for who has large ones on the phone already and has not chosen here. */
export function OfferLarge(): JSX.Element | null {
  const words = strings.value.more.view;
  if (!offersLarge.value) return null;
  return (
    <section class="card card--plain" aria-labelledby="large">
      <h2 id="large">{words.offer}</h2>
      <p>{words.offerWhy}</p>
      <div class="stack">
        <button class="btn btn--line btn--full" type="button" onClick={() => chooseSize("large")}>
          {words.offerYes}
        </button>
        <button class="btn btn--line btn--full" type="button" onClick={() => chooseSize("normal")}>
          {words.offerNo}
        </button>
      </div>
    </section>
  );
}
