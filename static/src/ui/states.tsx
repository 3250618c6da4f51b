/** The states that every screen can be in beside full: loading, failed, empty. */

import type { ComponentChildren, JSX } from "preact";
import type { Failure } from "../api/client";
import { language, strings } from "../app/preferences";
import { wishFocus } from "../app/router";
import { timeText } from "./dates";
import { Icon } from "./icon";
import { Blik } from "./parts";

/** Says in words what is being waited for. */
export function Loading({ text }: { text: string }): JSX.Element {
  return (
    <>
      <div class="blik" role="status">
        <h1 tabIndex={-1}>{text}</h1>
      </div>
      <div class="waiting" aria-hidden="true">
        <div class="waiting__shape" />
        <div class="waiting__shape" />
        <div class="waiting__shape" />
      </div>
    </>
  );
}

interface FailedProps {
  title: string;
  page: string;
  failure: Failure;
  retry: () => void;
}

/** A whole screen that could not be shown: what happened, what is safe, what to do. */
export function Failed({ title, page, failure, retry }: FailedProps): JSX.Element {
  const again = (): void => {
    wishFocus(); // The button goes with the screen, so the focus moves to what comes instead.
    retry();
  };
  return (
    <>
      <Blik title={title} page={page} />
      <FailedCard title={strings.value.failed.nextTitle} isTitleSeen={false} failure={failure} retry={again} />
    </>
  );
}

interface FailedCardProps {
  title: string;
  isTitleSeen: boolean;
  failure: Failure;
  retry: () => void;
}

/** The same inside a screen of which the rest is there. */
export function FailedCard({ title, isTitleSeen, failure, retry }: FailedCardProps): JSX.Element {
  const words = strings.value.failed;
  const [before, code, after] = words.code(codeOf(failure), timeText(failure.at, language.value));
  return (
    <section class="card" role="alert">
      <h2 class={isTitleSeen ? "" : "unseen"}>{title}</h2>
      <Three answers={[words[failure.kind], words.nothingLost, adviceFor(failure)]} />
      <button class="btn btn--full" type="button" onClick={retry}>
        <Icon name="igen" />
        {words.retry}
      </button>
      <details>
        <summary>
          <Icon name="info" />
          <span>{words.forHelper}</span>
          <Icon name="ned" class="fold" />
        </summary>
        <p>
          {before}
          <code>{code}</code>
          {after}
        </p>
      </details>
    </section>
  );
}

/** The three questions of everybody for whom something went wrong. */
export function Three({ answers: [happened, lost, advice] }: { answers: [string, string, string] }): JSX.Element {
  const words = strings.value.failed;
  return (
    <div class="three">
      <Answer icon="info" question={words.whatHappened} answer={happened} />
      <Answer icon="skjold" question={words.isLost} answer={lost} />
      <Answer icon="igen" question={words.whatToDo} answer={advice} />
    </div>
  );
}

function Answer({ icon, question, answer }: { icon: "info" | "skjold" | "igen"; question: string; answer: string }): JSX.Element {
  return (
    <div>
      <Icon name={icon} />
      <div>
        <h3>{question}</h3>
        <p>{answer}</p>
      </div>
    </div>
  );
}

function adviceFor(failure: Failure): string {
  const words = strings.value.failed;
  if (failure.kind === "unreachable") return words.doUnreachable;
  if (failure.kind === "storage") return words.doStorage;
  return failure.kind === "not_allowed" || failure.kind === "not_logged_in" ? words.doLogin : words.doWait;
}

function codeOf(failure: Failure): string {
  return failure.status === null ? failure.code : `${failure.code}-${failure.status}`;
}

/** Nothing to show: a small drawing, why, and at most one thing to do. */
export function Empty({ drawing, children }: { drawing: "day" | "calendar" | "paper"; children: ComponentChildren }): JSX.Element {
  return (
    <div class="card empty">
      <svg viewBox="0 0 176 96" fill="none" aria-hidden="true" focusable="false">
        {drawing === "day" && <DayDrawing />}
        {drawing === "calendar" && <CalendarDrawing />}
        {drawing === "paper" && <PaperDrawing />}
      </svg>
      {children}
    </div>
  );
}

function DayDrawing(): JSX.Element {
  return (
    <>
      <path d="M20 76Q88 -34 156 76" stroke="currentColor" stroke-width="3" stroke-dasharray="1 9" stroke-linecap="round" />
      <path d="M8 84h160" stroke="currentColor" stroke-width="3" stroke-linecap="round" />
      <path d="M64 84a24 24 0 0 1 48 0Z" fill="currentColor" />
    </>
  );
}

function CalendarDrawing(): JSX.Element {
  return (
    <g stroke="currentColor" stroke-width="3" stroke-linecap="round">
      <rect x="52" y="18" width="72" height="64" rx="10" />
      <path d="M52 36h72M70 10v14M106 10v14M8 88h160" />
      <circle cx="88" cy="59" r="8.5" fill="currentColor" />
    </g>
  );
}

function PaperDrawing(): JSX.Element {
  return (
    <g stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">
      <path d="M62 8h38l18 18v52a8 8 0 0 1-8 8H62a8 8 0 0 1-8-8V16a8 8 0 0 1 8-8Z" />
      <path d="M68 44h36M68 60h22M8 88h160" />
      <circle cx="118" cy="72" r="9.5" fill="currentColor" />
    </g>
  );
}
