/** Bed om samtykke: a question to a citizen, from a text that they read before they answer. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Failure } from "../api/client";
import type { Asked, StaffText } from "../api/types";
import { today } from "../app/now";
import { language } from "../app/preferences";
import { dayText } from "../ui/dates";
import { Aside, Blik } from "../ui/parts";
import { askCitizen } from "./desk";
import { Input, TextChoice } from "./fields";
import { caseOf, cprOf, newName } from "./rules";
import { deskWords } from "./strings";
import { Wrong } from "./wrong";

type Listed = [StaffText, ...StaffText[]];

export function AskScreen({ listed }: { listed: Listed }): JSX.Element {
  const words = deskWords.value.ask;
  const [chosen, setChosen] = useState({ text: listed[0].id, purpose: listed[0].purposes[0] ?? "" });
  const text = listed.find((each) => each.id === chosen.text) ?? listed[0];
  return (
    <>
      <div class="desk__wide">
        <Blik title={words.title} page={deskWords.value.places.ask} lead={words.lead} />
      </div>
      <AskForm key={text.id} listed={listed} text={text} purpose={chosen.purpose} choose={(id, purpose) => setChosen({ text: id, purpose })} />
      <Preview text={text} />
    </>
  );
}

interface FormProps {
  listed: Listed;
  text: StaffText;
  purpose: string;
  choose: (text: string, purpose: string) => void;
}

function AskForm({ listed, text, purpose, choose }: FormProps): JSX.Element {
  const words = deskWords.value;
  const [cpr, setCpr] = useState("");
  const [sag, setSag] = useState("");
  const [lastDay, setLastDay] = useState(text.last_day);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [isSent, setSent] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [id, setId] = useState(newName);
  const [number, caseNumber] = [cprOf(cpr), caseOf(sag)];
  const isDayRight = lastDay >= today.value && lastDay <= text.last_day;

  const send = async (): Promise<void> => {
    setTried(true);
    if (isBusy || number === null || caseNumber === null || !isDayRight) return;
    setBusy(true);
    setSent(false);
    const asked: Asked = { id, cpr: number, template: text.id, purpose, case_number: caseNumber, last_day: lastDay };
    const answer = await askCitizen(asked);
    setBusy(false);
    if (!answer) return;
    setFailure(answer.ok ? null : answer.failure);
    // What the server took or refused is done with; what it may not have got is sent again under the same name.
    if (answer.ok || answer.failure.status !== null) setId(newName());
    if (!answer.ok) return;
    setCpr("");
    setTried(false);
    setSent(true);
  };

  return (
    <form
      class="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h2>{words.ask.form}</h2>
      <Input
        label={words.field.cpr}
        hint={words.field.cprHint}
        error={isTried && number === null ? words.field.cprWrong : undefined}
        value={cpr}
        change={setCpr}
        isNumber
        longest={13}
      />
      <TextChoice listed={listed} text={text} purpose={purpose} choose={choose} />
      <Input
        label={words.field.sag}
        hint={words.field.sagHint}
        error={isTried && caseNumber === null ? words.field.sagWrong : undefined}
        value={sag}
        change={setSag}
        longest={200}
      />
      <Input
        label={words.ask.lastDay}
        hint={words.ask.lastDayHint(dayText(text.last_day, language.value, today.value))}
        error={isTried && !isDayRight ? words.field.dayWrong : undefined}
        value={lastDay}
        change={setLastDay}
        type="date"
      />
      {failure && <Wrong failure={failure} />}
      <div role="status">{isSent && <Aside icon="tjek" title={words.ask.sent} text={words.ask.sentWhy} />}</div>
      <button class="btn btn--full" type="submit" aria-busy={isBusy}>
        {isBusy ? words.ask.sending : words.ask.send}
      </button>
    </form>
  );
}

/** The text as the citizen reads it. */
function Preview({ text }: { text: StaffText }): JSX.Element {
  const words = deskWords.value.ask;
  const said = text.texts[language.value];
  const rest: [string, string][] = [
    [words.benefit, said.benefit],
    [words.risk, said.risk],
    [words.refusing, said.refusing],
    [words.withdrawing, said.withdrawing],
  ];
  return (
    <section class="card" aria-labelledby="preview">
      <h2 class="label" id="preview">
        {words.preview}
      </h2>
      <h3>{said.question}</h3>
      <p>{said.who}</p>
      <p>{said.why}</p>
      <dl class="facts">
        <div>
          <dt>{words.can}</dt>
          {said.can.map((each) => (
            <dd key={each}>{each}</dd>
          ))}
        </div>
        <div>
          <dt>{words.cannot}</dt>
          {said.cannot.map((each) => (
            <dd key={each}>{each}</dd>
          ))}
        </div>
        {rest.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
