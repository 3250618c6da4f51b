/** Shows once more that it is the citizen, where a yes needs a login of the last minutes. The screen stays where it is. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Failure } from "../api/client";
import { mitidAddress } from "../app/door";
import { logInAgain } from "../app/entering";
import { session } from "../app/record";
import { Icon } from "../ui/icon";
import { FailedCard } from "../ui/states";
import { consentWords } from "./strings";

export function Again(): JSX.Element {
  const words = consentWords.value.own.again;
  const hasMitid = session.value.state === "ready" && session.value.value.oidc;
  return (
    <section class="card card--note" role="alert">
      <h3>{words.title}</h3>
      <p>{words.why}</p>
      {hasMitid ? (
        <a class="btn btn--full" href={mitidAddress("fresh")}>
          <Icon name="laas" />
          {words.logIn}
        </a>
      ) : (
        <InTheDemo />
      )}
    </section>
  );
}

function InTheDemo(): JSX.Element {
  const words = consentWords.value.own.again;
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const enter = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const failed = await logInAgain();
    setBusy(false);
    setFailure(failed);
  };
  return (
    <>
      {failure && <FailedCard title={words.failed} isTitleSeen failure={failure} retry={() => void enter()} />}
      <button class="btn btn--full" type="button" aria-busy={isBusy} onClick={() => void enter()}>
        {!isBusy && <Icon name="laas" />}
        {words.logIn}
      </button>
    </>
  );
}
