/** Medicin: the card now; what was earlier, the prescriptions and a medicine's detail are fetched when they are wanted. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Card } from "../api/types";
import { later } from "../app/later";
import { strings } from "../app/preferences";
import { card, loadCard } from "../app/record";
import { route } from "../app/router";
import { Aside } from "../ui/parts";
import { PrintButton } from "../ui/print";
import { Empty, Failed, Loading } from "../ui/states";
import { Group, Head, Views } from "./screen_parts";
import { groupsOf } from "./rules";

/** One medicine. Whoever lists medicine fetches it ahead. */
export const detail = later(async () => (await import("./detail")).MedicationDetailScreen);

const views = later(async () => (await import("./views")).ViewsScreen);

export function MedicationScreen(): JSX.Element {
  const words = strings.value;
  const held = card.value;
  const { id, view } = route.value;
  useEffect(() => void Promise.all([detail.ahead(), views.ahead()]), []);
  if (held.state === "loading") return <Loading text={words.loading.card} />;
  if (held.state === "failed") {
    return <Failed title={words.failed.card} page={words.app.medication} failure={held.failure} retry={() => void loadCard()} />;
  }
  if (id !== null) return <detail.Screen />;
  return view === "tidligere" || view === "recepter" ? <views.Screen /> : <Now card={held.value} />;
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
