/** Prescriptions: what they are for, whether they can be used, until when, and what is left. */

import type { JSX } from "preact";
import type { Prescription } from "../api/types";
import { today } from "../app/now";
import { language, strings } from "../app/preferences";
import { dayText } from "../ui/dates";
import type { IconName } from "../ui/icon";
import { Chip, Fact, LinkRow, MedicineName, Words, type Tone } from "../ui/parts";
import type { ListedPrescription } from "./rules";

type KnownStatus = NonNullable<Prescription["status"]>;

const LOOK: Record<KnownStatus, [IconName, Tone]> = {
  open: ["tjek", "ok"],
  closed: ["tjek", "plain"],
  cancelled: ["kryds", "plain"],
  inactive: ["pause", "plain"],
  expired: ["senere", "note"],
  invalid: ["advarsel", "bad"],
};

/** All prescriptions with the medicine each is for. */
export function Prescriptions({ listed }: { listed: ListedPrescription[] }): JSX.Element | null {
  if (listed.length === 0) return null;
  return (
    <ul class="rows">
      {listed.map((each) => (
        <li key={each.prescription.id}>
          {each.medicationId === null ? (
            <div class="row">
              <Told listed={each} />
            </div>
          ) : (
            <LinkRow href={`/medicin?id=${encodeURIComponent(each.medicationId)}`}>
              <Told listed={each} />
            </LinkRow>
          )}
        </li>
      ))}
    </ul>
  );
}

function Told({ listed }: { listed: ListedPrescription }): JSX.Element {
  const { prescription, name } = listed;
  const words = strings.value.medication;
  const about = [listed.form, listed.indication, prescription.package].filter((each) => each !== null).join(", ");
  return (
    <span class="grow">
      <h2 class="name">
        <MedicineName name={name} />
      </h2>
      {prescription.dispensings_left !== null && <span>{words.left(prescription.dispensings_left)}</span>}
      {about && (
        <span class="small first" lang="da">
          {about}
        </span>
      )}
      {prescription.valid_to && (
        <span class="small">
          {words.validTo} {dayText(prescription.valid_to, language.value, today.value)}
        </span>
      )}
      <span class="chips">
        <Status status={prescription.status} />
      </span>
    </span>
  );
}

/** One prescription inside the detail of its medicine. */
export function PrescriptionCard({ prescription }: { prescription: Prescription }): JSX.Element {
  const words = strings.value.medication;
  return (
    <div class="card">
      <div class="chips">
        <Status status={prescription.status} />
      </div>
      {prescription.dispensings_left !== null && (
        <p>
          <strong>{words.left(prescription.dispensings_left)}</strong>
        </p>
      )}
      <dl class="facts">
        <Fact name={words.package}>{prescription.package === null ? strings.value.app.notGiven : <Words>{prescription.package}</Words>}</Fact>
        <Fact name={words.validTo}>
          {prescription.valid_to === null ? strings.value.app.notGiven : dayText(prescription.valid_to, language.value, today.value)}
        </Fact>
      </dl>
    </div>
  );
}

function Status({ status }: { status: Prescription["status"] }): JSX.Element {
  const words: Record<KnownStatus | "unknown", string> = strings.value.medication.status;
  // A newer server may know a status that this page does not.
  const known = status !== null && status in LOOK ? status : null;
  const [icon, tone]: [IconName, Tone] = known === null ? ["hjaelp", "plain"] : LOOK[known];
  return (
    <Chip icon={icon} tone={tone}>
      {words[known ?? "unknown"]}
    </Chip>
  );
}
