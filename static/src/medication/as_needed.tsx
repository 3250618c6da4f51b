/** What has no time of the day: medicine that is taken when it is needed, and what the card gives no time. */

import type { JSX } from "preact";
import type { Card, Dose, Unplanned } from "../api/types";
import { strings } from "../app/preferences";
import { LinkRow, MedicineName } from "../ui/parts";
import { Amount, find, nameOf, OnCard, Reason } from "./dose_parts";
import { dosageText, fullName } from "./rules";

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
