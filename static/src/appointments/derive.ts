/** The appointments and what was answered to them, from the rows of the copy on this device: app/appointments once more. */

import type { Appointment, AppointmentAnswer } from "../api/types";
import type { Row, Space } from "../sync/port";
import { compareInstants, copenhagenText, later } from "../ui/instants";

type Rows = ReadonlyMap<string, readonly Row[]>;

/** As it stands on the shelf: app/appointments/appointment.py. */
interface Kept extends Omit<Appointment, "course" | "key" | "version" | "source" | "fetched_at" | "takes_answer" | "not_fetched_since"> {
  course?: { ids: string[]; title: string | null } | null;
}

interface Listed {
  row: Row;
  kept: Kept;
}

/** All appointments over all sources, by their start; those without one last. `takes`: the sources that take answers. */
export function appointmentsOf(rows: Rows, sources: Space["sources"], takes: ReadonlySet<string>): Appointment[] {
  const listed = (rows.get("appointment") ?? []).map((row) => ({ row, kept: row.content as Kept }));
  listed.sort((one, other) => compareStarts(one.kept, other.kept));
  const firsts = coursesOf(listed.map(({ kept }) => kept.course?.ids ?? []));
  return listed.map((each, at) => {
    const { row, kept } = each;
    const heard = sources.find((source) => source.source === row.source);
    return {
      id: kept.id,
      start: timeOf(kept.start),
      end: timeOf(kept.end),
      guiding_time: kept.guiding_time,
      kind: kept.kind,
      title: kept.title,
      place: { name: kept.place.name, address: kept.place.address, phone: kept.place.phone, sor: kept.place.sor },
      organisation: kept.organisation,
      reason: kept.reason,
      status: kept.status,
      series: kept.series,
      source: row.source,
      as_of: timeOf(kept.as_of),
      fetched_at: copenhagenText(later(row.fetchedAt, heard?.answered_at ?? null)),
      key: row.key,
      version: row.mark,
      course: courseOf(listed, firsts, at),
      video_url: kept.video_url,
      preparation: kept.preparation,
      takes_answer: takes.has(row.source),
      not_fetched_since: timeOf(heard?.failing_since ?? null),
    };
  });
}

/** The standing answer to every appointment that was answered. */
export function answersOf(rows: Rows): AppointmentAnswer[] {
  return (rows.get("appointment_answer") ?? []).map(({ content }) => {
    const { message_id, appointment_key, version, said, wish, made_at, delivery } = content as AppointmentAnswer;
    const way = { ...delivery, at: copenhagenText(delivery.at) };
    return { message_id, appointment_key, version, said, wish, made_at: made_at && copenhagenText(made_at), delivery: way };
  });
}

/**
 * For each appointment's course ids, the place of the first appointment of the same course; null without a course.
 *
 * Two are of one course when they share an id, or when a third one links them. One alone in its course has none to show.
 */
export function coursesOf(ids: readonly (readonly string[])[]): (number | null)[] {
  const parents = ids.map((_, place) => place);
  const root = (place: number): number => (parents[place] === place ? place : root(parents[place]!));
  const first = new Map<string, number>();
  ids.forEach((names, place) => {
    for (const name of names) {
      const [one, other] = [root(first.get(name) ?? place), root(place)].sort((a, b) => a - b) as [number, number];
      if (!first.has(name)) first.set(name, place);
      parents[other] = one;
    }
  });
  const roots = ids.map((_, place) => root(place));
  return roots.map((found, place) => (ids[place]!.length > 0 && roots.filter((each) => each === found).length > 1 ? found : null));
}

function courseOf(listed: readonly Listed[], firsts: readonly (number | null)[], at: number): Appointment["course"] {
  const first = firsts[at] ?? null;
  if (first === null) return null;
  const title = listed.filter((_, place) => firsts[place] === first).find(({ kept }) => kept.course?.title)?.kept.course?.title;
  return { id: listed[first]!.row.key, title: title ?? null };
}

/** Those without a start come last. */
function compareStarts(one: Kept, other: Kept): number {
  if (one.start === null || other.start === null) return Number(one.start === null) - Number(other.start === null);
  return compareInstants(one.start, other.start);
}

function timeOf(instant: string | null | undefined): string | null {
  return instant ? copenhagenText(instant) : null;
}
