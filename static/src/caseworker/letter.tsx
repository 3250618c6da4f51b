/** The letter to the citizen whose consent on paper was recorded: it is printed and sent by post. */

import type { JSX } from "preact";
import { Icon } from "../ui/icon";
import type { Letter } from "../api/types";
import { deskWords } from "./strings";

export function LetterCard({ letter }: { letter: Letter }): JSX.Element {
  const words = deskWords.value.paper;
  return (
    <section class="card letter" lang={letter.language}>
      <h2>{letter.subject}</h2>
      {letter.paragraphs.map((each) => (
        <p key={each}>{each}</p>
      ))}
      <button class="btn btn--line noprint" type="button" lang={document.documentElement.lang} onClick={() => print()}>
        <Icon name="udskriv" />
        {words.print}
      </button>
    </section>
  );
}
