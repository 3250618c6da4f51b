/** Medicin: the card now, what was earlier, the prescriptions; a medicine opens its detail. */

import type { JSX } from "preact";
import type { Card, Medication } from "../api/types";
import { strings } from "../app/preferences";
import { card, loadCard } from "../app/record";
import { route } from "../app/router";
import { Aside, Blik, Segments } from "../ui/parts";
import { PrintButton } from "../ui/print";
import { Source, sourceName } from "../ui/source";
import { Empty, Failed, Loading } from "../ui/states";
import { MedicationDetail } from "./detail";
import { Medications } from "./list";
import { Prescriptions } from "./prescriptions";
import { groupsOf, prescriptionsOf } from "./rules";

export function MedicationScreen(): JSX.Element {
  const words = strings.value;
  const held = card.value;
  const { id, view } = route.value;
  if (held.state === "loading") return <Loading text={words.loading.card} />;
  if (held.state === "failed") {
    return <Failed title={words.failed.card} page={words.app.medication} failure={held.failure} retry={() => void loadCard()} />;
  }
  if (id !== null) return <MedicationDetail card={held.value} id={id} />;
  if (view === "tidligere") return <Past card={held.value} />;
  return view === "recepter" ? <AllPrescriptions card={held.value} /> : <Now card={held.value} />;
}

function Now({ card: held }: { card: Card }): JSX.Element {
  const words = strings.value.medication;
  const groups = groupsOf(held);
  const inUse = groups.fixed.length + groups.asNeeded.length + groups.other.length;
  const isEmpty = inUse + groups.paused.length + held.private_count === 0;
  const inUseTitle = words.blik(groups.fixed.length, groups.asNeeded.length, groups.other.length);
  const title = inUse > 0 ? inUseTitle : held.medications.length > 0 || !isEmpty ? words.blikPausedOnly : words.blikEmpty;
  return (
    <>
      <Head card={held} title={title} lead={groups.paused.length > 0 ? words.leadPaused(groups.paused.length) : undefined} />
      <Views current="/medicin" />
      {held.is_invalid && <Aside icon="advarsel" title={words.invalid} text={words.invalidWhy} tone="note" />}
      <Group title={words.fixed} medications={groups.fixed} />
      <Group title={words.asNeeded} medications={groups.asNeeded} />
      <Group title={words.other} medications={groups.other} />
      <Group title={words.paused} medications={groups.paused} />
      {held.private_count > 0 && <Aside icon="laas" title={words.private(held.private_count)} text={words.privateWhy} />}
      {isEmpty && (
        <Empty drawing="day">
          <p>{words.emptyWhy}</p>
        </Empty>
      )}
      {!isEmpty && <PrintButton />}
      <Aside
        icon="hjaelp"
        title={isEmpty ? words.missing : words.wrong}
        text={isEmpty ? words.missingWhy : words.wrongWhy}
      />
    </>
  );
}

function Past({ card: held }: { card: Card }): JSX.Element {
  const words = strings.value.medication;
  const { past } = groupsOf(held);
  const count = past.length + held.off_card.length;
  return (
    <>
      <Head card={held} title={words.blikPast(count)} />
      <Views current="/medicin?vis=tidligere" />
      <Group title={words.stopped} medications={past} />
      <Group title={words.offCard} medications={held.off_card} />
      {count === 0 && (
        <Empty drawing="day">
          <p>{words.emptyPastWhy}</p>
        </Empty>
      )}
    </>
  );
}

function AllPrescriptions({ card: held }: { card: Card }): JSX.Element {
  const words = strings.value.medication;
  const listed = prescriptionsOf(held);
  const open = listed.filter((each) => each.prescription.status === "open").length;
  return (
    <>
      <Head card={held} title={words.blikPrescriptions(open)} />
      <Views current="/medicin?vis=recepter" />
      <Prescriptions listed={listed} />
      {listed.length === 0 && (
        <Empty drawing="day">
          <p>{words.emptyPrescriptionsWhy}</p>
        </Empty>
      )}
    </>
  );
}

function Head({ card: held, title, lead }: { card: Card; title: string; lead?: string | undefined }): JSX.Element {
  const words = strings.value;
  return (
    <Blik title={title} page={words.app.medication} {...(lead ? { lead } : {})}>
      <Source name={sourceName(held.source, words)} fetchedAt={held.fetched_at} failingSince={held.not_fetched_since} />
    </Blik>
  );
}

function Views({ current }: { current: string }): JSX.Element {
  const words = strings.value.medication;
  const views: [string, string][] = [
    ["/medicin", words.now],
    ["/medicin?vis=tidligere", words.past],
    ["/medicin?vis=recepter", words.prescriptions],
  ];
  return <Segments label={words.views} views={views} current={current} />;
}

function Group({ title, medications }: { title: string; medications: Medication[] }): JSX.Element | null {
  if (medications.length === 0) return null;
  return (
    <section>
      <div class="head">
        <h2>{title}</h2>
        <p class="small">{strings.value.medication.count(medications.length)}</p>
      </div>
      <Medications medications={medications} />
    </section>
  );
}
