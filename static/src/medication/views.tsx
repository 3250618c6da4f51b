/** Medicin: what was earlier, and the prescriptions. */

import type { JSX } from "preact";
import type { Card } from "../api/types";
import { strings } from "../app/preferences";
import { card } from "../app/record";
import { route } from "../app/router";
import { Empty, Loading } from "../ui/states";
import { Prescriptions } from "./prescriptions";
import { groupsOf, prescriptionsOf } from "./rules";
import { Group, Head, Views } from "./screen_parts";

/** The view that the address names; the card is here, or its state would stand in its place. */
export function ViewsScreen(): JSX.Element {
  const held = card.value;
  if (held.state !== "ready") return <Loading text={strings.value.loading.card} />;
  return route.value.view === "tidligere" ? <Past card={held.value} /> : <AllPrescriptions card={held.value} />;
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
