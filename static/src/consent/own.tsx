/** One consent or block of the citizen's own: what it says, what has happened with receipts, and how it is ended. */

import type { ComponentChildren, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { ConsentRequest, Consents, OwnConsent } from "../api/types";
import { newId } from "../app/acts";
import { loadConsents } from "../app/record";
import { capital } from "../ui/dates";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { Back, Blik, Fact } from "../ui/parts";
import { FailedCard } from "../ui/states";
import { endConsent } from "./acts";
import { Unknown } from "./detail";
import { isEnding } from "./ending";
import { OwnChips, placeName } from "./list";
import { canEnd, historyOf } from "./own_rules";
import { dataWords, eventWords, joined, limitWords, meansWords, momentWords, textOf, titleOf, whoWords } from "./own_words";
import { ReceiptButtons } from "./receipt";
import { useSending } from "./sending";
import { consentWords } from "./strings";
import { Agreed, Shared, Weighed } from "./terms";
import { dateWords, dayWords } from "./words";

export function OwnDetail({ all, id }: { all: Consents; id: string }): JSX.Element {
  const own = all.own.find((each) => each.grant_id === id);
  const asked = all.requests.find((each) => each.grant_id === id);
  return (
    <>
      <Back href="/samtykker">{placeName()}</Back>
      {own ? <OwnKnown key={`${own.state} ${isEnding(own)}`} own={own} asked={asked} /> : <Unknown />}
    </>
  );
}

export function OwnKnown({ own, asked }: { own: OwnConsent; asked: ConsentRequest | undefined }): JSX.Element {
  const words = consentWords.value;
  const [text, title] = [textOf(own), titleOf(own)];
  const until = own.last_day === null ? words.endless : words.until(dateWords(own.last_day));
  return (
    <>
      <Blik title={title} page={title} lead={meansWords(own)}>
        <OwnChips own={own} />
      </Blik>
      {text ? (
        <>
          <Shared text={text} isOver={!canEnd(own)} />
          <Agreed text={text} organisation={whoWords(own.grantee)} until={until} caseNumber={asked?.case_number ?? null} isOver={!canEnd(own)} />
          {canEnd(own) && <Weighed text={text} />}
        </>
      ) : (
        <Said own={own} until={until} />
      )}
      {canEnd(own) && !isEnding(own) && <Ending own={own} />}
      <History own={own} />
    </>
  );
}

/** What it says where no text was read: a block, or terms that came in another way. */
function Said({ own, until }: { own: OwnConsent; until: string }): JSX.Element {
  const words = consentWords.value;
  const isBlock = own.concerns === "block";
  const exceptions = own.exceptions.map(whoWords);
  return (
    <section class="card">
      <h2>{isBlock ? words.own.blockSays : words.says}</h2>
      <dl class="facts">
        <Fact name={isBlock ? words.own.blockedWhom : words.facts.who}>
          {capital(whoWords(own.grantee))}
          {exceptions.length > 0 && <p>{words.own.excepted(joined(exceptions, words.own.and))}</p>}
        </Fact>
        <Fact name={isBlock ? (canEnd(own) ? words.own.blockedWhat : words.own.couldNot) : words.facts.what}>
          {capital(dataWords(own.actions, words.own.and))}
          {limitWords(own.data).map((each) => (
            <p key={each}>{each}</p>
          ))}
        </Fact>
        <Fact name={words.facts.begins}>{dayWords(own.valid_from ?? own.given_at)}</Fact>
        {canEnd(own) && <Fact name={words.facts.ends}>{isBlock ? words.own.untilLifted : until}</Fact>}
        <Fact name={words.own.endedOn}>{dayWords(own.ended_at)}</Fact>
      </dl>
    </section>
  );
}

/** What ending it does, and the way to it. */
function Ending({ own }: { own: OwnConsent }): JSX.Element {
  const words = consentWords.value.own.end[own.concerns === "block" ? "block" : "consent"];
  const [isAsking, setAsking] = useState(false);
  const sending = useSending();
  const id = useRef(newId());
  const end = (): void => void sending.send(() => endConsent(own.grant_id, id.current));
  const close = (): void => {
    setAsking(false);
    // What failed on its way back may have arrived all the same.
    if (sending.failure !== null) void loadConsents(true);
  };
  return (
    <section class="card">
      <h2>{words.title}</h2>
      <Then own={own} />
      <button class="btn btn--stop btn--full" type="button" onClick={() => setAsking(true)}>
        <Icon name="fortryd" />
        {words.open}
      </button>
      {isAsking && (
        <Dialog question={words.question} yes={sending.failure === null ? words.yes : null} no={words.no} busy={sending.isBusy ? words.busy : null} act={end} close={close}>
          <Then own={own} />
          {sending.failure && <FailedCard title={words.failed} isTitleSeen failure={sending.failure} retry={sending.retry} />}
        </Dialog>
      )}
    </section>
  );
}

function Then({ own }: { own: OwnConsent }): JSX.Element {
  const words = consentWords.value.own;
  const text = textOf(own);
  if (own.concerns !== "block") return <p>{text?.withdrawing ?? words.end.fallback}</p>;
  return (
    <>
      <p>{words.end.lifting(whoWords(own.grantee), dataWords(own.actions, words.and))}</p>
      <p>{words.end.liftStays}</p>
    </>
  );
}

function History({ own }: { own: OwnConsent }): JSX.Element {
  const words = consentWords.value.own;
  return (
    <section>
      <h2>{words.history}</h2>
      <ul class="rows">
        {historyOf(own).map((event) => (
          <li key={event.id} class="stack">
            <Line>
              <h3 class="row__when">{eventWords(event, own)}</h3>
              <p class="small">{capital(momentWords(event.at))}</p>
            </Line>
            <ReceiptButtons event={event} />
          </li>
        ))}
      </ul>
      <p class="small">{words.checkable}</p>
    </section>
  );
}

function Line({ children }: { children: ComponentChildren }): JSX.Element {
  return <div class="grow">{children}</div>;
}
