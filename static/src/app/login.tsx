/** The door: in the demo one chooses a made-up person. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Failure } from "../api/client";
import type { DemoPerson, Session } from "../api/types";
import { DoorArt, Mark } from "../ui/brand";
import { Icon } from "../ui/icon";
import { Aside, Blik } from "../ui/parts";
import { initials } from "../ui/rules";
import { FailedCard } from "../ui/states";
import { chooseLanguage, language, strings } from "./preferences";
import { loadPeople, logIn, people } from "./record";

export function Login({ mode }: { mode: Session["mode"] }): JSX.Element {
  const words = strings.value;
  const other = language.value === "da" ? "en" : "da";
  const isDemo = mode === "demo";
  return (
    <>
      <div class="door__brand">
        <Mark />
        {words.app.name}
        <button class="quiet" type="button" lang={other} onClick={() => chooseLanguage(other)}>
          <Icon name="sprog" />
          {words.app.otherLanguage}
        </button>
      </div>
      <DoorArt />
      <Blik title={words.login.title} page={words.app.name} lead={isDemo ? words.login.lead : undefined} />
      {isDemo ? <People /> : <Aside icon="laas" title={words.login.closed} text={words.login.closedWhy} />}
    </>
  );
}

function People(): JSX.Element {
  const words = strings.value;
  const listed = people.value;
  useEffect(() => void loadPeople(), []);
  if (listed.state === "loading") {
    return (
      <p role="status" class="lead">
        {words.login.loading}
      </p>
    );
  }
  if (listed.state === "failed") {
    return <FailedCard title={words.failed.people} isTitleSeen failure={listed.failure} retry={() => void loadPeople()} />;
  }
  return <Choice listed={listed.value} />;
}

function Choice({ listed }: { listed: DemoPerson[] }): JSX.Element {
  const words = strings.value;
  const [chosen, setChosen] = useState<DemoPerson | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const enter = async (person: DemoPerson): Promise<void> => {
    setChosen(person);
    setFailure(null);
    setFailure(await logIn(person.id));
    setChosen(null);
  };
  return (
    <>
      <Aside icon="info" title={words.login.madeUp} text={words.login.madeUpWhy} />
      {failure && chosen === null && (
        <FailedCard title={words.failed.login} isTitleSeen failure={failure} retry={() => setFailure(null)} />
      )}
      <section>
        <h2>{words.login.choose}</h2>
        <p role="status" class={chosen ? "lead" : "unseen"}>
          {chosen && words.login.busy(chosen.name)}
        </p>
        {listed.length === 0 && <p>{words.login.noPeople}</p>}
        <ul class="rows">
          {listed.map((person) => (
            <li key={person.id}>
              <PersonButton person={person} isBusy={chosen === person} choose={() => void enter(person)} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function PersonButton({ person, isBusy, choose }: { person: DemoPerson; isBusy: boolean; choose: () => void }): JSX.Element {
  return (
    <button class="row row--mid" type="button" aria-busy={isBusy} onClick={choose}>
      <span class="face face--big" aria-hidden="true">
        {initials(person.name)}
      </span>
      <span class="grow">
        <span class="name">{person.name}</span>
        <span class="small">{language.value === "en" ? person.about_en : person.about_da}</span>
      </span>
      <Icon name="frem" class="row__go" />
    </button>
  );
}
