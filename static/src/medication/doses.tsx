/** The day's doses in their groups: a part of the day, and any time. */

import type { JSX } from "preact";
import type { Card, Dose, KeptMark } from "../api/types";
import { language, strings } from "../app/preferences";
import { Icon } from "../ui/icon";
import { Chip, LinkRow, MedicineName } from "../ui/parts";
import { PART_ICON } from "./arc";
import { Amount, find, keyOf, namedOf, nameOf, Reason } from "./dose_parts";
import { answeredCount, type Slot, standing, stateOf } from "./mark_rules";
import { marks, parts } from "./mark_store";
import { clockOf, placeOf, type Part } from "./rules";

/** Doses that stand together. `date`: the civil date that they are planned for. */
export interface Among {
  doses: Dose[];
  card: Card;
  date: string;
}

interface PartProps extends Among {
  part: Part;
}

/** A part of the day that is now or to come. `over`: what is said in place of how many doses it has. */
export function DayPart({ part, isNow, over, ...among }: PartProps & { isNow: boolean; over?: string }): JSX.Element {
  const words = strings.value.day;
  return (
    <section id={over === undefined ? part : undefined} tabIndex={-1}>
      <div class="tod">
        <Icon name={PART_ICON[part]} />
        <h2>
          {words.parts[part]} <small>{over ?? words.doses(among.doses.length)}</small>
        </h2>
        {isNow && (
          <Chip icon="idag" tone="accent">
            {words.now}
          </Chip>
        )}
      </div>
      <Doses {...among} isMuted={!isNow} isOneTime={isNow} />
    </section>
  );
}

/** A part of the day that is over, folded to one line that says about how many of its doses something was said. */
export function EarlierPart({ part, ...among }: PartProps): JSX.Element {
  const words = strings.value.day;
  // What several people said is not folded away.
  const differs = slotsOf(among).some((slot) => stateOf(standing(known(), slot)) === "differs");
  return (
    <details class="card" id={part} open={differs || undefined}>
      <summary>
        <Answered {...among} />
        <span>{words.earlier(words.parts[part])}</span>
        <Icon name="ned" class="fold" />
      </summary>
      <ul class="stack">
        {among.doses.map((dose) => (
          <DoseItem key={keyOf(dose)} dose={dose} among={among} isMuted isAsked />
        ))}
      </ul>
      <Together {...among} />
    </details>
  );
}

function Answered(among: Among): JSX.Element {
  const words = strings.value;
  const { doses } = among;
  // As long as it is not known what was said, nothing is told of it.
  if (marks.value.state !== "ready") return <Chip icon="senere">{words.day.doses(doses.length)}</Chip>;
  const done = answeredCount(known(), slotsOf(among));
  const isAll = done === doses.length;
  return (
    <Chip icon={isAll ? "tjek" : "senere"} tone={isAll ? "ok" : "plain"}>
      {done === 0 ? `${words.day.doses(doses.length)}, ${words.mark.none.toLowerCase()}` : words.mark.lead(done, doses.length)}
    </Chip>
  );
}

/** What was said, as far as it is here. */
function known(): readonly KeptMark[] {
  return marks.value.state === "ready" ? marks.value.value : [];
}

export function slotsOf({ doses, card, date }: Among): Slot[] {
  return doses.flatMap((dose) => namedOf(dose, card, date)?.slot ?? []);
}

export function AnyTime(among: Among): JSX.Element {
  return (
    <section>
      <h2>{strings.value.day.anyTime}</h2>
      <Doses {...among} isMuted={false} isOneTime={false} />
    </section>
  );
}

/** `isOneTime`: all of them are due now, so that they can be taken at once. */
function Doses({ isMuted, isOneTime, ...among }: Among & { isMuted: boolean; isOneTime: boolean }): JSX.Element {
  // One that was marked before its time shows what was said.
  const hasMarks = (dose: Dose): boolean => answeredCount(known(), slotsOf({ ...among, doses: [dose] })) > 0;
  return (
    <ul class="rows">
      {among.doses.map((dose) => (
        <DoseItem key={keyOf(dose)} dose={dose} among={among} isMuted={isMuted} isAsked={!isMuted || hasMarks(dose)} />
      ))}
      {isOneTime && <Together {...among} isItem />}
    </ul>
  );
}

/** Marks all of them at once. `isItem`: among the items of a list. */
function Together({ isItem = false, ...among }: Among & { isItem?: boolean }): JSX.Element | null {
  const Button = parts.value?.Together;
  const doses = among.doses.flatMap((dose) => namedOf(dose, among.card, among.date) ?? []);
  return Button === undefined ? null : <Button doses={doses} isItem={isItem} />;
}

interface DoseItemProps {
  dose: Dose;
  /** The doses it stands among, itself too. */
  among: Among;
  isMuted: boolean;
  /** Whether one may say if it was taken: not of one that is still to come. */
  isAsked: boolean;
}

function DoseItem({ dose, among, isMuted, isAsked }: DoseItemProps): JSX.Element {
  const words = strings.value.day;
  const medication = find(among.card, dose.medication_id);
  const clock = clockOf(dose.slot);
  const place = placeOf(dose, among.doses);
  const named = isAsked ? namedOf(dose, among.card, among.date) : null;
  const Marking = parts.value?.Marking;
  return (
    <li>
      <LinkRow href={`/medicin?id=${encodeURIComponent(dose.medication_id)}`} isMid>
        <Amount dose={dose} isMuted={isMuted} />
        <span class="grow">
          <h3>
            <MedicineName name={nameOf(dose, medication)} />
          </h3>
          {clock && <span>{words.clock(language.value === "da" ? clock.replace(":", ".") : clock)}</span>}
          {place && <span>{words.place(place.number, place.of)}</span>}
          {medication && <Reason medication={medication} />}
        </span>
      </LinkRow>
      {named && Marking && <Marking slot={named.slot} name={named.name} />}
    </li>
  );
}
