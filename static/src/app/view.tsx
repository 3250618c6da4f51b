/** Sprog og visning: language, look and size of the letters. */

import type { JSX } from "preact";
import { Icon } from "../ui/icon";
import { Aside, Back, Blik } from "../ui/parts";
import { chooseLanguage, chooseSize, chooseTheme, language, moreName, offersLarge, size, strings, theme } from "./preferences";

export function ViewScreen(): JSX.Element {
  const words = strings.value.more.view;
  return (
    <>
      <Back href="/mere">{moreName.value}</Back>
      <Blik title={words.title} page={words.name} lead={words.kept} />
      <section>
        <Picks
          name="language"
          legend={words.language}
          options={[
            ["da", words.danish, "da"],
            ["en", words.english, "en"],
          ]}
          chosen={language.value}
          choose={(chosen) => void chooseLanguage(chosen)}
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
      <section>
        <Picks
          name="size"
          legend={words.size}
          options={[
            ["normal", words.normal],
            ["large", words.large],
          ]}
          chosen={size.value}
          choose={chooseSize}
        />
      </section>
      <Aside icon="info" title={words.motion} text={words.motionWhy} />
    </>
  );
}

/** The one step out of large letters, at the foot of the day. */
export function LeaveLarge(): JSX.Element {
  return (
    <button class="btn btn--line btn--full" type="button" onClick={() => chooseSize("normal")}>
      <Icon name="tekst" />
      {strings.value.more.view.leaveLarge}
    </button>
  );
}

/** The one step into large letters, for who has large ones on the phone already and has not chosen here. */
export function OfferLarge(): JSX.Element | null {
  const words = strings.value.more.view;
  if (!offersLarge.value) return null;
  return (
    <section class="card card--plain" aria-labelledby="large">
      <h2 id="large">{words.offer}</h2>
      <p>{words.offerWhy}</p>
      <div class="stack">
        <button class="btn btn--line btn--full" type="button" onClick={() => chooseSize("large")}>
          {words.offerYes}
        </button>
        <button class="btn btn--line btn--full" type="button" onClick={() => chooseSize("normal")}>
          {words.offerNo}
        </button>
      </div>
    </section>
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
