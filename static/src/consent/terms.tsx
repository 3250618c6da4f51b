/** What a consent says: what they can see and cannot, who, why and how long, who benefits, what can go wrong. */

import type { ComponentChildren, JSX } from "preact";
import type { ConsentText } from "../api/types";
import { Icon } from "../ui/icon";
import { Fact, Words } from "../ui/parts";
import { consentWords } from "./strings";

/** What they can see, and what not. */
export function Shared({ text }: { text: ConsentText }): JSX.Element {
  const words = consentWords.value.own;
  return (
    <section class="card">
      <h2>{words.can}</h2>
      <ul class="points">
        {text.can.map((each) => (
          <li key={each}>
            <Icon name="tjek" />
            <span>{each}</span>
          </li>
        ))}
      </ul>
      <h2>{words.cannot}</h2>
      <ul class="points points--not">
        {text.cannot.map((each) => (
          <li key={each}>
            <Icon name="kryds" />
            <span>{each}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AgreedProps {
  text: ConsentText;
  organisation: string;
  until: string;
  caseNumber: string | null;
}

/** With whom, for what, until when. */
export function Agreed({ text, organisation, until, caseNumber }: AgreedProps): JSX.Element {
  const words = consentWords.value;
  return (
    <section class="card">
      <h2>{words.own.terms}</h2>
      <dl class="facts">
        <Fact name={words.facts.who}>
          <Words>{organisation}</Words>
          <p>{text.who}</p>
        </Fact>
        <Fact name={words.facts.why}>{text.why}</Fact>
        <Fact name={words.facts.ends}>{until}</Fact>
        <Fact name={words.own.caseNumber}>{caseNumber && <Words>{caseNumber}</Words>}</Fact>
      </dl>
    </section>
  );
}

/** Who has good of it, and what can go wrong: of equal weight. */
export function Weighed({ text }: { text: ConsentText }): JSX.Element {
  const words = consentWords.value.own;
  return (
    <Said>
      <h2>{words.benefit}</h2>
      <p>{text.benefit}</p>
      <h2>{words.risk}</h2>
      <p>{text.risk}</p>
    </Said>
  );
}

/** What a no does, and what taking back a yes does. */
export function Consequences({ text }: { text: ConsentText }): JSX.Element {
  const words = consentWords.value.own;
  return (
    <Said>
      <h2>{words.refusing}</h2>
      <p>{text.refusing}</p>
      <h2>{words.withdrawing}</h2>
      <p>{text.withdrawing}</p>
    </Said>
  );
}

function Said({ children }: { children: ComponentChildren }): JSX.Element {
  return <section class="card card--said">{children}</section>;
}
