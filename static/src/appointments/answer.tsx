/** The citizen's answer to an appointment: three answers of equal weight, and how far the one given has come. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Failure } from "../api/client";
import type { AnswerGiven, Appointment, AppointmentAnswer } from "../api/types";
import { answerAppointment, answers, draftOf, keepDraft, loadAnswers, newId } from "../app/acts";
import { copy, copyNow, refusedAnswer } from "../app/copied";
import { now } from "../app/now";
import { strings } from "../app/preferences";
import { loadAppointments } from "../app/record";
import type { QueuedAct } from "../sync/port";
import { DeliveryLine } from "../ui/delivery";
import { TextField } from "../ui/field";
import { Icon, type IconName } from "../ui/icon";
import { Aside } from "../ui/parts";
import { FailedCard } from "../ui/states";
import { hasBegun, refusedOf } from "./rules";

type Choice = AnswerGiven["said"];

const CHOICES: [Choice, IconName][] = [
  ["coming", "tjek"],
  ["move", "senere"],
  ["cannot", "kryds"],
];
const LONGEST_WISH = 500;

export function Answering({ appointment }: { appointment: Appointment }): JSX.Element {
  const Refused = refusedAnswer.value;
  const refused = refusedOf(copyNow()?.acts() ?? [], appointment.key);
  return (
    <>
      {refused !== null && Refused !== null && <Refused key={refused.mid} act={refused} appointment={appointment} place={placeOf(appointment)} />}
      <Answer appointment={appointment} refused={refused} />
    </>
  );
}

/** Where what is written to an appointment is kept until it is sent. */
function placeOf(appointment: Appointment): string {
  return `answer ${appointment.key}`;
}

interface AnswerProps {
  appointment: Appointment;
  /** The last answer from this phone, when it was refused. */
  refused: QueuedAct | null;
}

function Answer({ appointment, refused }: AnswerProps): JSX.Element {
  const words = strings.value.answer;
  const held = answers.value;
  if (!appointment.takes_answer) return <Aside icon="info" title={words.byPhone} text={words.byPhoneWhy} />;
  if (held.state === "loading") return <p class="lead">{words.loading}</p>;
  if (held.state === "failed") {
    return <FailedCard title={words.failedToLoad} isTitleSeen failure={held.failure} retry={() => void loadAnswers()} />;
  }
  const given = held.value.find((each) => each.appointment_key === appointment.key) ?? null;
  if (!hasBegun(appointment, now.value)) {
    return <Card key={appointment.key} appointment={appointment} given={given} refused={refused} />;
  }
  return (
    <>
      {given !== null && <Given given={given} isOutdated={isOutdated(given, appointment)} />}
      <Aside icon="info" title={words.byPhone} text={words.begun} />
    </>
  );
}

/** What was answered to an appointment that has begun: it stands as it is. */
function Given({ given, isOutdated }: { given: AppointmentAnswer; isOutdated: boolean }): JSX.Element {
  return (
    <section class="card">
      <h2>{strings.value.answer.given[given.said]}</h2>
      <Said given={given} isOutdated={isOutdated} />
    </section>
  );
}

function Said({ given, isOutdated }: { given: AppointmentAnswer; isOutdated: boolean }): JSX.Element {
  const words = strings.value.answer;
  return (
    <>
      {given.wish && <p>{words.yourWords(given.wish)}</p>}
      {isOutdated && <p class="small">{words.outdated}</p>}
      <DeliveryLine delivery={given.delivery} />
    </>
  );
}

function isOutdated(given: AppointmentAnswer, appointment: Appointment): boolean {
  return given.version !== appointment.version && given.delivery.status !== "answered";
}

function Card({ appointment, given, refused }: AnswerProps & { given: AppointmentAnswer | null }): JSX.Element {
  const words = strings.value.answer;
  const [isChanging, setChanging] = useState(false);
  const isAnew = isChanging || refused?.code === "stale";
  const isAsking = given === null || isAnew;
  const done = (): void => {
    setChanging(false);
    // It has another in its place now.
    if (refused !== null) void copy.value?.putAway(refused.mid);
  };
  return (
    <section class="card" aria-labelledby="svar">
      <h2 id="svar">{isAnew ? words.changeQuestion : given === null ? words.question : words.given[given.said]}</h2>
      {isAsking ? (
        <Choices appointment={appointment} done={done} />
      ) : (
        <>
          <Said given={given} isOutdated={isOutdated(given, appointment)} />
          <button class="btn btn--line btn--full" type="button" onClick={() => setChanging(true)}>
            <Icon name="note" />
            {given.delivery.status === "failed" ? words.again : words.change}
          </button>
        </>
      )}
      {isChanging && (
        <button class="btn btn--line btn--full" type="button" onClick={() => setChanging(false)}>
          {words.keep}
        </button>
      )}
    </section>
  );
}

interface ChoicesProps {
  appointment: Appointment;
  done: () => void;
}

function Choices({ appointment, done }: ChoicesProps): JSX.Element {
  const words = strings.value.answer;
  const place = placeOf(appointment);
  const [isWishing, setWishing] = useState(draftOf(place) !== "");
  const sending = useSending(appointment, place, done);
  const wish = draftOf(place);
  return (
    <>
      <div class="stack">
        {CHOICES.map(([said, icon]) => (
          <button
            key={said}
            class="btn btn--line btn--full"
            type="button"
            aria-busy={sending.busy === said}
            aria-expanded={said === "move" ? isWishing : undefined}
            onClick={() => (said === "move" ? setWishing(!isWishing) : void sending.send(said, null))}
          >
            <Icon name={icon} />
            {sending.busy === said ? words.busy : words.choices[said]}
          </button>
        ))}
      </div>
      {isWishing && (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void sending.send("move", wish.trim() || null);
          }}
        >
          <TextField label={words.wish} hint={words.wishHint} value={wish} longest={LONGEST_WISH} change={(text) => keepDraft(place, text)} />
          <button class="btn btn--full" type="submit" aria-busy={sending.busy === "move"}>
            {sending.busy === "move" ? words.busy : words.sendWish}
          </button>
        </form>
      )}
      {sending.failure && <FailedCard title={words.notSent} isTitleSeen failure={sending.failure} retry={sending.retry} />}
      <p class="small">{words.goesTo(appointment.organisation ?? appointment.place.name ?? words.thePlace)}</p>
    </>
  );
}

interface Sending {
  busy: Choice | null;
  failure: Failure | null;
  send: (said: Choice, wish: string | null) => Promise<void>;
  retry: () => void;
}

function useSending(appointment: Appointment, place: string, done: () => void): Sending {
  const [busy, setBusy] = useState<Choice | null>(null);
  const [failed, setFailed] = useState<{ failure: Failure; again: () => void } | null>(null);
  const send = async (said: Choice, wish: string | null, id = newId()): Promise<void> => {
    if (busy !== null) return;
    setBusy(said);
    setFailed(null);
    const failure = await answerAppointment(appointment.key, { version: appointment.version, said, wish }, id);
    setBusy(null);
    if (failure === null) {
      keepDraft(place, "");
      done();
    } else if (failure.kind === "stale") {
      setFailed({ failure, again: () => void loadAppointments() });
    } else {
      // The same id again: if the first one did arrive after all, it is still one answer.
      setFailed({ failure, again: () => void send(said, wish, id) });
    }
  };
  return { busy, failure: failed?.failure ?? null, send, retry: () => failed?.again() };
}
