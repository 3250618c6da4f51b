/** On I dag: that a question waits for an answer, and the way to it. */

import type { JSX } from "preact";
import { today } from "../app/now";
import { strings } from "../app/preferences";
import { consents } from "../app/record";
import { Icon } from "../ui/icon";
import { LinkRow } from "../ui/parts";
import { waitingOf } from "./waiting";

export function QuestionsWait(): JSX.Element | null {
  const waiting = consents.value.state === "ready" ? waitingOf(consents.value.value, today.value).length : 0;
  if (waiting === 0) return null;
  return (
    <section>
      <ul class="rows">
        <li>
          <LinkRow href="/samtykker" isMid>
            <span class="key">
              <Icon name="samtykker" />
            </span>
            <span class="grow">
              <strong>{strings.value.app.questions(waiting)}</strong>
              <span class="small">{strings.value.more.consents}</span>
            </span>
          </LinkRow>
        </li>
      </ul>
    </section>
  );
}
