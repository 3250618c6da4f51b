/** What was said about one dose, and the buttons to say it, take it back, and correct the time. */

import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { Failure } from "../api/client";
import type { KeptMark } from "../api/types";
import { newId } from "../app/acts";
import { language, strings } from "../app/preferences";
import { midOf } from "../sync/queued";
import { timeText } from "../ui/dates";
import { Icon } from "../ui/icon";
import { copenhagenOf, copenhagenText } from "../ui/instants";
import { Chip } from "../ui/parts";
import { FailedCard } from "../ui/states";
import { type Slot, standing, stateOf } from "./mark_rules";
import { markDose, marks, undoMark } from "./mark_store";

type Said = "taken" | "skipped";
type Trouble = { failure: Failure; retry: () => void; title: "failed" | "failedUndo" };

/** `name`: the medicine's, for who hears the buttons. */
export function Marking({ slot, name }: { slot: Slot; name: string }): JSX.Element | null {
  const words = strings.value.mark;
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [waits, setWaits] = useState(false);
  const held = marks.value;
  if (held.state !== "ready") return null;
  const said = standing(held.value, slot);
  const run = async (work: () => Promise<Failure | "waits" | null>, title: Trouble["title"]): Promise<void> => {
    setBusy(true);
    const failure = await work();
    setBusy(false);
    setWaits(failure === "waits");
    setTrouble(failure === null || failure === "waits" ? null : { failure, title, retry: () => void run(work, title) });
  };
  const mark = (what: Said): void => {
    const id = newId();
    // The time is that of the press, also when it is tried again.
    const at = what === "taken" ? copenhagenText(new Date().toISOString()) : null;
    void run(() => markDose(slot, what, at, id), "failed");
  };
  const state = stateOf(said);
  return (
    <div class="noprint">
      {state === "none" && <Buttons name={name} isBusy={isBusy} mark={mark} />}
      {state === "differs" && <Differs />}
      {said.map((each) => (
        <Statement
          key={each.key}
          mark={each}
          name={name}
          isAlone={state !== "differs"}
          undo={() => void run(() => undoMark(each), "failedUndo")}
          move={(at) => void run(() => moved(each, slot, at), "failed")}
        />
      ))}
      <p role="status" class={waits ? "small" : "unseen"}>
        {waits && words.waits}
      </p>
      {trouble && <FailedCard title={words[trouble.title]} isTitleSeen failure={trouble.failure} retry={trouble.retry} />}
    </div>
  );
}

/** Nothing is ever changed: another time is a new statement, and the old one is taken back once that stands. */
async function moved(mark: KeptMark, slot: Slot, at: string): Promise<Failure | "waits" | null> {
  return (await markDose(slot, "taken", at, newId())) ?? undoMark(mark);
}

function Buttons({ name, isBusy, mark }: { name: string; isBusy: boolean; mark: (said: Said) => void }): JSX.Element {
  const words = strings.value.mark;
  const press = (said: Said): void => {
    if (!isBusy) mark(said);
  };
  return (
    <div class="dose__acts" role="group" aria-label={words.of(name)}>
      <button class="btn" type="button" aria-busy={isBusy} onClick={() => press("taken")}>
        <Icon name="tjek" />
        {isBusy ? words.busy : words.taken}
      </button>
      <button class="btn btn--line" type="button" onClick={() => press("skipped")}>
        {words.skipped}
      </button>
    </div>
  );
}

function Differs(): JSX.Element {
  const words = strings.value.mark;
  return (
    <div class="dose__differs" role="alert">
      <Icon name="advarsel" />
      <div class="grow">
        <p>
          <strong>{words.differs}</strong>
        </p>
        <p class="small">{words.differsWhy}</p>
      </div>
    </div>
  );
}

interface StatementProps {
  mark: KeptMark;
  name: string;
  isAlone: boolean;
  undo: () => void;
  move: (at: string) => void;
}

function Statement({ mark, name, isAlone, undo, move }: StatementProps): JSX.Element {
  const words = strings.value.mark;
  const [isOpen, setOpen] = useState(false);
  const isQueued = midOf(mark.key) !== null;
  const what = saidText(mark);
  const text = isQueued ? words.notSent(what) : what;
  return (
    <>
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
          <button class="btn btn--bare" type="button" aria-label={words.undoOf(name)} onClick={undo}>
            {words.undo}
          </button>
        </span>
      </div>
      {isOpen && <TimeForm mark={mark} close={() => setOpen(false)} move={move} />}
    </>
  );
}

/** "Taget kl. 08.05", "Sprunget over". */
export function saidText(mark: KeptMark): string {
  const words = strings.value.mark;
  if (mark.said === "skipped") return words.skipped;
  return words.takenAt(timeText(new Date(mark.at ?? mark.made_at), language.value));
}

function TimeForm({ mark, close, move }: { mark: KeptMark; close: () => void; move: (at: string) => void }): JSX.Element {
  const words = strings.value.mark;
  const id = useId();
  const [time, setTime] = useState((mark.at ?? mark.made_at).slice(11, 16));
  const [isAhead, setAhead] = useState(false);
  const save = (event: Event): void => {
    event.preventDefault();
    const at = copenhagenOf(mark.date, time);
    if (Date.parse(at) > Date.now()) return setAhead(true);
    close();
    move(at);
  };
  return (
    <form class="stack" onSubmit={save}>
      <div class="field">
        <label for={id}>{words.when}</label>
        <input id={id} type="time" required value={time} aria-invalid={isAhead} onInput={(event) => setTime(event.currentTarget.value)} />
        <p class="error" role="alert">
          {isAhead && words.ahead}
        </p>
      </div>
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
