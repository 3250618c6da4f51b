/** The choices of a new block: whom, what, which data, and who may see all the same. */

import type { ComponentChildren, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Party } from "../api/types";
import { capital } from "../ui/dates";
import { DateField, SelectField } from "../ui/field";
import { Icon } from "../ui/icon";
import { Blik } from "../ui/parts";
import { CheckRow, Picks } from "../ui/picks";
import { choicesOf, exceptionsOf, missingIn, WHATS, type Acquainted, type Draft, type Missing } from "./block_rules";
import { whoWords } from "./own_words";
import { consentWords } from "./strings";

interface BlockFormProps {
  draft: Draft;
  acquainted: Acquainted;
  change: (draft: Draft) => void;
  show: () => void;
}

export function BlockForm({ draft, acquainted, change, show }: BlockFormProps): JSX.Element {
  const words = consentWords.value.block;
  const [hasTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const missing = hasTried ? missingIn(draft, acquainted) : [];
  const submit = (event: Event): void => {
    event.preventDefault();
    const [first] = missingIn(draft, acquainted);
    if (first === undefined) return show();
    setTried(true);
    form.current?.querySelector<HTMLElement>(`[data-part="${first}"] input`)?.focus();
  };
  return (
    <>
      <Blik title={words.title} page={words.open} lead={words.lead} />
      <form class="parts" ref={form} onSubmit={submit} noValidate>
        <Part name="whom" hint={words.whomHint} error={missing.includes("whom") ? words.whomMissing : null}>
          <Picks
            name="whom"
            legend={words.whom}
            options={choicesOf(acquainted).map(({ key, party }) => [key, nameOf(party)])}
            chosen={draft.whom}
            choose={(whom) => change({ ...draft, whom, exceptions: [] })}
          />
        </Part>
        <Part name="what" error={missing.includes("what") ? words.whatMissing : null}>
          <Picks
            name="what"
            legend={words.what}
            options={WHATS.map((what) => [what, words.whats[what]])}
            chosen={draft.what}
            choose={(what) => change({ ...draft, what })}
          />
        </Part>
        <Limits draft={draft} acquainted={acquainted} change={change} isWrong={missing.includes("time")} />
        <Exceptions draft={draft} acquainted={acquainted} change={change} />
        <p class="error" role="alert">
          {missing.length > 0 && words.missing}
        </p>
        <button class="btn btn--full" type="submit">
          {words.show}
        </button>
      </form>
    </>
  );
}

interface PartProps {
  name: Missing;
  hint?: string;
  error: string | null;
  children: ComponentChildren;
}

function Part({ name, hint, error, children }: PartProps): JSX.Element {
  return (
    <section data-part={name}>
      {children}
      {hint && <p class="small">{hint}</p>}
      {error && <Wrong text={error} />}
    </section>
  );
}

function Wrong({ text }: { text: string }): JSX.Element {
  return (
    <p class="error">
      <Icon name="advarsel" />
      <span>{text}</span>
    </p>
  );
}

interface FurtherProps {
  draft: Draft;
  acquainted: Acquainted;
  change: (draft: Draft) => void;
}

function Limits({ draft, acquainted, change, isWrong }: FurtherProps & { isWrong: boolean }): JSX.Element {
  const words = consentWords.value.block;
  const isSet = draft.place !== "" || draft.from !== "" || draft.to !== "";
  const places: [string, string][] = [["", words.anyPlace], ...acquainted.organisations.map(({ id, name }): [string, string] => [id, name])];
  return (
    <details class="card" open={isSet || isWrong}>
      <Summary text={words.limits} />
      <div class="stack" data-part="time">
        <SelectField label={words.placeLabel} options={places} value={draft.place} change={(place) => change({ ...draft, place })} />
        <DateField label={words.from} value={draft.from} isWrong={isWrong} change={(from) => change({ ...draft, from })} />
        <DateField label={words.to} value={draft.to} isWrong={isWrong} change={(to) => change({ ...draft, to })} />
        {isWrong && <Wrong text={words.timeWrong} />}
      </div>
    </details>
  );
}

function Exceptions({ draft, acquainted, change }: FurtherProps): JSX.Element | null {
  const words = consentWords.value.block;
  const offered = exceptionsOf(draft.whom, acquainted);
  if (offered.length === 0) return null;
  const turn = (key: string, isOn: boolean): void =>
    change({ ...draft, exceptions: isOn ? [...draft.exceptions, key] : draft.exceptions.filter((each) => each !== key) });
  return (
    <details class="card" open={draft.exceptions.length > 0}>
      <Summary text={words.exceptions} />
      <fieldset class="stack">
        <legend class="unseen">{words.exceptions}</legend>
        {offered.map(({ key, party }) => (
          <CheckRow key={key} text={nameOf(party)} isOn={draft.exceptions.includes(key)} turn={(isOn) => turn(key, isOn)} />
        ))}
      </fieldset>
    </details>
  );
}

function Summary({ text }: { text: string }): JSX.Element {
  return (
    <summary>
      <span>{text}</span>
      <Icon name="ned" class="fold" />
    </summary>
  );
}

/** Somebody as one chooses them. */
function nameOf(party: Party): string {
  const words = consentWords.value.block;
  if (party.type === "everyone") return words.everyone;
  if (party.type === "role") return words.caseworkers(party.name ?? "");
  const who = capital(whoWords(party));
  return party.type === "person" && party.name !== null ? words.personAt(who, party.name) : who;
}
