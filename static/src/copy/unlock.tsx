/** The door of the copy: by passkey or PIN, or past it by a login. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { logOut } from "../app/entering";
import { atDoor, copy, copyNow, isPassedBy, lockNow } from "../app/copied";
import { askPasskey } from "../app/passkey";
import { strings } from "../app/preferences";
import { openSession, session } from "../app/record";
import { wishFocus } from "../app/router";
import type { Lock, Way } from "../sync/port";
import { Mark } from "../ui/brand";
import { Icon } from "../ui/icon";
import { Aside, Back, Blik } from "../ui/parts";
import { ActRow } from "./acts";
import { Beside, whoIsIn } from "./beside";
import { HeldScreen } from "./held";
import { PinField } from "./pin";
import { isFull } from "./rules";
import { copyWords } from "./strings";
import { Warning } from "./warning";

type Closed = Extract<Lock, { lock: "closed" }>;

export function UnlockScreen(): JSX.Element {
  const lock = lockNow();
  if (lock?.lock === "ended") return <Ended />;
  if (lock?.lock === "open") return <HeldScreen />;
  return lock?.lock === "closed" ? <Unlock lock={lock} /> : <></>;
}

function Unlock({ lock }: { lock: Closed }): JSX.Element {
  const words = copyWords.value.lock;
  const hasPasskey = lock.ways.includes("passkey");
  const hasPin = lock.ways.includes("pin");
  const [isPin, setIsPin] = useState(!hasPasskey);
  const [hasNoNet, setHasNoNet] = useState(false);
  const beside = isPassedBy.value ? whoIsIn() : null;
  const leave = async (): Promise<void> => setHasNoNet(!(await passBy()));
  const change = (): void => {
    wishFocus();
    setIsPin(!isPin);
  };
  return (
    <>
      {beside === null ? (
        <div class="door__brand">
          <Mark />
          {strings.value.app.name}
        </div>
      ) : (
        <Back href="/mere">{copyWords.value.back}</Back>
      )}
      {isPin ? <ByPin left={lock.triesLeft} key="pin" /> : <ByPasskey credentials={lock.credentials} key="passkey" />}
      {hasPasskey && hasPin && (
        <button class="btn btn--line btn--full" type="button" onClick={change}>
          {isPin ? words.usePasskey : words.usePin}
        </button>
      )}
      <Waiting />
      {beside !== "another" && <Aside icon="skjold" title={words.sealed} text={words.mitidDown} />}
      {hasNoNet && <Warning text={words.noNet} />}
      {beside !== null ? (
        <Beside who={beside} />
      ) : (
        <div class="door__foot">
          <button class="link" type="button" onClick={() => void leave()}>
            {isPin ? words.login : words.loginPasskey}
          </button>
          <button class="link" type="button" onClick={() => void leave()}>
            {words.other}
          </button>
        </div>
      )}
    </>
  );
}

/** Goes on with a login, and leaves the copy as it is. Whoever was logged in is logged out: the lock is no way around. */
async function passBy(): Promise<boolean> {
  wishFocus();
  // Who is logged in may not be known yet, and must be, to be logged out.
  if (session.peek().state !== "ready") await openSession();
  const isOut = session.peek().state === "ready" && (await logOut()) === null;
  isPassedBy.value = isOut;
  return isOut;
}

function ByPasskey({ credentials }: { credentials: readonly Uint8Array[] }): JSX.Element {
  const words = copyWords.value.lock;
  const [state, setState] = useState<"idle" | "busy" | "wrong">("idle");
  const open = async (): Promise<void> => {
    if (state === "busy") return;
    setState("busy");
    const way = await askPasskey(credentials);
    setState(way !== null && (await unlock(way)) ? "idle" : "wrong");
  };
  return (
    <>
      <Blik title={words.title} page={words.page} />
      {state === "wrong" && <Warning text={words.notPasskey} />}
      <button class="btn btn--full" type="button" aria-busy={state === "busy"} onClick={() => void open()}>
        <Icon name="finger" />
        {state === "busy" ? words.busy : words.passkey}
      </button>
    </>
  );
}

function ByPin({ left }: { left: number }): JSX.Element {
  const words = copyWords.value.lock;
  const [pin, setPin] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const open = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    if (pin.length !== 6) return setWrong(words.six);
    setIsBusy(true);
    setWrong(null);
    try {
      if (await unlock({ kind: "pin", pin })) return;
      const lock = lockNow();
      setWrong(lock?.lock === "closed" && lock.triesLeft > 0 ? copyWords.value.lock.wrong(lock.triesLeft) : words.none);
      setPin("");
    } catch (error) {
      setWrong(isFull(error) ? words.noRoom : words.memory);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <>
      <Blik title={words.pinTitle} page={words.page} />
      {left === 0 ? (
        <Warning text={words.none} />
      ) : (
        <form class="stack" onSubmit={(event) => void open(event)}>
          <PinField label={words.pin} value={pin} wrong={wrong} isNew={false} change={setPin} />
          <button class="btn btn--full" type="submit" aria-busy={isBusy}>
            {isBusy ? words.busy : words.open}
          </button>
        </form>
      )}
    </>
  );
}

/** Who opens the copy is its person: somebody else who is still logged in here is logged out. */
async function unlock(way: Way): Promise<boolean> {
  let isRight = (await copy.value?.unlock(way)) ?? false;
  if (isRight && whoIsIn() === "another" && (await logOut()) === null) isRight = (await copy.value?.unlock(way)) ?? false;
  if (isRight) wishFocus();
  if (isRight) atDoor.value = false;
  return isRight;
}

/** How much is still to be sent: a number, and nothing of what it is. */
function Waiting(): JSX.Element | null {
  const words = copyWords.value.lock;
  const waiting = copyNow()?.waiting() ?? 0;
  if (waiting === 0) return null;
  return (
    <section class="card">
      <h2 class="label">{words.awayTitle}</h2>
      <p>{words.waits(waiting)}</p>
      <p class="small">{words.noMore}</p>
    </section>
  );
}

/** This device was ended from another: what became of the copy, and of what was not sent. */
function Ended(): JSX.Element {
  const words = copyWords.value.ended;
  const lost = copyNow()?.acts() ?? [];
  const waited = copyNow()?.waiting() ?? 0;
  const goOn = async (): Promise<void> => {
    wishFocus();
    await copy.value?.wipe();
  };
  return (
    <>
      <Blik title={words.title} page={words.title} lead={words.lead} />
      {lost.length === 0 && waited > 0 && <Warning text={words.lostLocked(waited)} />}
      {lost.length > 0 && (
        <section>
          <h2>{words.lost}</h2>
          <ul class="rows">
            {lost.map((act) => (
              <li key={act.mid}>
                <ActRow act={act} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <button class="btn btn--full" type="button" onClick={() => void goOn()}>
        {words.go}
      </button>
    </>
  );
}
