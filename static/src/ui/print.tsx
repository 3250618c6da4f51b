/** Paper: a button that prints the screen, and the line on top that says whose it is and from when. */

import type { JSX } from "preact";
import { now } from "../app/now";
import { language, strings } from "../app/preferences";
import { session } from "../app/record";
import { subject } from "../app/subject";
import { civilDate, dayText, timeText } from "./dates";
import { Icon } from "./icon";

export function PrintButton(): JSX.Element {
  const citizen = session.value.state === "ready" ? session.value.value.citizen : null;
  const day = civilDate(now.value);
  // With the year, whatever day it is: paper lies about for long.
  const printed = strings.value.renewal.printed((subject.value ?? citizen)?.name ?? strings.value.app.unnamed, dayText(day, language.value, "0000-01-01"), timeText(now.value, language.value));
  return (
    <>
      <p class="paper">{printed}</p>
      <button class="btn btn--line btn--full noprint" type="button" onClick={() => print()}>
        <Icon name="udskriv" />
        {strings.value.renewal.print}
      </button>
    </>
  );
}
