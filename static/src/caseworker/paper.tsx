/** På papir: what a citizen without the app signed, recorded by one and approved by another, and ends on paper. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Failure } from "../api/client";
import type { Letter, PaperSaid, StaffText } from "../api/types";
import { language } from "../app/preferences";
import { today } from "../app/now";
import { dayText } from "../ui/dates";
import { Aside, Blik } from "../ui/parts";
import { Picks } from "../ui/picks";
import { Empty } from "../ui/states";
import { approvePaper, endOnPaper, recordPaper } from "./desk";
import { FileField, Input, Select, TextChoice } from "./fields";
import { LetterCard } from "./letter";
import { caseOf, cprOf, hashOf, idOf } from "./rules";
import { deskWords } from "./strings";
import { Wrong } from "./wrong";

type Listed = [StaffText, ...StaffText[]];
type Step = "record" | "approve" | "end";
type Told = { step: Step; letter: Letter | null };

const STEPS: Step[] = ["record", "approve", "end"];
const LANGUAGES = ["da", "en"] as const;

export function PaperScreen({ listed }: { listed: Listed }): JSX.Element {
  const words = deskWords.value.paper;
  const [step, setStep] = useState<Step>("record");
  const [told, setTold] = useState<Told | null>(null);
  const turn = (chosen: Step): void => {
    setStep(chosen);
    setTold(null);
  };
  return (
    <>
      <div class="desk__wide noprint">
        <Blik title={words.title} page={deskWords.value.places.paper} lead={words.lead} />
      </div>
      <div class="stack noprint">
        <Picks name="step" legend={words.step} options={STEPS.map((each) => [each, words.steps[each]])} chosen={step} choose={turn} />
        <PaperForm key={step} listed={listed} step={step} tell={setTold} />
      </div>
      <div class="stack" role="status">
        {told === null && (
          <Empty drawing="paper">
            <h2>{words.none}</h2>
            <p>{words.noneWhy}</p>
          </Empty>
        )}
        {told && <Aside icon="tjek" title={words.done[told.step]} text={words.doneWhy[told.step]} />}
        {told?.letter && <LetterCard letter={told.letter} />}
      </div>
    </>
  );
}

interface FormProps {
  listed: Listed;
  step: Step;
  tell: (told: Told | null) => void;
}

function PaperForm({ listed, step, tell }: FormProps): JSX.Element {
  const words = deskWords.value;
  const form = usePaper(listed, step, tell);
  const { text, wrong } = form;
  return (
    <form
      class="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.send();
      }}
    >
      <h2>{words.paper.steps[step]}</h2>
      <p class="small">{words.paper.stepWhy[step]}</p>
      <FileField label={words.paper.file} hint={words.paper.fileHint} error={wrong.file} change={form.setFile} />
      <Input label={words.field.cpr} hint={words.field.cprHint} error={wrong.cpr} value={form.cpr} change={form.setCpr} isNumber longest={13} />
      <TextChoice listed={listed} text={text} purpose={form.purpose} choose={form.choose} />
      <Input label={words.field.sag} hint={words.field.sagHint} error={wrong.sag} value={form.sag} change={form.setSag} longest={200} />
      {step === "record" && (
        <>
          <Input label={words.paper.signedOn} error={wrong.signedOn} value={form.signedOn} change={form.setSignedOn} type="date" />
          <Input
            label={words.ask.lastDay}
            hint={words.ask.lastDayHint(dayText(text.last_day, language.value, today.value))}
            error={wrong.lastDay}
            value={form.lastDay}
            change={form.setLastDay}
            type="date"
          />
          <Select label={words.paper.language} value={form.read} change={(chosen) => form.setRead(chosen === "en" ? "en" : "da")}>
            {LANGUAGES.map((each) => (
              <option key={each} value={each}>
                {words.paper.languages[each]}
              </option>
            ))}
          </Select>
        </>
      )}
      {form.failure && <Wrong failure={form.failure} told={words.paper.wrong[step]} />}
      <button class="btn btn--full" type="submit" aria-busy={form.isBusy}>
        {form.isBusy ? words.ask.sending : words.paper.send[step]}
      </button>
      <p class="small">{words.paper.seen}</p>
    </form>
  );
}

/** What stands in the form, what is wrong with it once one has tried, and the sending of it. */
function usePaper(listed: Listed, step: Step, tell: (told: Told | null) => void) {
  const words = deskWords.value;
  const [cpr, setCpr] = useState("");
  const [sag, setSag] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const [chosen, setChosen] = useState({ text: listed[0].id, purpose: listed[0].purposes[0] ?? "" });
  const text = listed.find((each) => each.id === chosen.text) ?? listed[0];
  const [signedOn, setSignedOn] = useState(today.value);
  const [lastDay, setLastDay] = useState(text.last_day);
  const [read, setRead] = useState<"da" | "en">(language.value);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [number, caseNumber] = [cprOf(cpr), caseOf(sag)];
  const areDaysRight = step !== "record" || (signedOn !== "" && signedOn <= today.value && lastDay >= today.value && lastDay <= text.last_day);

  const send = async (): Promise<void> => {
    setTried(true);
    if (isBusy || file === null || number === null || caseNumber === null || !areDaysRight) return;
    setBusy(true);
    tell(null);
    const hash = await hashOf(file);
    const said: PaperSaid = { id: idOf(hash, step), cpr: number, template: text.id, purpose: chosen.purpose, case_number: caseNumber, document_sha256: hash };
    const answer =
      step === "record"
        ? await recordPaper({ ...said, signed_on: signedOn, last_day: lastDay, language: read })
        : step === "approve"
          ? await approvePaper(said)
          : await endOnPaper(said);
    setBusy(false);
    if (!answer) return;
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return;
    setCpr("");
    setTried(false);
    tell({ step, letter: "paragraphs" in answer.value ? answer.value : null });
  };
  const shown = <T,>(isWrong: boolean, said: T): T | undefined => (isTried && isWrong ? said : undefined);
  return {
    cpr, setCpr, sag, setSag, setFile, text, purpose: chosen.purpose, signedOn, setSignedOn, lastDay, setLastDay, read, setRead, isBusy, failure, send,
    choose: (id: string, purpose: string): void => {
      setChosen({ text: id, purpose });
      setLastDay(listed.find((each) => each.id === id)?.last_day ?? lastDay);
    },
    wrong: {
      file: shown(file === null, words.paper.fileMissing),
      cpr: shown(number === null, words.field.cprWrong),
      sag: shown(caseNumber === null, words.field.sagWrong),
      signedOn: shown(signedOn === "" || signedOn > today.value, words.paper.signedWrong),
      lastDay: shown(lastDay < today.value || lastDay > text.last_day, words.field.dayWrong),
    },
  };
}
