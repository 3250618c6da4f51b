/** One question: what is asked, a yes and a no of equal weight, and what came of the answer. */

import type { JSX } from "preact";
import type { ConsentRequest, Consents, ConsentText, OwnConsent } from "../api/types";
import { today } from "../app/now";
import { Icon } from "../ui/icon";
import { Aside, Back, Blik, Words } from "../ui/parts";
import { Answering } from "./answering";
import { ownHref, placeName } from "./list";
import { OwnKnown } from "./own";
import { blocksBefore, canEnd } from "./own_rules";
import { textOf } from "./own_words";
import { ReceiptButtons } from "./receipt";
import { consentWords } from "./strings";
import { Agreed, Consequences, Shared, Weighed } from "./terms";
import { isWaiting } from "./waiting";
import { dateWords } from "./words";

export function Question({ all, id }: { all: Consents; id: string }): JSX.Element {
  const asked = all.requests.find((each) => each.id === id);
  const text = asked && textOf(asked);
  return (
    <>
      <Back href="/samtykker">{placeName()}</Back>
      {asked && text ? <Known key={asked.answer} all={all} asked={asked} text={text} /> : <Gone />}
    </>
  );
}

interface KnownProps {
  all: Consents;
  asked: ConsentRequest;
  text: ConsentText;
}

function Known({ all, asked, text }: KnownProps): JSX.Element {
  const own = all.own.find((each) => each.grant_id === asked.grant_id);
  if (asked.answer === "yes" && own) {
    return canEnd(own) ? <SaidYes asked={asked} own={own} text={text} /> : <OwnKnown own={own} asked={asked} />;
  }
  if (asked.answer === "no") return <SaidNo asked={asked} text={text} />;
  return isWaiting(asked, today.value) ? <Asking all={all} asked={asked} text={text} /> : <Passed text={text} />;
}

function Asking({ all, asked, text }: KnownProps): JSX.Element {
  const words = consentWords.value;
  const { own } = words;
  return (
    <>
      <Blik over={own.asks(asked.organisation_name)} title={text.question} page={text.name} />
      <Shared text={text} />
      <Agreed text={text} organisation={asked.organisation_name} until={words.until(dateWords(asked.last_day))} caseNumber={asked.case_number} />
      <Weighed text={text} />
      <Consequences text={text} />
      {blocksBefore(asked, all.own).length > 0 && <Aside icon="spaer" title={own.blocked} text={own.blockedWhy} tone="note" />}
      <Answering asked={asked} text={text} />
      <p class="small">{own.text(text.name, asked.version, dateWords(asked.since))}</p>
    </>
  );
}

function SaidYes({ asked, own, text }: { asked: ConsentRequest; own: OwnConsent; text: ConsentText }): JSX.Element {
  const words = consentWords.value;
  const [given] = own.events;
  return (
    <>
      <Blik
        title={words.own.saidYes}
        page={words.own.saidYes}
        lead={words.own.saidYesLead(asked.organisation_name, words.until(dateWords(asked.last_day)))}
      />
      <section class="card">
        <h2>{words.own.receipt}</h2>
        <p>{text.name}</p>
        {given && <ReceiptButtons event={given} />}
        <p class="small">{words.own.checkable}</p>
      </section>
      <Aside icon="fortryd" title={words.own.withdrawing} text={text.withdrawing} />
      <a class="btn btn--line btn--full" href={ownHref(own.grant_id)}>
        {words.own.see}
      </a>
      <ToAll />
    </>
  );
}

function SaidNo({ asked, text }: { asked: ConsentRequest; text: ConsentText }): JSX.Element {
  const words = consentWords.value.own;
  return (
    <>
      <Blik title={words.saidNo} page={words.saidNo} lead={words.saidNoLead(asked.organisation_name)} />
      <section class="card">
        <h2>{words.youWereAsked}</h2>
        <p>{text.question}</p>
        <p class="small">
          <Words>{asked.organisation_name}</Words>
        </p>
      </section>
      <section class="card">
        <h2>{words.thenWhat}</h2>
        <p>{text.refusing}</p>
      </section>
      <Aside icon="hjaelp" title={words.changeMind} text={words.changeMindWhy} />
      <ToAll />
    </>
  );
}

function Passed({ text }: { text: ConsentText }): JSX.Element {
  const words = consentWords.value.own;
  return (
    <>
      <Blik title={words.passed} page={words.passed} lead={words.passedLead} />
      <section class="card">
        <h2>{words.youWereAsked}</h2>
        <p>{text.question}</p>
      </section>
      <ToAll />
    </>
  );
}

function Gone(): JSX.Element {
  const words = consentWords.value.own;
  return (
    <>
      <Blik title={words.goneQuestion} page={words.goneQuestion} lead={words.goneQuestionWhy} />
      <ToAll />
    </>
  );
}

function ToAll(): JSX.Element {
  return (
    <a class="btn btn--line btn--full" href="/samtykker">
      <Icon name="samtykker" />
      {consentWords.value.seeAll}
    </a>
  );
}
