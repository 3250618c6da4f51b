/** Aftaler: what is coming and what is past, over all sources; an appointment opens its detail. */

import type { JSX } from "preact";
import type { Appointment } from "../api/types";
import { now, today } from "../app/now";
import { language, strings } from "../app/preferences";
import { appointments, loadAppointments } from "../app/record";
import { route } from "../app/router";
import { capital, monthText } from "../ui/dates";
import { Blik, Segments } from "../ui/parts";
import { Sources } from "../ui/source";
import { Empty, Failed, Loading } from "../ui/states";
import { AppointmentDetail } from "./detail";
import { Appointments } from "./list";
import { comingOf, groupsOf, isOff, nextOf, pastOf, tellersOf, type Heading } from "./rules";
import { blikWords } from "./words";

export function AppointmentsScreen(): JSX.Element {
  const words = strings.value;
  const held = appointments.value;
  const { id, view } = route.value;
  if (held.state === "loading") return <Loading text={words.loading.appointments} />;
  if (held.state === "failed") {
    const retry = (): void => void loadAppointments();
    return <Failed title={words.failed.appointments} page={words.app.appointments} failure={held.failure} retry={retry} />;
  }
  if (id !== null) return <AppointmentDetail all={held.value} id={id} />;
  return <List all={held.value} isPast={view === "tidligere"} />;
}

function List({ all, isPast }: { all: Appointment[]; isPast: boolean }): JSX.Element {
  const words = strings.value;
  const shown = isPast ? pastOf(all, now.value) : comingOf(all, now.value);
  const standing = shown.filter((each) => !isOff(each));
  const next = nextOf(all, now.value) ?? standing[0];
  const coming = next ? blikWords(next) : words.appointments.blikNone;
  const views: [string, string][] = [
    ["/aftaler", words.appointments.coming],
    ["/aftaler?vis=tidligere", words.appointments.past],
  ];
  return (
    <>
      <Blik
        title={isPast ? words.appointments.blikPast(standing.length) : coming}
        page={words.app.appointments}
        lead={!isPast && standing.length > 1 ? words.appointments.leadCount(standing.length) : undefined}
      />
      <Segments label={words.appointments.views} views={views} current={isPast ? "/aftaler?vis=tidligere" : "/aftaler"} />
      {groupsOf(shown, today.value, !isPast).map((group) => (
        <section key={headingText(group.heading)}>
          <h2>{headingText(group.heading)}</h2>
          <Appointments appointments={group.appointments} isMuted={isPast} />
        </section>
      ))}
      {shown.length === 0 && (
        <Empty drawing="calendar">
          <p>{isPast ? words.appointments.emptyPastWhy : words.appointments.emptyWhy}</p>
        </Empty>
      )}
      <Sources
        sources={tellersOf(all).map(({ name, fetchedAt, failingSince }) => ({
          name: name || words.source.unknown,
          fetchedAt,
          failingSince: failingSince ?? undefined,
        }))}
      />
    </>
  );
}

function headingText(heading: Heading): string {
  const words = strings.value.appointments;
  switch (heading.in) {
    case "this_week":
      return words.thisWeek;
    case "next_week":
      return words.nextWeek;
    case "no_time":
      return words.noTime;
    case "month":
      return capital(monthText(heading.day, language.value));
  }
}
