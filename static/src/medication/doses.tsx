/** The day's doses in their groups: a part of the day, any time, as needed, and what the card gives no time. */

import type { JSX } from "preact";
import type { Card, Dose, KeptMark, Medication, Unplanned } from "../api/types";
import { today } from "../app/now";
import { language, strings } from "../app/preferences";
import { numberText } from "../ui/dates";
import { Icon } from "../ui/icon";
import { Chip, Key, LinkRow, MedicineName, Words } from "../ui/parts";
import { PART_ICON } from "./arc";
import { Marking } from "./mark_row";
import { answeredCount, type Slot, slotOf, standing, stateOf } from "./mark_rules";
import { marks } from "./mark_store";
import { clockOf, dosageText, fullName, placeOf, type Part } from "./rules";

interface PartProps {
  part: Part;
  doses: Dose[];
  card: Card;
}

/** A part of the day that is now or to come. */
export function DayPart({ part, doses, card, isNow }: PartProps & { isNow: boolean }): JSX.Element {
  const words = strings.value.day;
  return (
    <section id={part} tabIndex={-1}>
      <div class="tod">
        <Icon name={PART_ICON[part]} />
        <h2>
          {words.parts[part]} <small>{words.doses(doses.length)}</small>
        </h2>
        {isNow && (
          <Chip icon="idag" tone="accent">
            {words.now}
          </Chip>
        )}
      </div>
      <Doses doses={doses} card={card} isMuted={!isNow} />
    </section>
  );
}

/** A part of the day that is over, folded to one line that says about how many of its doses something was said. */
export function EarlierPart({ part, doses, card }: PartProps): JSX.Element {
  const words = strings.value.day;
  // What several people said is not folded away.
  const differs = slotsOf(doses, card).some((slot) => stateOf(standing(known(), slot)) === "differs");
  return (
    <details class="card" id={part} open={differs || undefined}>
      <summary>
        <Answered doses={doses} card={card} />
        <span>{words.earlier(words.parts[part])}</span>
        <Icon name="ned" class="fold" />
      </summary>
      <ul class="stack">
        {doses.map((dose) => (
          <DoseItem key={keyOf(dose)} dose={dose} among={doses} card={card} isMuted isAsked />
        ))}
      </ul>
    </details>
  );
}

function Answered({ doses, card }: { doses: Dose[]; card: Card }): JSX.Element {
  const words = strings.value;
  // As long as it is not known what was said, nothing is told of it.
  if (marks.value.state !== "ready") return <Chip icon="senere">{words.day.doses(doses.length)}</Chip>;
  const done = answeredCount(known(), slotsOf(doses, card));
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

export function slotsOf(doses: Dose[], card: Card): Slot[] {
  return doses.flatMap((dose) => {
    const medication = find(card, dose.medication_id);
    return medication === null ? [] : [slotOf(dose, medication.key, today.value)];
  });
}

/** One that was marked before its time shows what was said. */
function hasMarks(dose: Dose, card: Card): boolean {
  return answeredCount(known(), slotsOf([dose], card)) > 0;
}

export function AnyTime({ doses, card }: { doses: Dose[]; card: Card }): JSX.Element {
  return (
    <section>
      <h2>{strings.value.day.anyTime}</h2>
      <Doses doses={doses} card={card} isMuted={false} />
    </section>
  );
}

function Doses({ doses, card, isMuted }: { doses: Dose[]; card: Card; isMuted: boolean }): JSX.Element {
  return (
    <ul class="rows">
      {doses.map((dose) => (
        <DoseItem key={keyOf(dose)} dose={dose} among={doses} card={card} isMuted={isMuted} isAsked={!isMuted || hasMarks(dose, card)} />
      ))}
    </ul>
  );
}

interface DoseItemProps {
  dose: Dose;
  /** The doses it stands among, itself too. */
  among: Dose[];
  card: Card;
  isMuted: boolean;
  /** Whether one may say if it was taken: not of one that is still to come. */
  isAsked: boolean;
}

function DoseItem({ dose, among, card, isMuted, isAsked }: DoseItemProps): JSX.Element {
  const words = strings.value.day;
  const medication = find(card, dose.medication_id);
  const clock = clockOf(dose.slot);
  const place = placeOf(dose, among);
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
      {medication && isAsked && <Marking slot={slotOf(dose, medication.key, today.value)} name={nameOf(dose, medication) ?? ""} />}
    </li>
  );
}

