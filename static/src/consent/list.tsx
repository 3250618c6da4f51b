/** Consents as rows of a list. */

import type { JSX } from "preact";
import type { Consent } from "../api/types";
import { now } from "../app/now";
import { strings } from "../app/preferences";
import type { IconName } from "../ui/icon";
import { Chip, LinkRow, Words, type Tone } from "../ui/parts";
import { endsSoon, standingOf, subjectOf, type Standing } from "./rules";
import { timeWords } from "./words";

const LOOK: Record<Standing, [IconName, Tone]> = {
  open: ["hjaelp", "note"],
  given: ["tjek", "ok"],
  unsaid: ["hjaelp", "note"],
  later: ["senere", "plain"],
  blocked: ["spaer", "plain"],
  refused: ["kryds", "plain"],
  expired: ["senere", "plain"],
  ended: ["fortryd", "plain"],
  mistaken: ["info", "plain"],
  unknown: ["hjaelp", "note"],
};

export function Consents({ consents }: { consents: Consent[] }): JSX.Element {
  return (
    <ul class="rows">
      {consents.map((each) => (
        <li key={each.id}>
          <Row consent={each} />
        </li>
      ))}
    </ul>
  );
}

function Row({ consent }: { consent: Consent }): JSX.Element {
  const time = timeWords(consent);
  return (
    <LinkRow href={`/samtykker?id=${encodeURIComponent(consent.id)}`}>
      <span class="grow">
        <strong>
          <Subject consent={consent} />
        </strong>
        {consent.actors.length > 0 && <span lang="da">{consent.actors.join(", ")}</span>}
        {time && <span class="small">{time}</span>}
        <ConsentChips consent={consent} />
      </span>
    </LinkRow>
  );
}

/** What a consent is called: the source's words, else ours. */
export function Subject({ consent }: { consent: Consent }): JSX.Element {
  const subject = subjectOf(consent);
  return subject === null ? <>{consentWords.value.unnamed}</> : <Words>{subject}</Words>;
}

/** How a consent stands, and that it ends soon. */
export function ConsentChips({ consent }: { consent: Consent }): JSX.Element {
  const words = consentWords.value;
  const standing = standingOf(consent, now.value);
  const [icon, tone] = LOOK[standing];
  return (
    <span class="chips">
      <Chip icon={icon} tone={tone}>
        {words.chips[standing]}
      </Chip>
      {endsSoon(consent, now.value) && (
        <Chip icon="senere" tone="note">
          {words.endsSoon}
        </Chip>
      )}
    </span>
  );
}
