/** The ways to open the copy: which there are, and how another PIN, or a finger beside it, is set. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { askPasskey, makePasskey, mayHavePasskey } from "../app/passkey";
import type { Copy, Way } from "../sync/port";
import { Icon } from "../ui/icon";
import { PinField } from "./pin";
import { isFull } from "./rules";
import { PinForm } from "./setup";
import { copyWords } from "./strings";

type Kind = Way["kind"];

export function Ways({ held }: { held: Copy }): JSX.Element {
  const words = copyWords.value.ways;
  const { kinds } = held.ways();
  const [mayAddPasskey, setMayAddPasskey] = useState(false);
  const [wish, setWish] = useState<Kind | null>(null);
  const [isDone, setDone] = useState(false);
  useEffect(() => void mayHavePasskey().then(setMayAddPasskey), []);
  const open = (kind: Kind): void => {
    setDone(false);
    setWish(wish === kind ? null : kind);
  };
  const done = (): void => {
    setWish(null);
    setDone(true);
  };
  return (
    <section class="card">
      <h2>{words.title}</h2>
      <ul class="points">
        {[...new Set(kinds)].map((kind) => (
          <li key={kind}>
            <Icon name={kind === "pin" ? "laas" : "finger"} />
            <span>{words.kinds[kind]}</span>
          </li>
        ))}
      </ul>
      <button class="btn btn--line btn--full" type="button" aria-expanded={wish === "pin"} onClick={() => open("pin")}>
        {kinds.includes("pin") ? words.changePin : words.addPin}
      </button>
      {mayAddPasskey && !kinds.includes("passkey") && (
        <button class="btn btn--line btn--full" type="button" aria-expanded={wish === "passkey"} onClick={() => open("passkey")}>
          {words.addPasskey}
        </button>
      )}
      {wish !== null && <Change key={wish} held={held} wish={wish} done={done} />}
      <p role="status">{isDone && words.done}</p>
    </section>
  );
}

/** Who changes a way shows another first: a phone left open is no way to set a lock of one's own. */
function Change({ held, wish, done }: { held: Copy; wish: Kind; done: () => void }): JSX.Element {
  const words = copyWords.value;
  const [pin, setPin] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const save = async (make: () => Promise<Way | null>): Promise<void> => {
    if (isBusy) return;
    setIsBusy(true);
    setFault(null);
    const found = await change(held, pin, make).catch((error: unknown) => (isFull(error) ? words.lock.noRoom : words.lock.memory));
    setIsBusy(false);
    setFault(found);
    if (found === null) done();
  };
  const byPasskey = held.ways().kinds.includes("passkey");
  const present = byPasskey ? <p class="small">{words.ways.asksPasskey}</p> : (
    <PinField label={words.ways.pinNow} value={pin} wrong={null} isNew={false} change={setPin} />
  );
  return (
    <>
      {fault !== null && (
        <p class="error" role="alert">
          <Icon name="advarsel" />
          <span>{fault}</span>
        </p>
      )}
      {wish === "pin" ? (
        <PinForm
          label={words.ways.newPin}
          saves={[words.ways.save, words.ways.busy]}
          isBusy={isBusy}
          make={(added) => void save(async () => ({ kind: "pin", pin: added }))}
          fail={(wrong) => setFault(wrong === null ? null : wrong === "six" ? words.lock.six : words.setUp.differ)}
        >
          {present}
        </PinForm>
      ) : (
        <form class="stack" onSubmit={(event) => [event.preventDefault(), void save(() => makePasskey(words.name))]}>
          {present}
          <button class="btn btn--full" type="submit" aria-busy={isBusy}>
            {isBusy ? words.ways.busy : words.setUp.passkey}
          </button>
        </form>
      )}
    </>
  );
}

/** Why the way was not set, or null when it was. Rejects when there is no memory to check a code. */
async function change(held: Copy, pin: string, make: () => Promise<Way | null>): Promise<string | null> {
  const words = copyWords.value;
  const { kinds, credentials } = held.ways();
  if (!kinds.includes("passkey") && pin.length !== 6) return words.lock.six;
  const by: Way | null = kinds.includes("passkey") ? await askPasskey(credentials) : { kind: "pin", pin };
  if (by === null) return words.ways.notPasskey;
  // Before a passkey is made, which would be left over where the code is wrong.
  if (!(await held.unlock(by))) return notRight(held, by);
  const added = await make();
  if (added === null) return words.setUp.noSecret;
  return (await held.addWay(by, added)) ? null : notRight(held, by);
}

function notRight(held: Copy, by: Way): string {
  const words = copyWords.value;
  const { triesLeft } = held.ways();
  if (by.kind === "passkey") return words.ways.notPasskey;
  return triesLeft > 0 ? words.lock.wrong(triesLeft) : words.lock.none;
}
