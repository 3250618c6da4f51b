/** One appointment: when, where, how to ring, why, and who told us. */

import type { JSX } from "preact";
import type { Appointment } from "../api/types";
import { now, today } from "../app/now";
import { language, strings } from "../app/preferences";
import { capital, civilDate, daysBetween, longDayText } from "../ui/dates";
import { Back, Blik, Fact, Words } from "../ui/parts";
import { Source } from "../ui/source";
import { OwnNotes } from "../notes/section";
import { QuestionsToAsk } from "../notes/questions";
import { Answering } from "./answer";
import { Before, CalendarFile, CourseSection, Here, Video } from "./detail_parts";
import { AppointmentChips } from "./list";
import { appointmentOf, isComing, isOff, placeInSeries, subjectOf } from "./rules";
import { timeWords } from "./words";

export function AppointmentDetail({ all, id }: { all: Appointment[]; id: string }): JSX.Element {
  const words = strings.value;
  const appointment = appointmentOf(all, id);
  return (
    <>
      <Back href="/aftaler">{words.app.appointments}</Back>
      {appointment ? <Known appointment={appointment} all={all} /> : <Unknown />}
    </>
  );
}

function Unknown(): JSX.Element {
  const words = strings.value.appointments;
  return (
    <>
      <Blik title={words.notFound} page={words.notFound} lead={words.notFoundWhy} />
      <a class="btn btn--line btn--full" href="/aftaler">
        {words.seeAll}
      </a>
    </>
  );
}

function Known({ appointment, all }: { appointment: Appointment; all: Appointment[] }): JSX.Element {
  const words = strings.value.appointments;
  const subject = subjectOf(appointment) ?? words.subjectNotGiven;
  const lead = leadOf(appointment);
  const isOpen = isComing(appointment, now.value) && !isOff(appointment);
  return (
    <>
      <Blik over={subject} title={titleOf(appointment)} page={subject} {...(lead ? { lead } : {})}>
        <div class="chips">
          <AppointmentChips appointment={appointment} />
        </div>
      </Blik>
      {isOpen && <Answering appointment={appointment} />}
      {isOpen && <Video appointment={appointment} />}
      <Before appointment={appointment} />
      <Here appointment={appointment} />
      <section>
        <h2>{words.about}</h2>
        <div class="card">
          <Facts appointment={appointment} all={all} />
          {isOpen && <CalendarFile appointment={appointment} />}
          <Source
            name={appointment.organisation ?? appointment.place.name ?? strings.value.source.unknown}
            fetchedAt={appointment.fetched_at}
            failingSince={appointment.not_fetched_since ?? undefined}
          />
        </div>
      </section>
      <CourseSection appointment={appointment} all={all} />
      {isOpen && <QuestionsToAsk />}
      <OwnNotes key={appointment.key} subject={{ about: "appointment", key: appointment.key }} />
    </>
  );
}

function Facts({ appointment, all }: { appointment: Appointment; all: Appointment[] }): JSX.Element {
  const words = strings.value.appointments;
  const place = placeInSeries(appointment, all);
  const series = place ? words.seriesPlace(place.number, place.of) : appointment.series === null ? null : words.seriesOnly;
  const said = (text: string | null): JSX.Element | null => (text === null ? null : <Words>{text}</Words>);
  const written = appointment.as_of === null ? null : longDayText(civilDate(new Date(appointment.as_of)), language.value, today.value);
  return (
    <dl class="facts">
      <Fact name={words.reason}>{said(appointment.reason)}</Fact>
      <Fact name={words.title}>{appointment.title === appointment.reason ? null : said(appointment.title)}</Fact>
      <Fact name={words.organisation}>{said(appointment.organisation)}</Fact>
      <Fact name={words.kind}>{words.kinds[appointment.kind]}</Fact>
      <Fact name={words.series}>{series}</Fact>
      <Fact name={words.written}>{written && capital(written)}</Fact>
    </dl>
  );
}

function titleOf(appointment: Appointment): string {
  const words = strings.value.appointments;
  if (appointment.start === null) return words.timeNotSet;
  const start = new Date(appointment.start);
  const day = capital(longDayText(civilDate(start), language.value, today.value));
  const time = timeWords(start, appointment.guiding_time && appointment.end ? new Date(appointment.end) : null);
  return appointment.guiding_time ? words.around(day, time) : words.at(day, time);
}

function leadOf(appointment: Appointment): string {
  const words = strings.value.appointments;
  if (appointment.start === null || isOff(appointment)) return "";
  const start = new Date(appointment.start);
  const minutes = appointment.end === null ? 0 : Math.round((new Date(appointment.end).getTime() - start.getTime()) / 60_000);
  const lasts = minutes > 0 && minutes < 600 && !appointment.guiding_time ? `${words.lasts(minutes)} ` : "";
  return `${lasts}${words.inDays(daysBetween(today.value, civilDate(start)))}`;
}
