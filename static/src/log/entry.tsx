/** One line of the access log: when, who, what they did or wanted to do, and why; and how often in a row. */

import type { JSX } from "preact";
import type { AccessEntry } from "../api/types";
import { language, strings } from "../app/preferences";
import { consents } from "../app/record";
import { timeText } from "../ui/dates";
import { Icon } from "../ui/icon";
import { Chip } from "../ui/parts";
import { accountOf, placeOf, whoOf, type Run } from "./rules";

export function Entry({ run, me }: { run: Run; me: string }): JSX.Element {
  const words = strings.value.log;
  const [entry] = run;
  const isRefused = entry.outcome === "refused";
  const [did, wanted] = words.did[entry.action] ?? words.didOther;
  const why = whyOf(entry, me);
  const isMine = whoOf(entry, me) === "self";
  const known = consents.value.state === "ready" ? consents.value.value.organisations : [];
  return (
    <li class={`row ${isMine ? "log--mine" : ""}`}>
      <time class="log__time" dateTime={entry.at}>
        {clockOf(entry)}
      </time>
      <div class="grow">
        <h3 class="row__when">{nameOf(entry, me)}</h3>
        <p>{isRefused ? wanted : did}</p>
        {(entry.organisation || why) && (
          <p class="small">
            {entry.organisation && <span lang="da">{placeOf(entry.organisation, known)}. </span>}
            {why} {entry.case_number !== null && words.inCase(entry.case_number)}
          </p>
        )}
        {isRefused && (
          <div class="chips">
            <Chip icon="spaer" tone="bad">
              {words.denied}
            </Chip>
          </div>
        )}
        {run.length > 1 && <Times run={run} />}
      </div>
    </li>
  );
}

/** The same thing several times: how many, and folded below it the time of each. */
function Times({ run }: { run: Run }): JSX.Element {
  return (
    <details>
      <summary class="small">
        <span>{strings.value.log.times(run.length)}</span>
        <Icon name="ned" class="fold" />
      </summary>
      <p class="small">{run.map(clockOf).join(", ")}</p>
    </details>
  );
}

function clockOf(entry: AccessEntry): string {
  return timeText(new Date(entry.at), language.value);
}

function nameOf(entry: AccessEntry, me: string): string {
  const words = strings.value.log.who;
  const who = whoOf(entry, me);
  return who === "operator" ? words.operator(accountOf(entry)) : words[who];
}

/** Why, as whoever looked said it. To look for oneself explains nothing, nor does it when a stranger says that they help. */
function whyOf(entry: AccessEntry, me: string): string {
  const words = strings.value.log;
  if (entry.purpose === "self" || whoOf(entry, me) === "person") return "";
  const reason = words.why(words.reasons[entry.purpose] ?? entry.purpose);
  return whoOf(entry, me) === "relative" ? `${words.forYou} ${reason}` : reason;
}