/** Medicine that the person takes when it is needed: the amounts, and what the card says about it. */
export function AsNeeded({ doses, card }: { doses: Dose[]; card: Card }): JSX.Element {
  const words = strings.value.day;
  const first = doses.filter((dose, at) => doses.findIndex((each) => each.medication_id === dose.medication_id) === at);
  return (
    <section>
      <h2>{words.asNeeded}</h2>
      <ul class="rows">
        {first.map((dose) => {
          const medication = find(card, dose.medication_id);
          const text = medication && dosageText(medication);
          return (
            <li key={dose.medication_id}>
              <LinkRow href={`/medicin?id=${encodeURIComponent(dose.medication_id)}`}>
                <Amount dose={dose} isMuted />
                <span class="grow">
                  <h3>
                    <MedicineName name={nameOf(dose, medication)} />
                  </h3>
                  {medication && <Reason medication={medication} />}
                  {text && <OnCard text={text} />}
                </span>
              </LinkRow>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Medicine that the card gives no time: its own words, and why it is not among the doses. */
export function NotPlanned({ unplanned, card }: { unplanned: Unplanned[]; card: Card }): JSX.Element {
  const words = strings.value.day;
  const reasons: Record<Unplanned["reason"], string> = words.reasons;
  return (
    <section>
      <h2>{words.notPlanned}</h2>
      <p class="small">{words.notPlannedWhy}</p>
      <ul class="rows">
        {unplanned.map((each) => {
          const medication = find(card, each.medication_id);
          const text = medication && dosageText(medication);
          return (
            <li key={each.medication_id}>
              <LinkRow href={`/medicin?id=${encodeURIComponent(each.medication_id)}`}>
                <span class="grow">
                  <h3>
                    <MedicineName name={medication && fullName(medication)} />
                  </h3>
                  {medication && <Reason medication={medication} />}
                  <span class="small">{reasons[each.reason] ?? words.reasons.other /* a newer server may know more */}</span>
                  {text && <OnCard text={text} />}
                </span>
              </LinkRow>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function OnCard({ text }: { text: string }): JSX.Element {
  return (
    <span>
      <span class="small">{strings.value.day.onCard}</span>
      <br />
      <Words>”{text}”</Words>
    </span>
  );
}

function Reason({ medication }: { medication: Medication }): JSX.Element | null {
  if (medication.indication !== null) {
    return (
      <span class="small" lang="da">
        {medication.indication}
      </span>
    );
  }
  return medication.kind === "citizen_chosen" ? <span class="small">{strings.value.medication.chosenByYou}</span> : null;
}

function Amount({ dose, isMuted }: { dose: Dose; isMuted: boolean }): JSX.Element {
  const least = numberText(dose.quantity, language.value);
  const most = dose.quantity_max === null ? null : numberText(dose.quantity_max, language.value);
  return <Key number={most === null ? least : `${least}–${most}`} unit={dose.unit} isMuted={isMuted} />;
}

function nameOf(dose: Dose, medication: Medication | null): string | null {
  return (medication && fullName(medication)) ?? (dose.name || null);
}

function find(card: Card, id: string): Medication | null {
  return card.medications.find((each) => each.id === id) ?? null;
}

function keyOf(dose: Dose): string {
  return `${dose.medication_id} ${dose.slot} ${dose.ordinal}`;
}
