/** What the views of Medicin share: their head, the way between them, and a group of medicines. */

import type { JSX } from "preact";
import type { Card, Medication } from "../api/types";
import { strings } from "../app/preferences";
import { Blik, Segments } from "../ui/parts";
import { Source, sourceName } from "../ui/source";
import { Medications } from "./list";

export function Head({ card: held, title, lead }: { card: Card; title: string; lead?: string | undefined }): JSX.Element {
  const words = strings.value;
  return (
    <Blik title={title} page={words.app.medication} {...(lead ? { lead } : {})}>
      <Source name={sourceName(held.source, words)} fetchedAt={held.fetched_at} failingSince={held.not_fetched_since} />
    </Blik>
  );
}

export function Views({ current }: { current: string }): JSX.Element {
  const words = strings.value.medication;
  const views: [string, string][] = [
    ["/medicin", words.now],
    ["/medicin?vis=tidligere", words.past],
    ["/medicin?vis=recepter", words.prescriptions],
  ];
  return <Segments label={words.views} views={views} current={current} />;
}

export function Group({ title, medications }: { title: string; medications: Medication[] }): JSX.Element | null {
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
