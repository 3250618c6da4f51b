/** Language and look, and who is logged in. */

import type { JSX } from "preact";
import { dayText } from "../ui/dates";
import { Blik } from "../ui/parts";
import { initials } from "../ui/rules";
import { today } from "./now";
import { chooseLanguage, chooseTheme, language, strings, theme } from "./preferences";
import { session } from "./record";

export function ChoicesScreen(): JSX.Element {
  const words = strings.value.choices;
  return (
    <>
      <Blik title={words.title} page={strings.value.app.choices} lead={words.kept} />
      <section>
        <Picks
          name="language"
          legend={words.language}
          options={[
            ["da", words.danish, "da"],
            ["en", words.english, "en"],
          ]}
          chosen={language.value}
          choose={chooseLanguage}
        />
      </section>
      <section>
        <Picks
          name="theme"
          legend={words.look}
          options={[
            ["phone", words.phone],
            ["light", words.light],
            ["dark", words.dark],
          ]}
          chosen={theme.value}
          choose={chooseTheme}
        />
      </section>
      <Who />
    </>
  );
}

interface PicksProps<T extends string> {
  name: string;
  legend: string;
  options: [T, string, string?][];
  chosen: T;
  choose: (chosen: T) => void;
}

function Picks<T extends string>({ name, legend, options, chosen, choose }: PicksProps<T>): JSX.Element {
  return (
    <fieldset class="picks">
      <legend>{legend}</legend>
      {options.map(([value, text, lang]) => (
        <label class="pick" key={value}>
          <input type="radio" name={name} value={value} checked={chosen === value} onChange={() => choose(value)} />
          <span lang={lang}>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Who(): JSX.Element | null {
  const words = strings.value;
  const citizen = session.value.state === "ready" ? session.value.value.citizen : null;
  if (citizen === null) return null;
  const name = citizen.name ?? words.app.unnamed;
  return (
    <section>
      <h2>{words.choices.loggedInAs}</h2>
      <div class="card">
        <div class="row row--mid">
          <span class="face face--big" aria-hidden="true">
            {initials(name)}
          </span>
          <div class="grow">
            <p class="name">{name}</p>
            {citizen.born && <p class="small">{words.choices.born(dayText(citizen.born, language.value, today.value))}</p>}
          </div>
        </div>
        <p class="small">{words.choices.logOutWhy}</p>
      </div>
    </section>
  );
}
