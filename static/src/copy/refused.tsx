/** An answer from this phone that was refused: what was answered, how the appointment stands now, and why. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { AnswerGiven, Appointment } from "../api/types";
import { draftOf, keepDraft } from "../app/acts";
import { copy } from "../app/copied";
import { strings } from "../app/preferences";
import { whereOf } from "../appointments/rules";
import { whenWords } from "../appointments/words";
import type { QueuedAct } from "../sync/port";
import { Fact, Words } from "../ui/parts";
import { copyWords } from "./strings";

export interface RefusedProps {
  act: QueuedAct;
  appointment: Appointment;
  /** Where what is written to this appointment is kept until it is sent. */
  place: string;
}

export function RefusedAnswer({ act, appointment, place }: RefusedProps): JSX.Element {
  const words = copyWords.value.refused;
  const { said, wish } = act.args as Pick<AnswerGiven, "said" | "wish">;
  const isStale = act.code === "stale";
  // The words that did not arrive are not to be written twice.
  useEffect(() => {
    if (wish && draftOf(place) === "") keepDraft(place, wish);
  }, [act.mid]);
  return (
    <section class="card card--note" aria-labelledby="ikke-modtaget">
      <h2 id="ikke-modtaget">{words.title}</h2>
      <p>{isStale ? words.stale : words.other}</p>
      <dl class="facts">
        <Fact name={words.youAnswered}>{strings.value.answer.choices[said]}</Fact>
        <Fact name={words.youWrote}>{wish}</Fact>
        {isStale && <Fact name={words.standsNow}>{whenWords(appointment)}</Fact>}
        {isStale && <Fact name={words.standsAt}>{placeWords(appointment)}</Fact>}
      </dl>
      {!isStale && (
        <a class="btn btn--line btn--full" href="/mere/kopi">
          {words.why}
        </a>
      )}
      <button class="btn btn--line btn--full" type="button" onClick={() => void copy.value?.putAway(act.mid)}>
        {isStale ? words.leaveIt : words.haveRead}
      </button>
    </section>
  );
}

function placeWords(appointment: Appointment): JSX.Element | null {
  const where = whereOf(appointment);
  return where.length === 0 ? null : <Words>{where.join(", ")}</Words>;
}
