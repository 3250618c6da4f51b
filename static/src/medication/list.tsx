/** Medicines as rows of a list, and the chips that say where each stands. */

import type { JSX } from "preact";
import type { Medication } from "../api/types";
import { today } from "../app/now";
import { language, strings } from "../app/preferences";
import { shortDayText } from "../ui/dates";
import { Chip, LinkRow, MedicineName, Words } from "../ui/parts";
import { dosageText, fullName, otherSubstance, runsOutOn } from "./rules";

export function Medications({ medications }: { medications: Medication[] }): JSX.Element {
  return (
    <ul class="rows">
      {medications.map((each) => (
        <li key={each.id}>
          <Row medication={each} />
        </li>
      ))}
    </ul>
  );
}

function Row({ medication }: { medication: Medication }): JSX.Element {
  const words = strings.value;
  const text = dosageText(medication);
  const about = [otherSubstance(medication), medication.form, medication.indication].filter((each) => each !== null).join(", ");
  const isOwn = medication.kind === "citizen_chosen";
  return (
    <LinkRow href={`/medicin?id=${encodeURIComponent(medication.id)}`}>
      <span class="grow">
        <h3>
          <MedicineName name={fullName(medication)} />
        </h3>
        <span>{text === null ? words.medication.noDosage : <Words>{text}</Words>}</span>
        {(about || isOwn) && (
          <span class="small first">
            {about && <Words>{about}</Words>}
            {about && isOwn && ", "}
            {isOwn && words.medication.chosenByYou}
          </span>
        )}
        <Chips medication={medication} isDetail={false} />
      </span>
    </LinkRow>
  );
}

/** Where a medicine stands, in chips. In its detail also that it is in use. */
export function Chips({ medication, isDetail }: { medication: Medication; isDetail: boolean }): JSX.Element | null {
  const chips = chipsOf(medication, isDetail);
  return chips.length === 0 ? null : <span class="chips">{chips}</span>;
}

function chipsOf(medication: Medication, isDetail: boolean): JSX.Element[] {
  const words = strings.value.medication;
  const { status, treatment_start: start, treatment_end: end, dosage } = medication;
  const day = (value: string): string => shortDayText(value, language.value, today.value);
  const chips: JSX.Element[] = [];
  if (status === "paused") chips.push(<Chip key="paused" icon="pause">{words.paused}</Chip>);
  if (status === "discontinued") chips.push(<Chip key="stopped" icon="stop">{words.stoppedByDoctor}</Chip>);
  if (status === "ended") chips.push(<Chip key="ended" icon="tjek">{end ? words.endedOn(day(end)) : words.ended}</Chip>);
  if (status !== "active") return chips;
  const isAhead = start !== null && start > today.value;
  if (isAhead) chips.push(<Chip key="starts" icon="aftaler" tone="accent">{words.startsOn(day(start))}</Chip>);
  else if (isDetail) chips.push(<Chip key="in_use" icon="tjek" tone="ok">{words.inUse}</Chip>);
  if (end !== null) chips.push(<Chip key="ends" icon="aftaler">{words.lastDay(day(end))}</Chip>);
  if (dosage.kind === "combined") chips.push(<Chip key="combined" icon="info">{words.combined}</Chip>);
  const runsOut = runsOutOn(medication.prescriptions, today.value);
  if (runsOut) chips.push(<Chip key="runs_out" icon="advarsel" tone="note">{words.runsOut(day(runsOut))}</Chip>);
  return chips;
}
