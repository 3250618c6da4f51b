/** Appointments as rows of a list. */

import type { JSX } from "preact";
import type { Appointment } from "../api/types";
import { now } from "../app/now";
import { language, strings } from "../app/preferences";
import { capital, civilDate, keyDay } from "../ui/dates";
import { Icon } from "../ui/icon";
import { Chip, Key, LinkRow, Words } from "../ui/parts";
import { isComing, isOff, isUnsettled, subjectOf, whereOf } from "./rules";
import { whenWords } from "./words";

export function Appointments({ appointments, isMuted }: { appointments: Appointment[]; isMuted: boolean }): JSX.Element {
  return (
    <ul class="rows">
      {appointments.map((each) => (
        <li key={each.id}>
          <Row appointment={each} isMuted={isMuted} />
        </li>
      ))}
    </ul>
  );
}

function Row({ appointment, isMuted }: { appointment: Appointment; isMuted: boolean }): JSX.Element {
  const subject = subjectOf(appointment);
  const where = whereOf(appointment).join(", ");
  return (
    <LinkRow href={`/aftaler?id=${encodeURIComponent(appointment.id)}`}>
      <DayKey start={appointment.start} isMuted={isMuted || isOff(appointment) || !isComing(appointment, now.value)} />
      <span class="grow">
        <h3 class="row__when">{capital(whenWords(appointment))}</h3>
        <span>{subject === null ? strings.value.appointments.subjectNotGiven : <Words>{subject}</Words>}</span>
        {where && (
          <span class="small" lang="da">
            {where}
          </span>
        )}
        <AppointmentChips appointment={appointment} />
      </span>
    </LinkRow>
  );
}

function DayKey({ start, isMuted }: { start: string | null; isMuted: boolean }): JSX.Element {
  if (start === null) {
    return (
      <span class="key key--muted">
        <Icon name="aftaler" />
      </span>
    );
  }
  const { day, month } = keyDay(civilDate(new Date(start)), language.value);
  return <Key number={day} unit={month} isMuted={isMuted} />;
}

/** What there is to say about the time: that it is guiding, not settled, or off. */
export function AppointmentChips({ appointment }: { appointment: Appointment }): JSX.Element | null {
  const words = strings.value.appointments;
  const chips: JSX.Element[] = [];
  if (isOff(appointment)) chips.push(<Chip key="off" icon="kryds" tone="bad">{words.cancelled}</Chip>);
  if (isUnsettled(appointment)) chips.push(<Chip key="open" icon="hjaelp" tone="note">{words.unsettled}</Chip>);
  if (appointment.guiding_time) chips.push(<Chip key="guiding" icon="senere">{words.guiding}</Chip>);
  return chips.length === 0 ? null : <span class="chips">{chips}</span>;
}
