/** Consents, blocks and questions that are over as rows of a list. */

import type { JSX } from "preact";
import type { Consent, ConsentRequest, OwnConsent } from "../api/types";
import { now } from "../app/now";
import { strings } from "../app/preferences";
import { capital } from "../ui/dates";
import type { IconName } from "../ui/icon";
import { Chip, LinkRow, Words, type Tone } from "../ui/parts";
import { isEnding } from "./ending";
import { chipOf, type Chip as OwnChip, type Listed } from "./own_rules";
import { ownTimeWords, textOf, titleOf, whoWords } from "./own_words";
import { endsSoon, standingOf, subjectOf, type Standing } from "./rules";
import { consentWords } from "./strings";
import { dateWords, dayWords, timeWords } from "./words";

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

const OWN_LOOK: Record<OwnChip, [IconName, Tone]> = {
  given: ["tjek", "ok"],
  blocked: ["spaer", "plain"],
  ending: ["senere", "note"],
  lifting: ["senere", "note"],
  later: ["senere", "plain"],
  unaccepted: ["senere", "note"],
  withdrawn: ["fortryd", "plain"],
  lifted: ["fortryd", "plain"],
  endedByOther: ["fortryd", "plain"],
  expired: ["senere", "plain"],
  replaced: ["igen", "plain"],
  void: ["info", "plain"],
};

export function Rows({ listed }: { listed: Listed[] }): JSX.Element {
  return (
    <ul class="rows">
      {listed.map((each) => (
        <li key={keyOf(each)}>
          {each.from === "own" && <OwnRow own={each.own} />}
          {each.from === "asked" && <AskedRow asked={each.asked} />}
          {each.from === "others" && <Row consent={each.consent} />}
        </li>
      ))}
    </ul>
  );
}

function keyOf(listed: Listed): string {
  if (listed.from === "own") return `own ${listed.own.grant_id}`;
  return listed.from === "asked" ? `asked ${listed.asked.id}` : `others ${listed.consent.id}`;
}

/** Where something of the citizen's own opens. */
export function ownHref(grantId: string): string {
  return `/samtykker?vis=eget&id=${encodeURIComponent(grantId)}`;
}

/** Where a question opens. */
export function questionHref(id: string): string {
  return `/samtykker?vis=spoergsmaal&id=${encodeURIComponent(id)}`;
}

function OwnRow({ own }: { own: OwnConsent }): JSX.Element {
  const words = consentWords.value.own;
  const time = ownTimeWords(own);
  const who = whoWords(own.grantee);
  return (
    <LinkRow href={ownHref(own.grant_id)}>
      <span class="grow">
        <strong>{titleOf(own)}</strong>
        <span>{own.concerns === "block" ? words.blockedFor(who) : capital(who)}</span>
        {time && <span class="small">{time}</span>}
        <OwnChips own={own} />
      </span>
    </LinkRow>
  );
}

/** How something of one's own stands, and that it ends soon. */
export function OwnChips({ own }: { own: OwnConsent }): JSX.Element {
  const words = consentWords.value;
  const chip = chipOf(own, isEnding(own));
  const [icon, tone] = OWN_LOOK[chip];
  return (
    <span class="chips">
      <Chip icon={icon} tone={tone}>
        {words.own.chips[chip]}
      </Chip>
      {own.ends_soon && (
        <Chip icon="senere" tone="note">
          {words.endsSoon}
        </Chip>
      )}
    </span>
  );
}

function AskedRow({ asked }: { asked: ConsentRequest }): JSX.Element {
  const words = consentWords.value;
  const isRefused = asked.answer === "no";
  return (
    <LinkRow href={questionHref(asked.id)}>
      <span class="grow">
        <strong>{textOf(asked)?.name}</strong>
        <Words>{asked.organisation_name}</Words>
        <span class="small">{isRefused ? dayWords(asked.answered_at) : words.until(dateWords(asked.last_day))}</span>
        <span class="chips">
          <Chip icon={isRefused ? "kryds" : "senere"}>{isRefused ? words.chips.refused : words.own.unanswered}</Chip>
        </span>
      </span>
    </LinkRow>
  );
}

function Row({ consent }: { consent: Consent }): JSX.Element {
  const time = timeWords(consent);
  const from = consentWords.value.own.fromOthers;
  return (
    <LinkRow href={`/samtykker?id=${encodeURIComponent(consent.id)}`}>
      <span class="grow">
        <strong>
          <Subject consent={consent} />
        </strong>
        {consent.actors.length > 0 && <span lang="da">{consent.actors.join(", ")}</span>}
        <span class="small">{time === null ? from : `${time} ·\u00a0${from}`}</span>
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

/** Where all of it lies, in the words of the bar. */
export function placeName(): string {
  return strings.value.more.consents;
}
