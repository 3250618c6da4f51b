/** The doses of the night that began yesterday: after midnight they are still to be taken, and marked on their own date. */

import { computed, effect } from "@preact/signals";
import type { JSX } from "preact";
import { read } from "../api/client";
import type { Card, DosePlan } from "../api/types";
import { now, today } from "../app/now";
import { strings } from "../app/preferences";
import { citizenId, held, load } from "../app/record";
import { hourOf } from "../ui/dates";
import { FailedCard } from "../ui/states";
import { type Among, DayPart } from "./doses";
import { dayBefore } from "./mark_store";
import { dayOf, partOf } from "./rules";

/** What the card planned for yesterday; asked for only while its night lasts. */
export const eve = held<DosePlan>("medication:read");

/** From midnight until the morning begins. */
const isNight = computed(() => partOf(hourOf(now.value)) === null);

function loadEve(): Promise<void> {
  return load(eve, (id) => read<DosePlan>(`/citizens/${id}/dose-plan?date=${dayBefore(today.value)}`));
}

/** Loads it for each citizen who is here at night. */
export function follow(): void {
  effect(() => {
    if (citizenId() !== null && isNight.value && today.value) void loadEve();
  });
}

/** The doses of the night that is not over; none by day, and as long as they are not known. */
export function lastNight(card: Card): Among {
  const [held, date] = [eve.value, dayBefore(today.value)];
  const isKnown = isNight.value && held.state === "ready" && held.value.date === date;
  return { doses: isKnown ? dayOf(held.value).parts.night : [], card, date };
}

export function LastNight(among: Among): JSX.Element | null {
  const words = strings.value;
  if (isNight.value && eve.value.state === "failed") {
    return <FailedCard title={words.mark.noNight} isTitleSeen failure={eve.value.failure} retry={() => void loadEve()} />;
  }
  return among.doses.length === 0 ? null : <DayPart part="night" {...among} isNow over={words.mark.sinceYesterday} />;
}
