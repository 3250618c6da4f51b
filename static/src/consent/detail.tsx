/** One consent: how it stands, whom it speaks of, what for, until when, and who told us. */

import type { ComponentChildren, JSX } from "preact";
import type { Consent } from "../api/types";
import { now } from "../app/now";
import { strings } from "../app/preferences";
import { Aside, Back, Blik, Fact, Words } from "../ui/parts";
import { ConsentChips, Subject } from "./list";
import { Undecided } from "./reason";
import { lastDayOf, standingOf, subjectOf } from "./rules";
import { ConsentSource } from "./source";
import { consentWords } from "./strings";
import { dayWords, endWords } from "./words";

export function ConsentDetail({ all, id }: { all: Consent[]; id: string }): JSX.Element {
  const consent = all.find((each) => each.id === id);
  return (
    <>
      <Back href="/samtykker">{strings.value.more.consents}</Back>
      {consent ? <Known consent={consent} /> : <Unknown />}
    </>
  );
}

/** An address of a consent that is not there any more. */
export function Unknown(): JSX.Element {
  const words = consentWords.value;
  return (
    <>
      <Blik title={words.notFound} page={words.notFound} lead={words.notFoundWhy} />
      <a class="btn btn--line btn--full" href="/samtykker">
        {words.seeAll}
      </a>
    </>
  );
}

function Known({ consent }: { consent: Consent }): JSX.Element {
  const words = consentWords.value;
  const standing = standingOf(consent, now.value);
  const lead = standing === "unknown" ? words.means.unknown(consent.status) : words.means[standing];
  return (
    <>
      <Blik title={<Subject consent={consent} />} page={subjectOf(consent) ?? words.unnamed} lead={lead}>
        <ConsentChips consent={consent} />
      </Blik>
      <section>
        <h2>{words.says}</h2>
        <div class="card">
          <Facts consent={consent} />
          <ConsentSource source={consent.source} fetchedAt={consent.fetched_at} failingSince={consent.not_fetched_since} />
        </div>
      </section>
      <Undecided consent={consent} />
      {consent.exceptions > 0 && (
        <Aside icon="advarsel" title={words.exceptions(consent.exceptions)} text={words.exceptionsWhy} tone="note" />
      )}
      {standing !== "open" && <Aside icon="hjaelp" title={words.change} text={words.changeWhy} />}
    </>
  );
}

function Facts({ consent }: { consent: Consent }): JSX.Element {
  const words = consentWords.value.facts;
  const may = { permit: words.what, deny: words.whatNot };
  return (
    <dl class="facts">
      <Fact name={words.who}>{lines(consent.actors)}</Fact>
      <Fact name={consent.decision === null ? words.whatSaid : may[consent.decision]}>{lines(consent.actions)}</Fact>
      <Fact name={words.data}>{lines(consent.data)}</Fact>
      <Fact name={words.dataTime}>{dataTime(consent)}</Fact>
      <Fact name={words.why}>{lines(consent.purposes)}</Fact>
      <Fact name={words.begins}>{dayWords(consent.valid_from)}</Fact>
      <Fact name={words.ends}>{endWords(consent.valid_to)}</Fact>
      <Fact name={words.given}>{dayWords(consent.given_at)}</Fact>
      <Fact name={words.kind}>{consent.category && <Words>{consent.category}</Words>}</Fact>
      <Fact name={words.area}>{consent.scope && <Words>{consent.scope}</Words>}</Fact>
      <Fact name={words.written}>{dayWords(consent.as_of)}</Fact>
    </dl>
  );
}

/** The source's words, each on a line of its own. */
function lines(said: readonly string[]): ComponentChildren {
  return said.length === 0 ? null : said.map((each) => (
    <p key={each}>
      <Words>{each}</Words>
    </p>
  ));
}

function dataTime(consent: Consent): string | null {
  const words = consentWords.value;
  const from = dayWords(consent.data_from);
  if (consent.data_to === null) return from === null ? null : words.since(from);
  if (from === null) return endWords(consent.data_to);
  const { day } = lastDayOf(consent.data_to);
  return words.period(from, dayWords(`${day}T12:00:00Z`) ?? day);
}
