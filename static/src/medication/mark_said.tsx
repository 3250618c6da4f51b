/** One statement about a dose: what it says, whether it is sent, and how to take it back or correct its time. */

import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { KeptMark } from "../api/types";
import { language } from "../app/preferences";
import { midOf } from "../sync/queued";
import { numberText, timeText } from "../ui/dates";
import { useFocusKept } from "../ui/focus";
import { copenhagenOf } from "../ui/instants";
import { Chip } from "../ui/parts";
import { dayTaken } from "./last_night_rules";
import { correctTime, takeBack } from "./mark_acts";
import { markWords } from "./mark_words";

interface StatementProps {
  mark: KeptMark;
  name: string;
  isAlone: boolean;
}

export function Statement({ mark, name, isAlone }: StatementProps): JSX.Element {
  const words = markWords.value;
  const [isOpen, setOpen] = useState(false);
  const isQueued = midOf(mark.key) !== null;
  const what = saidText(mark);
  const text = isQueued ? words.notSent(what) : what;
  const place = useFocusKept();
  return (
    <div ref={place}>
      <div class="dose__state">
        <Chip icon={isQueued ? "vent" : mark.said === "taken" ? "tjek" : "spring"} tone={isQueued || mark.said === "skipped" ? "plain" : "ok"}>
          {isAlone && mark.by === "self" ? text : words.says(mark.by === "self" ? words.you : words.another, text)}
        </Chip>
        <span class="dose__undo">
          {mark.said === "taken" && mark.by === "self" && !isOpen && (
            <button class="btn btn--bare" type="button" aria-label={words.timeOf(name)} onClick={() => setOpen(true)}>
              {words.time}
            </button>
          )}
          <button class="btn btn--bare" type="button" aria-label={words.undoOf(name)} onClick={() => void takeBack(mark)}>
            {words.undo}
          </button>
        </span>
      </div>
      {isOpen && <TimeForm mark={mark} close={() => setOpen(false)} />}
    </div>
  );
}

/** "Taget kl. 08.05", "Sprunget over". */
export function saidText(mark: KeptMark): string {
  const words = markWords.value;
  if (mark.said === "skipped") return words.skipped;
  const taken = words.takenAt(timeText(new Date(mark.at ?? mark.made_at), language.value));
  return mark.quantity === null ? taken : words.amountOf(taken, [numberText(Number(mark.quantity), language.value), mark.unit].filter(Boolean).join(" "));
}

/** At what time of its day it was taken, HH:MM. `isAhead`: that time is still to come. */
export function TimeField({ value, isAhead, change }: { value: string; isAhead: boolean; change: (time: string) => void }): JSX.Element {
  const words = markWords.value;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{words.when}</label>
      <input id={id} type="time" required value={value} aria-invalid={isAhead} aria-describedby={`${id}-wrong`} onInput={(event) => change(event.currentTarget.value)} />
      <p class="error" role="alert" id={`${id}-wrong`}>
        {isAhead && words.ahead}
      </p>
    </div>
  );
}

function TimeForm({ mark, close }: { mark: KeptMark; close: () => void }): JSX.Element {
  const words = markWords.value;
  const before = mark.at ?? mark.made_at;
  const [time, setTime] = useState(before.slice(11, 16));
  const [isAhead, setAhead] = useState(false);
  const save = (event: Event): void => {
    event.preventDefault();
    const at = copenhagenOf(dayTaken(mark, time), time);
    if (Date.parse(at) > Date.now()) return setAhead(true);
    close();
    void correctTime(mark, at);
  };
  return (
    <form class="stack" onSubmit={save}>
      <TimeField value={time} isAhead={isAhead} change={setTime} />
      <div class="acts">
        <button class="btn" type="submit">
          {words.save}
        </button>
        <button class="btn btn--line" type="button" onClick={close}>
          {words.leave}
        </button>
      </div>
    </form>
  );
}
