/** The parts of a dose: its amount, its medicine's name, and why it is taken. */

import type { JSX } from "preact";
import type { Card, Dose, Medication } from "../api/types";
import { language, strings } from "../app/preferences";
import { numberText } from "../ui/dates";
import { Key, Words } from "../ui/parts";
import type { Named } from "./mark_acts";
import { slotOf } from "./mark_rules";
import { fullName } from "./rules";

export function OnCard({ text }: { text: string }): JSX.Element {
  return (
    <span>
      <span class="small">{strings.value.day.onCard}</span>
      <br />
      <Words>”{text}”</Words>
    </span>
  );
}

export function Reason({ medication }: { medication: Medication }): JSX.Element | null {
  if (medication.indication !== null) {
    return (
      <span class="small" lang="da">
        {medication.indication}
      </span>
    );
  }
  return medication.kind === "citizen_chosen" ? <span class="small">{strings.value.medication.chosenByYou}</span> : null;
}

export function Amount({ dose, isMuted }: { dose: Dose; isMuted: boolean }): JSX.Element {
  const least = numberText(dose.quantity, language.value);
  const most = dose.quantity_max === null ? null : numberText(dose.quantity_max, language.value);
  return <Key number={most === null ? least : `${least}–${most}`} unit={dose.unit} isMuted={isMuted} />;
}

export function nameOf(dose: Dose, medication: Medication | null): string | null {
  return (medication && fullName(medication)) ?? (dose.name || null);
}

export function find(card: Card, id: string): Medication | null {
  const isIt = (each: Medication): boolean => each.id === id;
  return card.medications.find(isIt) ?? card.off_card.find(isIt) ?? null;
}

export function keyOf(dose: Dose): string {
  return `${dose.medication_id} ${dose.slot} ${dose.ordinal}`;
}

/** The dose as it is marked: which one of a civil date, and what it is called; null where its medicine is not known. */
export function namedOf(dose: Dose, card: Card, date: string): Named | null {
  const medication = find(card, dose.medication_id);
  return medication === null ? null : { slot: slotOf(dose, medication.key, date), name: nameOf(dose, medication) ?? strings.value.app.unnamed };
}
