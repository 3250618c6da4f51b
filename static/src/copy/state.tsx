/** How the copy on this phone stands: its age, what is not sent, what came, and the ways to lock and delete it. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { atDoor, copyNow } from "../app/copied";
import { now } from "../app/now";
import { session } from "../app/record";
import { wishFocus } from "../app/router";
import type { Copy } from "../sync/port";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { Aside, Back, Blik, Fact } from "../ui/parts";
import { Acts, dayAndTime, whenText } from "./acts";
import { Away } from "./away";
import { endDevice } from "./devices";
import { LostConsents } from "./lost";
import { isClockWrong } from "./rules";
import { copyWords } from "./strings";
import { Ways } from "./ways";

/** A copy of so many minutes is fresh. */
const FRESH = 10;

export function State(): JSX.Element {
  const words = copyWords.value;
  const held = copyNow()!;
  const { lastSuccess, lastTry, running, ahead } = held.sync();
  const own = held.spaces().find((space) => space.relation === "self" && space.offline);
  const isFresh = lastSuccess !== null && now.value.getTime() - lastSuccess.getTime() < FRESH * 60_000;
  const title = lastSuccess === null ? words.state.none : isFresh ? words.state.fresh : words.state.from(whenText(lastSuccess));
  return (
    <>
      <Back href="/mere">{words.back}</Back>
      <Blik title={title} page={words.name} lead={words.state.lead} />
      {own?.lockedBy && <Aside icon="laas" title={words.lock.page} text={words.state.lockedBy[own.lockedBy]} tone="note" />}
      {isClockWrong(ahead) && <WrongClock ahead={ahead} />}
      <LostConsents />
      <Acts acts={held.acts()} />
      <Away changes={held.away()} />
      <section class="card">
        <dl class="facts">
          <Fact name={words.state.success}>{lastSuccess && whenText(lastSuccess)}</Fact>
          <Fact name={words.state.tried}>{lastTry && `${whenText(lastTry.at)}. ${words.state.outcomes[lastTry.outcome]}`}</Fact>
          <Fact name={words.state.locksAt}>{own && whenText(own.leaseUntil)}</Fact>
        </dl>
        {own && <p class="small">{words.state.locksWhy}</p>}
        {lastTry?.outcome === "login" && (
          <button class="btn btn--full" type="button" onClick={() => [wishFocus(), (atDoor.value = true)]}>
            <Icon name="laas" />
            {words.state.login}
          </button>
        )}
        <button class="btn btn--line btn--full" type="button" aria-busy={running} onClick={() => void held.refresh()}>
          <Icon name="igen" />
          {running ? words.state.busy : words.state.now}
        </button>
      </section>
      <Ways held={held} />
      <section class="stack">
        <button class="btn btn--line btn--full" type="button" onClick={() => [wishFocus(), held.close()]}>
          <Icon name="laas" />
          {words.state.close}
        </button>
        <Removal held={held} />
      </section>
    </>
  );
}

/** What this phone's clock shows, and what it should: the day and the times of marks are told by it. */
function WrongClock({ ahead }: { ahead: number }): JSX.Element {
  const words = copyWords.value.state;
  const [shown, right] = [now.value, new Date(now.value.getTime() - ahead)].map((at) => dayAndTime(at));
  return <Aside icon="advarsel" title={words.clock} text={words.clockWhy(shown!, right!)} tone="note" />;
}

/** Deletes the copy here; what is not sent would be lost, and that is said first. */
export function Removal({ held }: { held: Copy }): JSX.Element {
  const words = copyWords.value.state;
  const [isAsked, setIsAsked] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const remove = async (): Promise<void> => {
    setIsBusy(true);
    wishFocus();
    const id = held.deviceId();
    // Told to the server where that can be: it then waits for nothing from here.
    if (id !== null && session.value.state === "ready" && session.value.value.csrf !== null) await endDevice(id);
    await held.wipe();
  };
  return (
    <>
      <button class="btn btn--stop btn--full" type="button" onClick={() => setIsAsked(true)}>
        <Icon name="stop" />
        {words.remove}
      </button>
      {isAsked && (
        <Dialog
          question={words.removeAsk}
          yes={words.removeYes}
          no={words.removeNo}
          busy={isBusy ? words.removeYes : null}
          act={() => void remove()}
          close={() => setIsAsked(false)}
        >
          <p>{words.removeWhy}</p>
          {held.waiting() > 0 && (
            <p>
              <strong>{words.removeLoses(held.waiting())}</strong>
            </p>
          )}
        </Dialog>
      )}
    </>
  );
}
