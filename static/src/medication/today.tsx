/** I dag: what the day holds, what is now and what comes later, and the next appointment. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Card, Dose, DosePlan } from "../api/types";
import { NextAppointment } from "../appointments/next";
import { QuestionsWait } from "../consent/waits";
import { again } from "../app/later";
import { now, today } from "../app/now";
import { language, size, strings } from "../app/preferences";
import { card, loadCard, loadPlan, plan } from "../app/record";
import { hourOf, longDayText } from "../ui/dates";
import { Blik } from "../ui/parts";
import { Source, sourceName } from "../ui/source";
import { Empty, Failed, FailedCard, Loading } from "../ui/states";
import { Arc } from "./arc";
import { AsNeeded, NotPlanned } from "./as_needed";
import { type Among, AnyTime, DayPart, EarlierPart, slotsOf } from "./doses";
import { LastNight, lastNight } from "./last_night";
import { answeredCount } from "./mark_rules";
import { loadMarks, loadParts, marks, missingSince, parts } from "./mark_store";
import { blikOf, dayOf, PARTS, plannedCount, waitingOf, whenOf, type Blik as Says, type Day, type Part, type When } from "./rules";
import { detail } from "./screen";

export function TodayScreen(): JSX.Element {
  const words = strings.value;
  useEffect(() => void detail.ahead(), []);
  const [planned, held] = [plan.value, card.value];
  for (const each of [planned, held]) {
    if (each.state !== "failed") continue;
    const retry = (): void => {
      if (planned.state === "failed") void loadPlan();
      if (held.state === "failed") void loadCard();
    };
    return <Failed title={words.failed.day} page={words.app.today} failure={each.failure} retry={retry} />;
  }
  if (planned.state !== "ready" || held.state !== "ready") return <Loading text={words.loading.day} />;
  return size.value === "large" ? <Large plan={planned.value} card={held.value} /> : <Today plan={planned.value} card={held.value} />;
}

/** Large letters ask about one dose at a time, as long as one is due. */
function Large({ plan: planned, card: held }: TodayProps): JSX.Element {
  const words = strings.value;
  const One = parts.value?.OneAtATime;
  const today = (below: JSX.Element | null): JSX.Element => <Today plan={planned} card={held} below={below} />;
  if (One === undefined) return missingSince.value === null ? <Loading text={words.loading.day} /> : today(null);
  const [day, night, hour] = [dayOf(planned), lastNight(held), hourOf(now.value)];
  const whole: Among = { doses: planned.doses, card: held, date: planned.date };
  const dues = [
    { ...night, part: "night" as const },
    ...PARTS.filter((part) => whenOf(part, hour) === "now").map((part) => ({ ...whole, doses: day.parts[part], part })),
    { ...whole, doses: day.anyTime, part: null },
  ];
  return <One dues={dues} slots={[...slotsOf(night), ...slotsOf(whole)]} whole={today} source={<DaySource card={held} />} />;
}

interface TodayProps {
  plan: DosePlan;
  card: Card;
  /** What stands below the sentence on top. */
  below?: JSX.Element | null;
}

function Today({ plan: planned, card: held, below }: TodayProps): JSX.Element {
  const words = strings.value;
  const day = dayOf(planned);
  const hour = hourOf(now.value);
  const whole: Among = { doses: planned.doses, card: held, date: planned.date };
  const Toast = parts.value?.Toast;
  const said = marks.value.state === "ready" ? marks.value.value : [];
  const isAnswered = (dose: Dose): boolean => answeredCount(said, slotsOf({ ...whole, doses: [dose] })) > 0;
  const waiting = waitingOf(day, isAnswered);
  const night = lastNight(held);
  const open = night.doses.length - answeredCount(said, slotsOf(night));
  const says: Says = open > 0 ? { says: "part", part: "night", count: open, when: "now" } : blikOf(day, planned.unplanned.length, hour, waiting);
  return (
    <>
      <Blik
        over={longDayText(planned.date, language.value, today.value)}
        title={sentenceOf(says)}
        page={words.app.today}
        lead={leadOf(day, planned.unplanned.length, plannedCount(day) - plannedCount(waiting))}
      />
      {below}
      {PARTS.some((part) => day.parts[part].length > 0) && <Arc day={day} waiting={waiting} hour={hour} />}
      {says.says === "nothing" && night.doses.length === 0 && <NothingToday />}
      <MarksMissing />
      <LastNight {...night} />
      <Parts day={day} whole={whole} hour={hour} />
      {day.anyTime.length > 0 && <AnyTime {...whole} doses={day.anyTime} />}
      {day.asNeeded.length > 0 && <AsNeeded {...whole} />}
      {planned.unplanned.length > 0 && <NotPlanned unplanned={planned.unplanned} card={held} />}
      <QuestionsWait />
      <NextAppointment />
      <DaySource card={held} />
      {Toast && <Toast />}
    </>
  );
}

function DaySource({ card: held }: { card: Card }): JSX.Element {
  const words = strings.value;
  return <Source name={words.day.follows(sourceName(held.source, words))} fetchedAt={held.fetched_at} failingSince={held.not_fetched_since} />;
}

/** What is now stands first, then what is over, folded, then what is to come. */
function Parts({ day, whole, hour }: { day: Day; whole: Among; hour: number }): JSX.Element {
  const due = (when: When): Part[] => PARTS.filter((part) => day.parts[part].length > 0 && whenOf(part, hour) === when);
  return (
    <>
      {due("now").map((part) => (
        <DayPart key={part} part={part} {...whole} doses={day.parts[part]} isNow />
      ))}
      {due("past").map((part) => (
        <EarlierPart key={part} part={part} {...whole} doses={day.parts[part]} />
      ))}
      {due("later").map((part) => (
        <DayPart key={part} part={part} {...whole} doses={day.parts[part]} isNow={false} />
      ))}
    </>
  );
}

/** Without what was said nothing can be said: that is told, and the rest of the day stands. */
function MarksMissing(): JSX.Element | null {
  const [held, at, words] = [marks.value, missingSince.value, strings.value];
  if (held.state === "failed") {
    return <FailedCard title={words.mark.notFetched} isTitleSeen failure={held.failure} retry={() => void loadMarks()} />;
  }
  if (at === null) return null;
  const failure = { kind: "unreachable", code: "screen", status: null, at } as const;
  return <FailedCard title={words.mark.noButtons} isTitleSeen failure={failure} retry={() => void again(loadParts)} />;
}

function NothingToday(): JSX.Element {
  const words = strings.value.day;
  return (
    <Empty drawing="day">
      <p>{words.emptyWhy}</p>
      <a class="btn btn--line" href="/medicin">
        {words.seeMedication}
      </a>
    </Empty>
  );
}

function sentenceOf(says: Says): string {
  const words = strings.value.day;
  switch (says.says) {
    case "part":
      return words.blikPart[says.part](says.count);
    case "any_time":
      return words.blikAnyTime(says.count);
    case "over":
      return words.blikOver;
    case "not_planned":
      return words.blikNotPlanned;
    case "as_needed":
      return words.blikAsNeeded;
    case "nothing":
      return words.blikNothing;
  }
}

function leadOf(day: Day, unplanned: number, answered: number): string | undefined {
  const words = strings.value.day;
  const said = [
    answered > 0 ? strings.value.mark.lead(answered, plannedCount(day)) : plannedCount(day) > 0 ? words.leadCount(plannedCount(day)) : "",
    unplanned > 0 ? words.leadNotPlanned(unplanned) : "",
  ];
  return said.filter(Boolean).join(" ") || undefined;
}
