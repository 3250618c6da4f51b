/** Makes a copy on this phone: what it is, what the phone is to be called, and the lock. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { openCopy } from "../app/copied";
import { makePasskey, mayHavePasskey } from "../app/passkey";
import { session } from "../app/record";
import { wishFocus } from "../app/router";
import type { Way } from "../sync/port";
import { Icon } from "../ui/icon";
import { Aside, Back, Blik } from "../ui/parts";
import { PinField } from "./pin";
import { isFull } from "./rules";
import { copyWords } from "./strings";
import { Warning } from "./warning";

type Fault = "differ" | "six" | "noSecret" | "needsLogin" | "unheard" | "refused" | "tooMany" | "noRoom" | "cannot" | "memory";

const LONGEST_NAME = 60;

export function SetUp({ isAgain }: { isAgain: boolean }): JSX.Element {
  const words = copyWords.value;
  const [name, setName] = useState(words.setUp.defaultName);
  const [isPin, setIsPin] = useState(false);
  const [hasPasskey, setHasPasskey] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  // Known at once, as a second press may come before anything is drawn.
  const isUnderWay = useRef(false);
  const [fault, setFault] = useState<Fault | null>(null);
  useEffect(() => void mayHavePasskey().then(setHasPasskey), []);
  const make = async (ask: () => Promise<Way | null>): Promise<void> => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setFault(null);
    setIsBusy(true);
    const way = await ask();
    setFault(way === null ? "noSecret" : await setUp(way, name.trim() || words.setUp.defaultName));
    setIsBusy(false);
    isUnderWay.current = false;
  };
  const askPasskey = (): Promise<Way | null> => makePasskey(session.value.state === "ready" ? (session.value.value.citizen?.name ?? "Nærblik") : "Nærblik");
  return (
    <>
      <Back href="/mere">{words.back}</Back>
      <Blik title={isAgain ? words.evicted.title : words.setUp.title} page={words.setUp.page} lead={isAgain ? words.evicted.lead : words.setUp.lead} />
      <Points />
      <section class="card">
        <NameField name={name} change={setName} />
      </section>
      <section>
        <h2>{isPin ? words.setUp.pinTitle : words.setUp.how}</h2>
        {fault !== null && <FaultCard fault={fault} />}
        {isPin ? (
          <PinForm isBusy={isBusy} make={(pin) => void make(async () => ({ kind: "pin", pin }))} fail={setFault} />
        ) : (
          <div class="stack">
            {hasPasskey && (
              <button class="btn btn--full" type="button" aria-busy={isBusy} onClick={() => void make(askPasskey)}>
                <Icon name="finger" />
                {isBusy ? words.setUp.busy : words.setUp.passkey}
              </button>
            )}
            <button class={`btn btn--full ${hasPasskey ? "btn--line" : ""}`} type="button" onClick={() => [setFault(null), setIsPin(true)]}>
              <Icon name="laas" />
              {words.setUp.pin}
            </button>
          </div>
        )}
      </section>
      <Aside icon="skjold" title={words.setUp.what} text={words.setUp.not} />
    </>
  );
}

function Points(): JSX.Element {
  return (
    <ul class="points">
      {copyWords.value.setUp.points.map((point) => (
        <li key={point}>
          <Icon name="tjek" />
          <span>{point}</span>
        </li>
      ))}
    </ul>
  );
}

function NameField({ name, change }: { name: string; change: (name: string) => void }): JSX.Element {
  const words = copyWords.value.setUp;
  return (
    <div class="field">
      <label for="device-name">{words.deviceName}</label>
      <p class="small" id="device-name-hint">
        {words.deviceHint}
      </p>
      <input
        id="device-name"
        type="text"
        maxLength={LONGEST_NAME}
        autocomplete="off"
        aria-describedby="device-name-hint"
        value={name}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
}

interface PinFormProps {
  label?: string;
  /** The words of the button, idle and busy. */
  saves?: [string, string];
  isBusy: boolean;
  make: (pin: string) => void;
  fail: (fault: "six" | "differ" | null) => void;
  children?: ComponentChildren;
}

/** A new PIN, twice; what is to be shown before it stands as its children. */
export function PinForm({ label, saves, isBusy, make, fail, children }: PinFormProps): JSX.Element {
  const words = copyWords.value;
  const [idle, busy] = saves ?? [words.setUp.save, words.setUp.busy];
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const save = (event: Event): void => {
    event.preventDefault();
    if (isBusy) return;
    const fault = pin.length !== 6 ? "six" : pin !== again ? "differ" : null;
    fail(fault);
    if (fault === "differ") setAgain("");
    if (fault === null) make(pin);
  };
  return (
    <form class="stack" onSubmit={save}>
      {children}
      <PinField label={label ?? words.lock.pin} hint={words.setUp.pinHint} value={pin} wrong={null} isNew change={setPin} />
      <PinField label={words.setUp.pinAgain} value={again} wrong={null} isNew change={setAgain} />
      <button class="btn btn--full" type="submit" aria-busy={isBusy}>
        {isBusy ? busy : idle}
      </button>
    </form>
  );
}

function FaultCard({ fault }: { fault: Fault }): JSX.Element {
  const words = copyWords.value;
  const text = fault === "cannot" ? words.cannot : fault === "six" || fault === "memory" ? words.lock[fault] : words.setUp[fault];
  return <Warning text={text} />;
}

/** Why there is no copy now, or null when there is one. */
async function setUp(way: Way, name: string): Promise<Fault | null> {
  const csrf = session.value.state === "ready" ? session.value.value.csrf : null;
  if (csrf === null) return "needsLogin";
  const copy = await openCopy();
  if (copy === null) return "cannot";
  // Asked when the person has just wished for a copy, as browsers then say yes; a no means only that it may be deleted.
  await navigator.storage?.persist?.().catch(() => false);
  try {
    await copy.setUp(way, name, csrf);
    wishFocus();
    return null;
  } catch (error) {
    return faultOf(error);
  }
}

function faultOf(error: unknown): Fault | null {
  if (isFull(error)) return "noRoom";
  if (!(error instanceof Error)) return "unheard";
  if (error.name === "WeakPasskey") return "noSecret";
  // Of what another tab has made this one is told, and shows its lock.
  if (error.name === "Taken") return null;
  const { status } = error as Error & { status?: number };
  if (status === undefined) return "memory";
  if (status === 401) return "needsLogin";
  if (status === 429) return "tooMany";
  return status === 0 || status >= 500 ? "unheard" : "refused";
}
