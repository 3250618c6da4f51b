/** The desk's own door: staff log in by their work, in the demo as one of its made-up caseworkers. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Failure } from "../api/client";
import { strings } from "../app/preferences";
import { logInAsStaff } from "../app/entering";
import { session } from "../app/record";
import { Mark } from "../ui/brand";
import { Icon } from "../ui/icon";
import { Aside, Blik } from "../ui/parts";
import { FailedCard, Three } from "../ui/states";
import { takeOutcome, type StaffOutcome } from "./outcome";
import { deskWords } from "./strings";

export function DeskDoor(): JSX.Element {
  const words = deskWords.value.door;
  const here = session.value.state === "ready" ? session.value.value : null;
  const [outcome] = useState(takeOutcome);
  return (
    <div class="desk__door stack">
      <div class="door__brand">
        <Mark />
        {strings.value.app.name}
      </div>
      <Blik title={words.title} page={deskWords.value.role} lead={words.lead} />
      {outcome !== null && <NotIn outcome={outcome} />}
      {here?.citizen && <Aside icon="info" title={here.citizen.name ?? ""} text={words.citizen} />}
      {here?.staff_oidc && (
        <a class="btn btn--full" href="/api/v1/login/staff">
          <Icon name="laas" />
          {words.logIn}
        </a>
      )}
      {here?.mode === "demo" && <DemoLogin />}
      {here?.mode !== "demo" && !here?.staff_oidc && <Aside icon="laas" title={words.closed} text={words.closedWhy} />}
    </div>
  );
}

/** Why one was not logged in: what happened, what is safe, what to do. */
function NotIn({ outcome }: { outcome: StaffOutcome }): JSX.Element {
  const words = deskWords.value.door;
  const [happened, advice] = words.outcomes[outcome];
  return (
    <section class="card" role="alert">
      <h2>{words.notIn}</h2>
      <Three answers={[happened, words.safe, advice]} />
    </section>
  );
}

function DemoLogin(): JSX.Element {
  const words = deskWords.value.door;
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const enter = async (person: string): Promise<void> => {
    if (busy !== null) return;
    setBusy(person);
    setFailure(await logInAsStaff(person));
    setBusy(null);
  };
  if (failure) {
    return <FailedCard title={words.failed} isTitleSeen failure={failure} retry={() => setFailure(null)} />;
  }
  return (
    <>
      {Object.entries(words.demo).map(([person, text]) => (
        <button key={person} class="btn btn--line btn--full" type="button" aria-busy={busy === person} onClick={() => void enter(person)}>
          {busy === person ? words.busy : text}
        </button>
      ))}
      <p class="small">{words.demoWhy}</p>
    </>
  );
}
