/** What has no time of the day: medicine that is taken when it is needed, and what the card gives no time. */

import type { JSX } from "preact";
import type { Card, Dose, Unplanned } from "../api/types";
import { strings } from "../app/preferences";
import { LinkRow, MedicineName } from "../ui/parts";
import { Amount, find, namedOf, nameOf, OnCard, Reason } from "./dose_parts";
import { type Among, slotsOf } from "./doses";
import { parts } from "./mark_store";
import { dosageText, fullName } from "./rules";

/** Medicine that the person takes when it is needed: the amounts, what the card says about it, and what was taken. */
export function AsNeeded(among: Among): JSX.Element {
  const needed = among.doses.filter((dose) => dose.as_needed);
  const first = needed.filter((dose, at) => needed.findIndex((each) => each.medication_id === dose.medication_id) === at);
  return (
    <section>
      <h2>{strings.value.day.asNeeded}</h2>
      <ul class="rows">
        {first.map((dose) => (
          <li key={dose.medication_id}>
            <NeededDose dose={dose} among={among} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NeededDose({ dose, among }: { dose: Dose; among: Among }): JSX.Element {
  const medication = find(among.card, dose.medication_id);
  const text = medication && dosageText(medication);
  const named = namedOf(dose, among.card, among.date);
  const fixed = among.doses.filter((each) => each.medication_id === dose.medication_id && !each.as_needed);
  const Takings = parts.value?.Takings;
  return (
    <>
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
      {named && Takings && <Takings dose={dose} first={named} fixed={slotsOf({ ...among, doses: fixed })} />}
    </>
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
