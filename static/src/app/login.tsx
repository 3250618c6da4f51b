/** The door: one logs in with MitID, or in the demo as a made-up person. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Failure } from "../api/client";
import type { DemoPerson, Session } from "../api/types";
import { DoorArt, Mark } from "../ui/brand";
import { Icon } from "../ui/icon";
import { Aside, Blik } from "../ui/parts";
import { initials } from "../ui/rules";
import { FailedCard, Three } from "../ui/states";
import { mitidAddress, outcome, type Outcome } from "./door";
import { chooseLanguage, language, strings } from "./preferences";
import { loadPeople, logIn, people } from "./entering";

interface LoginProps {
  mode: Session["mode"];
  hasMitid: boolean;
  hasStaff: boolean;
}

export function Login({ mode, hasMitid, hasStaff }: LoginProps): JSX.Element {
  const words = strings.value;
  const other = language.value === "da" ? "en" : "da";
  const isDemo = mode === "demo";
  return (
    <>
      <div class="door__brand">
        <Mark />
        {words.app.name}
        <button class="quiet" type="button" lang={other} onClick={() => void chooseLanguage(other)}>
          <Icon name="sprog" />
          {words.app.otherLanguage}
        </button>
      </div>
      <DoorArt />
      <Blik title={words.more.door.title} page={words.app.name} lead={isDemo ? words.login.lead : undefined} />
      {outcome.value !== null && <NotIn outcome={outcome.value} />}
      {hasMitid && <Mitid />}
      {isDemo && <People />}
      {!isDemo && !hasMitid && <Aside icon="laas" title={words.login.closed} text={words.login.closedWhy} />}
      <div class="door__foot">
        {hasMitid && <p class="small">{words.more.door.noMitid}</p>}
        <a href="/mere/om">{words.more.door.about}</a>
        {(isDemo || hasStaff) && <a href="/sagsbehandler">{words.more.door.staff}</a>}
      </div>
    </>
  );
}

function Mitid(): JSX.Element {
  const words = strings.value.more.door;
  return (
    <div class="stack">
      <a class="btn btn--full" href={mitidAddress()}>
        <Icon name="laas" />
        {words.mitid}
      </a>
      <p class="small">{words.mitidWhy}</p>
    </div>
  );
}

/** Why one was not logged in: what happened, what is safe, what to do. Said once. */
function NotIn({ outcome: how }: { outcome: Outcome }): JSX.Element {
  const words = strings.value;
  const [happened, advice] = words.more.door.outcomes[how];
  useEffect(() => () => void (outcome.value = null), []);
  return (
    <section class="card" role="alert">
      <h2>{words.more.door.notIn}</h2>
      <Three answers={[happened, words.more.door.safe, advice]} />
    </section>
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
