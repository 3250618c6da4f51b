/** The answer about a consent: the word, when it was so, until when it may be acted on, and the signed text to keep. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { today } from "../app/now";
import { language } from "../app/preferences";
import { civilDate, dayText, timeText } from "../ui/dates";
import { Icon } from "../ui/icon";
import { Fact } from "../ui/parts";
import { staff } from "./desk";
import type { Said } from "./rules";
import { deskWords } from "./strings";

export interface Answered {
  token: string;
  said: Said;
  caseNumber: string;
  /** The name of the text that was asked about. */
  text: string;
}

/** How long a file made here is kept for the browser to save, in milliseconds. */
const KEPT = 60_000;

export function Answer({ answered }: { answered: Answered }): JSX.Element {
  const words = deskWords.value.status;
  const { said } = answered;
  const who = staff();
  const units = who?.units.length ? `, ${who.units.join(", ")}` : "";
  return (
    <section class="card">
      <h2 class="label">{words.answerTo(answered.caseNumber)}</h2>
      <div class={`verdict ${said.isValid ? "verdict--yes" : ""}`}>
        <span class="verdict__sign">
          <Icon name={said.isValid ? "tjek" : "stop"} />
        </span>
        <div>
          <p class="verdict__word">{said.isValid ? words.valid : words.notValid}</p>
          <p>{words.about(answered.text)}</p>
        </div>
      </div>
      <dl class="facts">
        <Fact name={words.askedFor}>
          {who?.organisation_name}
          {units}
        </Fact>
        <Fact name={words.until}>{moment(said.until)}</Fact>
        <Fact name={words.asOf}>{moment(said.asOf)}</Fact>
        <Fact name={words.askedBy}>{who?.name}</Fact>
      </dl>
      <Acts answered={answered} />
      <details>
        <summary>
          <Icon name="info" />
          <span>{words.meaning}</span>
          <Icon name="ned" class="fold" />
        </summary>
        <p>{words.meaningWhy}</p>
      </details>
    </section>
  );
}

function Acts({ answered }: { answered: Answered }): JSX.Element {
  const words = deskWords.value.status;
  const [isKept, setKept] = useState(false);
  const keep = (): void => {
    save(answered, words.file);
    setKept(true);
  };
  return (
    <>
      <div class="acts">
        <button class="btn btn--line" type="button" onClick={keep}>
          <Icon name="hent" />
          {words.keep}
        </button>
        <a class="btn btn--line" href="/sagsbehandler/spoerg">
          <Icon name="samtykker" />
          {words.askAnew}
        </a>
      </div>
      {isKept && <p class="small">{words.kept}</p>}
    </>
  );
}

function save({ token, said }: Answered, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${token}\n`], { type: "text/plain" }));
  link.download = `${name}-${civilDate(said.asOf)}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

function moment(at: Date): string {
  const time = timeText(at, language.value);
  return `${dayText(civilDate(at), language.value, today.value)} ${language.value === "da" ? "kl." : "at"}\u00a0${time}`;
}
