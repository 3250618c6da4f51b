/** Status: whether a citizen's consent holds. A yes or a no, signed, and nothing else. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Failure } from "../api/client";
import type { StaffText, StatusQuestion } from "../api/types";
import { language } from "../app/preferences";
import { Blik } from "../ui/parts";
import { Empty } from "../ui/states";
import { Answer, type Answered } from "./answer";
import { askStatus } from "./desk";
import { Input, TextChoice } from "./fields";
import { Latest } from "./log";
import { caseOf, cprOf, newName, saidBy } from "./rules";
import { deskWords } from "./strings";
import { Wrong } from "./wrong";

type Listed = [StaffText, ...StaffText[]];

export function StatusScreen({ listed }: { listed: Listed }): JSX.Element {
  const words = deskWords.value.status;
  const [answered, setAnswered] = useState<Answered | null>(null);
  return (
    <>
      <div class="desk__wide">
        <Blik title={words.title} page={deskWords.value.places.status} lead={words.lead} />
      </div>
      <QuestionForm listed={listed} tell={setAnswered} />
      <div class="stack">
        <div class="stack" role="status">
          {answered ? (
            <Answer answered={answered} />
          ) : (
            <Empty drawing="paper">
              <h2>{words.none}</h2>
              <p>{words.noneWhy}</p>
            </Empty>
          )}
        </div>
        <Latest />
      </div>
    </>
  );
}

interface FormProps {
  listed: Listed;
  tell: (answered: Answered | null) => void;
}

function QuestionForm({ listed, tell }: FormProps): JSX.Element {
  const words = deskWords.value;
  const [cpr, setCpr] = useState("");
  const [sag, setSag] = useState("");
  const [chosen, setChosen] = useState({ text: listed[0].id, purpose: listed[0].purposes[0] ?? "" });
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [last, setLast] = useState<StatusQuestion | null>(null);
  const text = listed.find((each) => each.id === chosen.text) ?? listed[0];
  const [number, caseNumber] = [cprOf(cpr), caseOf(sag)];

  const ask = async (): Promise<void> => {
    setTried(true);
    if (isBusy || number === null || caseNumber === null) return;
    setBusy(true);
    const wanted = { cpr: number, template: text.id, purpose: chosen.purpose, case_number: caseNumber };
    // What did not come through is asked again under its own name: it is one question, and one line in the log.
    const question = { ...wanted, nonce: failure && isSame(last, wanted) ? last.nonce : newName() };
    setLast(question);
    tell(null);
    const answer = await askStatus(question);
    setBusy(false);
    if (!answer) return;
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return;
    setCpr("");
    setTried(false);
    setLast(null);
    tell({ token: answer.value.answer, said: saidBy(answer.value.answer), caseNumber, text: text.texts[language.value].name });
  };

  return (
    <form
      class="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <h2>{words.status.form}</h2>
      <Input
        label={words.field.cpr}
        hint={words.field.cprHint}
        error={isTried && number === null ? words.field.cprWrong : undefined}
        value={cpr}
        change={setCpr}
        isNumber
        longest={13}
      />
      <TextChoice listed={listed} text={text} purpose={chosen.purpose} choose={(id, purpose) => setChosen({ text: id, purpose })} />
      <Input
        label={words.field.sag}
        hint={words.field.sagHint}
        error={isTried && caseNumber === null ? words.field.sagWrong : undefined}
        value={sag}
        change={setSag}
        longest={200}
      />
      {failure && <Wrong failure={failure} />}
      <button class="btn btn--full" type="submit" aria-busy={isBusy}>
        {isBusy ? words.status.looking : words.status.look}
      </button>
      <p class="small">{words.status.seen}</p>
    </form>
  );
}

function isSame(last: StatusQuestion | null, wanted: Omit<StatusQuestion, "nonce">): last is StatusQuestion {
  return last !== null && JSON.stringify({ ...last, nonce: "" }) === JSON.stringify({ ...wanted, nonce: "" });
}
