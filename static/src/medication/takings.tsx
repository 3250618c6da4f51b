/** What was taken of a medicine as needed, and the way to write down one more: how much, and when. */

import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { Dose } from "../api/types";
import { now } from "../app/now";
import { language } from "../app/preferences";
import { numberText } from "../ui/dates";
import { useFocusKept } from "../ui/focus";
import { Icon } from "../ui/icon";
import { civilOf, copenhagenOf } from "../ui/instants";
import { type Named, sayAll } from "./mark_acts";
import { keyOfSlot, type Slot } from "./mark_rules";
import { Marking } from "./mark_row";
import { marks } from "./mark_store";
import { TimeField } from "./mark_said";
import { mayHaveArrived, tryOf } from "./mark_tries";
import { markWords } from "./mark_words";
import { nextTaking, quantityOf, takingsOf, timesTaken } from "./takings_rules";

interface TakingsProps {
  /** As the card plans it, the first of them where it plans several. */
  dose: Dose;
  first: Named;
  /** The doses of the same medicine that have a time on the card. */
  fixed: readonly Slot[];
}

export function Takings({ dose, first, fixed }: TakingsProps): JSX.Element | null {
  const words = markWords.value;
  const held = marks.value;
  if (held.state !== "ready") return null;
  const takings = takingsOf(held.value, first.slot, fixed);
  const times = timesTaken(held.value, takings);
  return (
    <div class="dose__takings noprint">
      {times !== null && times > 0 && <p>{words.timesTaken(times)}</p>}
      {takings.map((slot) => (
        <Marking key={keyOfSlot(slot)} slot={slot} name={first.name} isAsked={false} />
      ))}
      <NextTaking dose={dose} first={first} fixed={fixed} />
    </div>
  );
}

/** The way to write down one more, and how it stands with the last that was written. */
export function NextTaking({ dose, first: { slot: first, name }, fixed }: TakingsProps): JSX.Element | null {
  const held = marks.value;
  if (held.state !== "ready") return null;
  const slot = nextTaking(held.value, first, fixed);
  const tried = tryOf(slot);
  return (
    <>
      {tried?.state === "failed" && <Marking key={keyOfSlot(slot)} slot={slot} name={name} isAsked={false} />}
      {!mayHaveArrived(slot) && <Writing dose={dose} next={{ slot, name }} isBusy={tried?.state === "busy"} />}
    </>
  );
}

function Writing({ dose, next, isBusy }: { dose: Dose; next: Named; isBusy: boolean }): JSX.Element {
  const words = markWords.value;
  const [isOpen, setOpen] = useState(false);
  const place = useFocusKept();
  return (
    <div ref={place}>
      {isOpen && <TakingForm dose={dose} next={next} close={() => setOpen(false)} />}
      {!isOpen && (
        <button class="btn btn--line btn--full" type="button" aria-busy={isBusy} aria-label={words.writeOf(next.name)} onClick={() => setOpen(!isBusy)}>
          <Icon name="plus" />
          {isBusy ? words.busy : words.write}
        </button>
      )}
    </div>
  );
}

function TakingForm({ dose, next, close }: { dose: Dose; next: Named; close: () => void }): JSX.Element {
  const words = markWords.value;
  const id = useId();
  const { day, time: clock } = civilOf(now.value);
  const [amount, setAmount] = useState(dose.quantity_max === null ? numberText(dose.quantity, language.value) : "");
  const [time, setTime] = useState(clock.slice(0, 5));
  const [wrong, setWrong] = useState<"amount" | "ahead" | null>(null);
  const save = (event: Event): void => {
    event.preventDefault();
    const quantity = quantityOf(amount);
    const at = copenhagenOf(day, time);
    if (quantity === null) return setWrong("amount");
    if (Date.parse(at) > Date.now()) return setWrong("ahead");
    close();
    void sayAll([next], { said: "taken", at, quantity, unit: dose.unit });
  };
  return (
    <form class="stack" onSubmit={save} noValidate>
      <div class="field">
        <label for={id}>{words.howMuch(dose.unit)}</label>
        <input id={id} type="text" inputMode="decimal" autoComplete="off" maxLength={10} value={amount} aria-invalid={wrong === "amount"} aria-describedby={`${id}-wrong`} onInput={(event) => setAmount(event.currentTarget.value)} />
        <p class="error" role="alert" id={`${id}-wrong`}>
          {wrong === "amount" && words.noAmount}
        </p>
      </div>
      <TimeField value={time} isAhead={wrong === "ahead"} change={setTime} />
      <div class="acts">
        <button class="btn" type="submit">
          {words.keep}
        </button>
        <button class="btn btn--line" type="button" onClick={close}>
          {words.drop}
        </button>
      </div>
    </form>
  );
}
