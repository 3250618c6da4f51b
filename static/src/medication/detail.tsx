/** One medicine: what the card says word for word, its prescriptions, and the facts of the treatment. */

import type { JSX } from "preact";
import type { Card, Medication } from "../api/types";
import { today } from "../app/now";
import { language, strings } from "../app/preferences";
import { card } from "../app/record";
import { route } from "../app/router";
import { capital, civilDate, dayText } from "../ui/dates";
import { OwnNotes } from "../notes/section";
import { ReadAloud } from "../ui/aloud";
import { Aside, Back, Blik, Fact, MedicineName, Words } from "../ui/parts";
import { PrintButton } from "../ui/print";
import { Source, sourceName } from "../ui/source";
import { Loading } from "../ui/states";
import { Chips } from "./list";
import { MarkHistory } from "./mark_history";
import { PrescriptionCard } from "./prescriptions";
import { Renewing } from "./renewal";
import { dosageText, fullName } from "./rules";

/** The medicine that the address names; the card is here, or the list of medicine would stand in its place. */
export function MedicationDetailScreen(): JSX.Element {
  const held = card.value;
  const { id } = route.value;
  return held.state === "ready" && id !== null ? <Detail card={held.value} id={id} /> : <Loading text={strings.value.loading.card} />;
}

function Detail({ card, id }: { card: Card; id: string }): JSX.Element {
  const words = strings.value;
  const medication = [...card.medications, ...card.off_card].find((each) => each.id === id);
  return (
    <>
      <Back href="/medicin">{words.app.medication}</Back>
      {medication ? <Known medication={medication} card={card} /> : <Unknown />}
    </>
  );
}

function Unknown(): JSX.Element {
  const words = strings.value.medication;
  return (
    <>
      <Blik title={words.notFound} page={words.notFound} lead={words.notFoundWhy} />
      <a class="btn btn--line btn--full" href="/medicin">
        {words.seeAll}
      </a>
    </>
  );
}

function Known({ medication, card }: { medication: Medication; card: Card }): JSX.Element {
  const words = strings.value;
  const name = fullName(medication);
  const isOff = card.off_card.includes(medication);
  const source = (
    <Source name={card.source === "fmk" ? words.source.card : sourceName(card.source, words)} fetchedAt={card.fetched_at} failingSince={card.not_fetched_since} />
  );
  return (
    <>
      <Blik
        title={<MedicineName name={name} />}
        page={name ?? words.app.unnamed}
        lead={medication.active_substance && words.medication.contains(medication.active_substance)}
      >
        <Chips medication={medication} isDetail={!isOff} />
      </Blik>
      {isOff && <Aside icon="info" title={words.medication.offCard} text={words.medication.notFoundWhy} />}
      <OnCard medication={medication} source={source} />
      <section>
        <h2>{words.medication.prescription}</h2>
        {medication.prescriptions.map((each) => (
          <PrescriptionCard key={each.id} prescription={each} />
        ))}
        {medication.prescriptions.length === 0 && <p class="lead">{words.medication.noPrescription}</p>}
        <Renewing key={medication.key} medication={medication} />
      </section>
      <section>
        <h2>{words.medication.about}</h2>
        <div class="card">
          <Facts medication={medication} />
          {source}
        </div>
      </section>
      {!isOff && <MarkHistory key={medication.key} medication={medication} />}
      <OwnNotes key={medication.key} subject={{ about: "medication", key: medication.key }} />
      <PrintButton />
      <Aside icon="hjaelp" title={words.medication.wrong} text={words.medication.wrongWhy} />
    </>
  );
}

/** What the card says, word for word: the short text large, the long one below it where it says more. */
function OnCard({ medication, source }: { medication: Medication; source: JSX.Element }): JSX.Element {
  const words = strings.value.medication;
  const text = dosageText(medication);
  const { short, long } = medication.dosage;
  return (
    <section class="card">
      <h2 class="label">{words.saysOnCard}</h2>
      <blockquote class="verbatim" lang={text === null ? undefined : "da"}>
        <p>{text ?? words.noDosage}</p>
        {medication.indication && <p>{medication.indication}</p>}
      </blockquote>
      {short !== null && long !== null && long !== short && (
        <blockquote class="verbatim verbatim--small" lang="da">
          <p>{long}</p>
        </blockquote>
      )}
      {source}
      <ReadAloud text={[fullName(medication), text, medication.indication].filter((each) => each !== null).join(". ")} />
    </section>
  );
}

function Facts({ medication }: { medication: Medication }): JSX.Element {
  const words = strings.value.medication;
  const day = (value: string | null): string | null => (value === null ? null : dayText(value, language.value, today.value));
  const said = (text: string | null): JSX.Element | null => (text === null ? null : <Words>{text}</Words>);
  return (
    <dl class="facts">
      <Fact name={words.form}>{medication.form === null ? null : <Words>{capital(medication.form)}</Words>}</Fact>
      <Fact name={words.strength}>{said(medication.strength)}</Fact>
      <Fact name={words.route}>{said(medication.route)}</Fact>
      <Fact name={words.indication}>{said(medication.indication)}</Fact>
      <Fact name={words.start}>{day(medication.treatment_start) ?? strings.value.app.notGiven}</Fact>
      <Fact name={words.end}>{day(medication.treatment_end) ?? words.noEnd}</Fact>
      <Fact name={words.dosageEnd}>{day(medication.dosage.end_inclusive)}</Fact>
      <Fact name={words.chosenBy}>{medication.kind === "citizen_chosen" ? words.chosenBySelf : null}</Fact>
      <Fact name={words.prescriber}>{medication.prescriber}</Fact>
      <Fact name={words.organisation}>{said(medication.organisation)}</Fact>
      <Fact name={words.changed}>{medication.changed_at === null ? null : day(civilDate(new Date(medication.changed_at)))}</Fact>
      <Fact name={words.atc}>{medication.atc}</Fact>
    </dl>
  );
}
