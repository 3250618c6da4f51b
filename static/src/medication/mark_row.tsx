/** What was said about one dose, and the buttons to say it, take it back, and correct the time. */

import type { JSX } from "preact";
import { Icon } from "../ui/icon";
import { useFocusKept } from "../ui/focus";
import { FailedCard } from "../ui/states";
import { type Slot, standing, stateOf } from "./mark_rules";
import { say } from "./mark_acts";
import { Statement } from "./mark_said";
import { marks } from "./mark_store";
import { mayHaveArrived, tryOf } from "./mark_tries";
import { markWords } from "./mark_words";

interface MarkingProps {
  slot: Slot;
  /** The medicine's, for who hears the buttons. */
  name: string;
  /** Whether it is asked here what happened, as long as nothing was said. */
  isAsked?: boolean;
}

export function Marking({ slot, name, isAsked = true }: MarkingProps): JSX.Element | null {
  const words = markWords.value;
  const held = marks.value;
  const place = useFocusKept();
  if (held.state !== "ready") return null;
  const said = standing(held.value, slot);
  const state = stateOf(said);
  const tried = tryOf(slot);
  return (
    <div class="dose__marks noprint" ref={place}>
      {state === "none" && isAsked && !mayHaveArrived(slot) && <Buttons slot={slot} name={name} isBusy={tried?.state === "busy"} />}
      {state === "differs" && <Differs isSame={said.every((each) => each.said === said[0]?.said)} />}
      {said.map((each) => (
        <Statement key={each.key} mark={each} name={name} isAlone={state !== "differs"} />
      ))}
      {tried?.state === "failed" && (
        <FailedCard
          title={tried.what === "mark" ? words.failed : words.failedUndo}
          isTitleSeen
          failure={tried.failure}
          retry={() => void tried.retry()}
        />
      )}
    </div>
  );
}

function Buttons({ slot, name, isBusy }: { slot: Slot; name: string; isBusy: boolean }): JSX.Element {
  const words = markWords.value;
  return (
    <div class="dose__acts" role="group" aria-label={words.of(name)}>
      <button class="btn" type="button" aria-busy={isBusy} onClick={() => void say([{ slot, name }], "taken")}>
        <Icon name="tjek" />
        {isBusy ? words.busy : words.taken}
      </button>
      <button class="btn btn--line" type="button" onClick={() => void say([{ slot, name }], "skipped")}>
        {words.skipped}
      </button>
    </div>
  );
}

/** `isSame`: several said the same, which may be one dose taken twice. */
function Differs({ isSame }: { isSame: boolean }): JSX.Element {
  const words = markWords.value;
  return (
    <div class="dose__differs" role="alert">
      <Icon name="advarsel" />
      <div class="grow">
        <p>
          <strong>{isSame ? words.several : words.differs}</strong>
        </p>
        <p class="small">{words.differsWhy}</p>
      </div>
    </div>
  );
}
