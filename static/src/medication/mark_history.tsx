/** What was said about one medicine's doses: those of today so far, and the days before, newest first. */

import type { JSX } from "preact";
import type { Dose, Medication } from "../api/types";
import { now, today } from "../app/now";
import { language, strings } from "../app/preferences";
import { card, plan } from "../app/record";
import { dayText, hourOf } from "../ui/dates";
import { FailedCard } from "../ui/states";
import { Toast } from "../ui/toast";
import { lastNight } from "./last_night";
import { Marking } from "./mark_row";
import { keyOfSlot, saidSlots, type Slot, slotOf } from "./mark_rules";
import { loadMarks, marks } from "./mark_store";
import { markWords } from "./mark_words";
import { NextTaking } from "./takings";
import { clockOf, fullName, partOfSlot, whenOf } from "./rules";

export function MarkHistory({ medication }: { medication: Medication }): JSX.Element | null {
  const words = markWords.value;
  const held = marks.value;
  if (held.state === "loading") return null;
  if (held.state === "failed") {
    return <FailedCard title={strings.value.mark.notFetched} isTitleSeen failure={held.failure} retry={() => void loadMarks()} />;
  }
  const said = saidSlots(held.value, medication.key);
  const isSaid = new Set(said.map(keyOfSlot));
  const asked = [...dueToday(medication), ...dueLastNight(medication)].filter((slot) => !isSaid.has(keyOfSlot(slot)));
  const slots = [...asked, ...said];
  return (
    <section class="noprint">
      <h2>{words.history}</h2>
      {slots.length === 0 && <p class="lead">{words.historyNone}</p>}
      {slots.length > 0 && (
        <ul class="rows">
          {slots.map((slot) => (
            <li key={keyOfSlot(slot)}>
              <h3>{slotText(slot)}</h3>
              <Marking slot={slot} name={fullName(medication) ?? strings.value.app.unnamed} />
            </li>
          ))}
        </ul>
      )}
      <Needed medication={medication} />
      <Toast />
    </section>
  );
}

/** The way to write down that it was taken, where it is taken as needed today. */
function Needed({ medication }: { medication: Medication }): JSX.Element | null {
  const planned = plan.value.state === "ready" ? plan.value.value : null;
  const doses = planned?.doses.filter((dose) => dose.medication_id === medication.id) ?? [];
  const dose = doses.find((each) => each.as_needed);
  if (planned === null || dose === undefined) return null;
  const slot = (of: Dose): Slot => slotOf(of, medication.key, planned.date);
  const first = { slot: slot(dose), name: fullName(medication) ?? strings.value.app.unnamed };
  return (
    <div class="card">
      <NextTaking dose={dose} first={first} fixed={doses.filter((each) => !each.as_needed).map(slot)} />
    </div>
  );
}

/** The medicine's doses of today whose time has come; those as needed have none. */
function dueToday(medication: Medication): Slot[] {
  if (plan.value.state !== "ready") return [];
  const hour = hourOf(now.value);
  return plan.value.value.doses
    .filter((dose) => dose.medication_id === medication.id && !dose.as_needed)
    .map((dose) => slotOf(dose, medication.key, today.value))
    .filter(({ slot }) => {
      const part = partOfSlot(slot);
      return part === null || whenOf(part, hour) !== "later";
    });
}

/** Its doses of the night that began yesterday and is not over. */
function dueLastNight(medication: Medication): Slot[] {
  if (card.value.state !== "ready") return [];
  const { doses, date } = lastNight(card.value.value);
  return doses.filter((dose) => dose.medication_id === medication.id).map((dose) => slotOf(dose, medication.key, date));
}

/** "I dag, middag", "26. november, kl. 08.00", with the ordinal of a dose that is not the first at its time. */
function slotText({ date, slot, ordinal }: Slot): string {
  const words = strings.value;
  const day = date === today.value ? words.app.today : dayText(date, language.value, today.value);
  const [clock, part] = [clockOf(slot), partOfSlot(slot)];
  const time = clock !== null ? words.day.clock(language.value === "da" ? clock.replace(":", ".") : clock) : part !== null ? words.day.parts[part] : words.day.anyTime;
  return `${day}, ${time.toLowerCase()}${ordinal > 1 ? ` (${ordinal})` : ""}`;
}
