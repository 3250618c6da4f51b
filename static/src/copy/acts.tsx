/** What was done on this phone and is not settled: waiting for the net, or refused with the reason and a way on. */

import type { JSX } from "preact";
import { copy, copyNow } from "../app/copied";
import { now } from "../app/now";
import { language } from "../app/preferences";
import type { QueuedAct } from "../sync/port";
import { civilDate, longDayText, timeText } from "../ui/dates";
import { Chip, Fact } from "../ui/parts";
import { whereOf, writtenIn } from "./rules";
import { copyWords } from "./strings";

/** "i dag kl. 08.02", "tirsdag 24. november kl. 08.02". */
export function whenText(at: Date): string {
  const today = civilDate(now.value);
  return civilDate(at) === today ? copyWords.value.todayAt(timeText(at, language.value)) : dayAndTime(at, today);
}

/** "tirsdag 24. november kl. 08.02"; with the year when it is not the year of `today`, or there is none. */
export function dayAndTime(at: Date, today = ""): string {
  return copyWords.value.dayAt(longDayText(civilDate(at), language.value, today), timeText(at, language.value));
}

export function Acts({ acts }: { acts: readonly QueuedAct[] }): JSX.Element | null {
  const words = copyWords.value.acts;
  const refused = acts.filter((act) => act.state === "refused");
  const others = acts.filter((act) => act.state === "waiting" || act.state === "sending");
  return (
    <>
      {refused.length > 0 && (
        <section>
          <h2>{words.refused}</h2>
          {refused.map((act) => (
            <section class="card" key={act.mid}>
              <ActRow act={act} />
              <Told act={act} />
              <Next act={act} />
            </section>
          ))}
        </section>
      )}
      {others.length > 0 && (
        <section>
          <h2>{words.waiting}</h2>
          <p class="small">{needsLogin() ? words.waitingLogin : words.waitingWhy}</p>
          <ul class="rows">
            {others.map((act) => (
              <li class="stack" key={act.mid}>
                <ActRow act={act} />
                <Told act={act} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Whether what waits, waits for a login. */
function needsLogin(): boolean {
  return copyNow()?.sync().lastTry?.outcome === "login";
}

/** What an act says: behind the lock only, and so never with those of a phone that was ended. */
function Told({ act }: { act: QueuedAct }): JSX.Element | null {
  const words = copyWords.value.acts;
  const said = words.said[String(act.args["said"])] ?? null;
  const written = writtenIn(act);
  if (said === null && written === null) return null;
  return (
    <dl class="facts">
      <Fact name={words.youSaid}>{said}</Fact>
      <Fact name={words.youWrote}>{written}</Fact>
    </dl>
  );
}

/** Why an act was refused: what the code means for this kind of act, where it means something of its own. */
function whyWords(act: QueuedAct): string {
  const { why, whyOther } = copyWords.value.acts;
  const code = act.code ?? "";
  return why[`${act.name}/${code}`] ?? why[code] ?? whyOther;
}

export function ActRow({ act }: { act: QueuedAct }): JSX.Element {
  const words = copyWords.value.acts;
  const why = act.state === "refused" ? whyWords(act) : null;
  return (
    <div class="row">
      <div class="grow">
        <p class="name">{words.names[act.name] ?? words.other}</p>
        {act.occurredAt !== "" && <p class="small">{words.at(whenText(new Date(act.occurredAt)))}</p>}
        {why && <p>{why}</p>}
        {why === null && <Chip icon="senere">{words.states[act.state === "waiting" && needsLogin() ? "login" : act.state]}</Chip>}
      </div>
    </div>
  );
}

function Next({ act }: { act: QueuedAct }): JSX.Element {
  const words = copyWords.value.acts;
  const where = whereOf(act);
  return (
    <div class="acts">
      {where !== null && (
        <a class="btn btn--line" href={where}>
          {words.see}
        </a>
      )}
      <button class="btn btn--line" type="button" onClick={() => void copy.value?.putAway(act.mid)}>
        {words.putAway}
      </button>
    </div>
  );
}
