/** On I dag: that a question waits for an answer, who asks, and the way to it. */

import type { JSX } from "preact";
import { today } from "../app/now";
import { strings } from "../app/preferences";
import { consents } from "../app/record";
import { Icon } from "../ui/icon";
import { LinkRow } from "../ui/parts";
import { waitingOf } from "./waiting";

export function QuestionsWait(): JSX.Element | null {
  const words = strings.value.app;
  const waiting = consents.value.state === "ready" ? waitingOf(consents.value.value, today.value) : [];
  if (waiting.length === 0) return null;
  const askers = [...new Set(waiting.map((each) => each.organisation_name))];
  return (
    <section>
      <h2>{words.waitsTitle}</h2>
      <ul class="rows">
        <li>
          <LinkRow href="/samtykker" isMid>
            <span class="key">
              <Icon name="samtykker" />
            </span>
            <span class="grow">
              <strong>{words.aboutConsent(waiting.length)}</strong>
              <span class="small">{words.fromWhom(askers.join(", "))}</span>
            </span>
          </LinkRow>
        </li>
      </ul>
    </section>
  );
}
