/** Min log: what one asked oneself, newest first, without whom it was about. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Failure } from "../api/client";
import type { OwnQuestion } from "../api/types";
import { today } from "../app/now";
import { language } from "../app/preferences";
import { civilDate, shortDayText, timeText } from "../ui/dates";
import { Blik, Chip } from "../ui/parts";
import { Empty, Failed, FailedCard, Loading } from "../ui/states";
import { asked, loadAsked, loadOlder, texts } from "./desk";
import { deskWords } from "./strings";

const FEW = 5;

/** The newest few, beside the answer. */
export function Latest(): JSX.Element | null {
  const words = deskWords.value.log;
  const held = asked.value;
  if (held.state === "failed") {
    return <FailedCard title={words.failed} isTitleSeen failure={held.failure} retry={() => void loadAsked()} />;
  }
  if (held.state === "loading" || held.value.questions.length === 0) return null;
  return (
    <section class="card">
      <Table name={words.latest} questions={held.value.questions.slice(0, FEW)} />
      <p class="small">{words.lead}</p>
      <a class="back" href="/sagsbehandler/log">
        {words.all}
      </a>
    </section>
  );
}

export function OwnLogScreen(): JSX.Element {
  const words = deskWords.value.log;
  const held = asked.value;
  if (held.state === "loading") return <Loading text={words.loading} />;
  if (held.state === "failed") {
    return <Failed title={words.failed} page={deskWords.value.places.log} failure={held.failure} retry={() => void loadAsked()} />;
  }
  return (
    <>
      <div class="desk__wide">
        <Blik title={words.title} page={deskWords.value.places.log} lead={words.lead} />
      </div>
      <div class="desk__wide stack">
        {held.value.questions.length === 0 ? (
          <Empty drawing="paper">
            <p>{words.empty}</p>
          </Empty>
        ) : (
          <section class="card">
            <Table name={words.latest} questions={held.value.questions} />
          </section>
        )}
        {held.value.more && <Older />}
      </div>
    </>
  );
}

function Older(): JSX.Element {
  const words = deskWords.value.log;
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const more = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFailure(await loadOlder());
    setBusy(false);
  };
  if (failure) return <FailedCard title={words.moreFailed} isTitleSeen failure={failure} retry={() => void more()} />;
  return (
    <button class="btn btn--line" type="button" aria-busy={isBusy} onClick={() => void more()}>
      {isBusy ? words.moreBusy : words.more}
    </button>
  );
}

/** The roles stand there in words: narrow screens stack the cells, and browsers then take it for no table. */
function Table({ name, questions }: { name: string; questions: OwnQuestion[] }): JSX.Element {
  const words = deskWords.value.log;
  return (
      <table role="table">
        <caption>{name}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">{words.when}</th>
            <th role="columnheader" scope="col">{words.sag}</th>
            <th role="columnheader" scope="col">{words.text}</th>
            <th role="columnheader" scope="col">{words.answer}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {questions.map((each) => (
            <tr role="row" key={each.id}>
              <td role="cell">
                <time dateTime={each.asked_at}>{whenOf(each)}</time>
              </td>
              <td role="cell">{each.case_number}</td>
              <td role="cell">{textOf(each)}</td>
              <td role="cell">
                <Status of={each} />
              </td>
            </tr>
          ))}
        </tbody>
    </table>
  );
}

function Status({ of }: { of: OwnQuestion }): JSX.Element {
  const words = deskWords.value.log;
  if (of.kind !== "status" || of.status === null) return <Chip icon="samtykker">{words.kinds[of.kind]}</Chip>;
  const isValid = of.status === "VALID";
  return (
    <Chip icon={isValid ? "tjek" : "stop"} tone={isValid ? "ok" : "plain"}>
      {words.said[of.status]}
    </Chip>
  );
}

function whenOf(question: OwnQuestion): string {
  const words = deskWords.value.log;
  const at = new Date(question.asked_at);
  const [day, time] = [civilDate(at), timeText(at, language.value)];
  return day === today.value ? words.today(time) : words.onDay(shortDayText(day, language.value, today.value), time);
}

/** The name of the text, as far as the role covers it still; else its id. */
function textOf(question: OwnQuestion): string {
  const known = texts.value.state === "ready" ? texts.value.value.find((each) => each.id === question.template) : undefined;
  return known?.texts[language.value].name ?? question.template;
}
