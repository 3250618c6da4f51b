/** The desk's own door: staff log in by their work, in the demo as its made-up caseworker. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Failure } from "../api/client";
import { strings } from "../app/preferences";
import { logInAsStaff, session } from "../app/record";
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
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const enter = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFailure(await logInAsStaff());
    setBusy(false);
  };
  if (failure) {
    return <FailedCard title={words.failed} isTitleSeen failure={failure} retry={() => setFailure(null)} />;
  }
  return (
    <>
      <button class="btn btn--line btn--full" type="button" aria-busy={isBusy} onClick={() => void enter()}>
        {isBusy ? words.busy : words.demo}
      </button>
      <p class="small">{words.demoWhy}</p>
    </>
  );
}
