/** Parts of an appointment's detail: what to do before, where it is, the video visit, the calendar, the course. */

import type { JSX } from "preact";
import type { Appointment } from "../api/types";
import { now } from "../app/now";
import { language, strings } from "../app/preferences";
import { citizenId } from "../app/record";
import { civilDate, dayText, timeText } from "../ui/dates";
import { Icon } from "../ui/icon";
import { today } from "../app/now";
import { Source } from "../ui/source";
import { Appointments } from "./list";
import { courseOf, mapOf, phoneText, telOf, videoOf } from "./rules";

export function Before({ appointment }: { appointment: Appointment }): JSX.Element | null {
  const words = strings.value.visit;
  if (appointment.preparation === null) return null;
  return (
    <section>
      <h2>{words.before}</h2>
      <div class="card">
        <blockquote class="verbatim verbatim--small" lang="da">
          <p>{appointment.preparation}</p>
        </blockquote>
        <Source
          name={appointment.organisation ?? strings.value.source.unknown}
          fetchedAt={appointment.fetched_at}
          failingSince={appointment.not_fetched_since ?? undefined}
        />
      </div>
    </section>
  );
}

export function Here({ appointment }: { appointment: Appointment }): JSX.Element | null {
  const words = strings.value;
  const { name, address, phone } = appointment.place;
  const tel = telOf(phone);
  if (name === null && address === null && phone === null) return null;
  return (
    <section>
      <h2>{words.appointments.here}</h2>
      <div class="card">
        <div lang="da">
          {name && (
            <p>
              <strong>{name}</strong>
            </p>
          )}
          {appointment.organisation && appointment.organisation !== name && <p>{appointment.organisation}</p>}
          {address && <p>{address}</p>}
          {phone && tel === null && <p>{phone}</p>}
        </div>
        {address && (
          <a class="btn btn--line btn--full noprint" href={mapOf(address)} target="_blank" rel="noreferrer noopener">
            <Icon name="sted" />
            {words.visit.map}
          </a>
        )}
        {phone && tel && (
          <a class="btn btn--line btn--full noprint" href={tel}>
            <Icon name="ring" />
            {words.appointments.call(phoneText(phone))}
          </a>
        )}
      </div>
    </section>
  );
}

export function Video({ appointment }: { appointment: Appointment }): JSX.Element | null {
  const words = strings.value.visit;
  const video = videoOf(appointment, now.value);
  if (video === null) return null;
  return (
    <section class="card" aria-labelledby="video">
      <h2 id="video">{words.video}</h2>
      {video.is === "open" && (
        <a class="btn btn--full" href={video.url} target="_blank" rel="noreferrer noopener">
          <Icon name="telefon" />
          {words.join}
        </a>
      )}
      {video.is === "early" && <p>{words.opensAt(civilDate(video.from) === today.value ? null : dayText(civilDate(video.from), language.value, today.value), timeText(video.from, language.value))}</p>}
      {video.is === "over" && <p>{words.videoOver}</p>}
      {video.is === "no_time" && <p>{words.videoNoTime}</p>}
      <p class="small">{words.videoWhy(new URL(video.url).hostname)}</p>
    </section>
  );
}

export function CalendarFile({ appointment }: { appointment: Appointment }): JSX.Element | null {
  const words = strings.value.visit;
  const id = citizenId();
  if (appointment.start === null || id === null) return null;
  const address = `/api/v1/citizens/${encodeURIComponent(id)}/appointments/${appointment.key}/calendar.ics`;
  return (
    <>
      <a class="btn btn--line btn--full noprint" href={address} download="aftale.ics">
        <Icon name="hent" />
        {words.calendar}
      </a>
      <p class="small noprint">{words.calendarWhy}</p>
    </>
  );
}

/** The other appointments of the same course, whoever holds them. */
export function CourseSection({ appointment, all }: { appointment: Appointment; all: Appointment[] }): JSX.Element | null {
  const words = strings.value.visit;
  const course = courseOf(appointment, all);
  if (course.length < 2) return null;
  const title = course.find((each) => each.course?.title)?.course?.title ?? null;
  return (
    <section>
      <h2>{title === null ? words.course : words.courseNamed(title)}</h2>
      <p class="lead">{words.courseWhy(course.length)}</p>
      <Appointments appointments={course.filter((each) => each.key !== appointment.key)} isMuted={false} />
    </section>
  );
}
