/** What the page holds of the one citizen on the screen: in memory only, and gone when the session ends. */

import { batch, effect, signal, type Signal } from "@preact/signals";
import { read, send, type Answer, type Failure } from "../api/client";
import type { Appointment, Appointments, Card, Citizen, Consents, DosePlan, HelpedPerson, LogPage, Session } from "../api/types";
import type { Doing } from "./doing";
import { today } from "./now";
import { doingFor, emptyAll, held, type Loaded, LOADING, mayKnow, putCopy, show, showAll } from "./places";
import { subject } from "./subject";

export { held, type Loaded } from "./places";

export const session = signal<Loaded<Session>>(LOADING);
/** Why nothing is known of a session, though the owner of the open copy is shown; null when it is. */
export const unheard = signal<Failure | null>(null);
export const card = held<Card>("medication:read");
export const plan = held<DosePlan>("medication:read");
export const appointments = held<Appointment[]>("appointments:read");
export const consents = held<Consents>("consents:read");
export const log = held<LogPage>("log:read");

/** What was written and not yet saved, by where it was written: it outlives a change of screen, not the session. */
export const drafts = signal<ReadonlyMap<string, string>>(new Map());

/** How many lines of the log are asked for at a time. */
const PART = 50;

/** What the page asks of itself, with nobody waiting for it, is given up here when one logs out. */
let unasked = new AbortController();

/** Whose copy is open here; then a page that nobody is logged in at shows it all the same. */
let owner: Citizen | null = null;

/** Gives up what the page asks of itself, since one is about to log out; and lets it ask again. */
export function giveUp(): void {
  unasked.abort();
}

export function askAgain(): void {
  unasked = new AbortController();
}

/** Grows with each change of the consents at the server, made from this page. */
export const consentChanges = signal(0);

/** Grows when the citizen changes: an answer that was asked for before is then dropped and never shown. */
let holder = 0;

/** Asks who is logged in. */
export async function openSession(): Promise<void> {
  if (owner === null) session.value = LOADING;
  take(await read<Session>("/session"));
}

export function loadCard(): Promise<void> {
  return load(card, (id) => read<Card>(`/citizens/${id}/card`));
}

export function loadPlan(): Promise<void> {
  return load(plan, (id) => read<DosePlan>(`/citizens/${id}/dose-plan?date=${today.value}`));
}

export function loadAppointments(): Promise<void> {
  return load(appointments, async (id) => {
    const answer = await read<Appointments>(`/citizens/${id}/appointments`);
    return answer.ok ? { ok: true, value: answer.value.appointments } : answer;
  });
}

/** Asks for the consents. What was asked for before a change is older than what the page then holds, and is dropped. */
export function loadConsents(isQuiet = false): Promise<void> {
  const before = consentChanges.peek();
  const ask = async (id: string, until?: AbortSignal): Promise<Answer<Consents>> => {
    const answer = await read<Consents>(`/citizens/${id}/consents`, until);
    return before !== consentChanges.peek() && consents.value.state === "ready" ? { ok: true, value: consents.value.value } : answer;
  };
  return load(consents, ask, isQuiet);
}

/** Keeps the consents as the server gave them after a change. */
export function keepConsents(kept: Consents): void {
  consentChanges.value += 1;
  consents.value = { state: "ready", value: kept };
}

export function loadLog(): Promise<void> {
  return load(log, (id) => read<LogPage>(`/citizens/${id}/log?limit=${PART}`));
}

/** Adds the next older part of the log. Gives the failure, or null when it went well. */
export async function loadOlder(): Promise<Failure | null> {
  const [id, held, asker] = [citizenId(), log.value, holder];
  const last = held.state === "ready" ? held.value.entries.at(-1) : undefined;
  if (id === null || held.state !== "ready" || last === undefined) return null;
  const answer = await read<LogPage>(`/citizens/${encodeURIComponent(id)}/log?limit=${PART}&before=${last.seq}`);
  if (asker !== holder || log.value !== held) return null;
  if (!answer.ok) return answer.failure;
  const { entries, more } = answer.value;
  log.value = { state: "ready", value: { entries: [...held.value.entries, ...entries], more } };
  return null;
}

/** Reads from the open copy from now on, what it has of `id`: `views` gives what stands there now, and undefined where it has nothing. */
export function readFrom(whose: Citizen, id: string, views: readonly [Signal<Loaded<never>>, () => unknown][], through: Doing): void {
  putCopy(id, views, through);
  owner = whose;
  const stands = session.value;
  if (stands.state === "failed") take({ ok: false, failure: stands.failure });
  else if (stands.state === "loading" || stands.value.citizen === null) take(stands.state === "ready" ? { ok: true, value: stands.value } : null);
  showAgain();
}

/** Shows again what the copy gives, after it changed. */
export function showAgain(): void {
  showAll(citizenId());
}

/** The copy is locked: nothing of it stays in memory. */
export function stopReading(): void {
  if (owner === null) return;
  owner = null;
  putCopy(null);
  if (session.value.state !== "ready" || !session.value.value.logged_in) return leave();
  forget();
  // Of who is logged in it is fetched again when they go on without the copy.
  session.value = { ...session.value };
}

/** Does an act through the open copy, for good; undefined without one, null when it is kept, else why it is not. */
export async function keepAct(act: (through: Doing) => Promise<unknown>): Promise<Failure | null | undefined> {
  const doing = doingFor(citizenId());
  if (doing === null) return undefined;
  try {
    await act(doing);
    return null;
  } catch {
    return { kind: "storage", code: "not_kept", status: null, at: new Date() };
  }
}

/** Keeps the record loaded: for each citizen who logs in, and the day's doses anew when the date changes. */
export function follow(): void {
  effect(() => {
    if (citizenId() === null) return;
    void loadCard();
    void loadAppointments();
    void loadConsents();
  });
  effect(() => {
    if (citizenId() !== null && today.value) void loadPlan();
  });
}

/** Sends a change of the citizen's record and keeps the answer; gives the failure, or null when it went well. */
export async function change<T>(
  method: "PUT" | "DELETE",
  path: string,
  body: unknown,
  keep: (answer: T) => void | Promise<void>,
): Promise<Failure | null> {
  const [id, asker] = [citizenId(), holder];
  const csrf = session.value.state === "ready" ? session.value.value.csrf : null;
  if (id === null) return null;
  const sent = body === undefined ? { method, csrf } : { method, csrf, body };
  const answer = await send<T>(`/citizens/${encodeURIComponent(id)}${path}`, sent);
  if (asker !== holder) return null;
  if (!answer.ok) {
    if (answer.failure.kind === "not_logged_in" && owner === null) leave();
    return answer.failure;
  }
  await keep(answer.value);
  return null;
}

/** Whose record is on the screen. */
export function citizenId(): string | null {
  return session.value.state === "ready" ? (subject.value?.id ?? ownId()) : null;
}

/** Who is logged in, or whose copy is open. */
export function ownId(): string | null {
  return session.value.state === "ready" ? (session.value.value.citizen?.id ?? null) : null;
}

/** Goes over to somebody whom one helps, or back to oneself: nothing of the one before stays, and no late answer comes. */
export function turnTo(person: HelpedPerson | null): void {
  batch(() => {
    forget();
    subject.value = person;
  });
}

/** How often each thing was asked for: an answer that a later question has overtaken is older, and is dropped. */
const turns = new WeakMap<object, number>();

/** Asks for something of the citizen's. Quietly: the page asks by itself, and what it holds stands until it knows more. */
export async function load<T>(
  into: Signal<Loaded<T>>,
  ask: (id: string, until?: AbortSignal) => Promise<Answer<T>>,
  isQuiet = false,
): Promise<void> {
  const id = citizenId();
  if (id === null || !mayKnow(into) || (isQuiet && unasked.signal.aborted) || show(into as Signal<Loaded<unknown>>, id)) return;
  const asker = holder;
  const turn = (turns.get(into) ?? 0) + 1;
  turns.set(into, turn);
  if (!isQuiet) into.value = LOADING;
  const answer = await ask(encodeURIComponent(id), isQuiet ? unasked.signal : undefined);
  if (asker !== holder || turns.get(into) !== turn) return;
  if (answer.ok) into.value = { state: "ready", value: answer.value };
  else if (answer.failure.kind === "not_logged_in" && owner === null) leave();
  else if (!isQuiet) into.value = { state: "failed", failure: answer.failure };
}

const STRANGER = { logged_in: false, mode: "production", oidc: false, csrf: null, citizen: null, staff: null, staff_oidc: false, authenticated_at: null, has_device: false, helps: false } as const;

/** Null: nothing is known of a session. */
export function take(answer: Answer<Session> | null): void {
  const told = answer?.ok ? answer.value : null;
  unheard.value = answer?.ok === false ? answer.failure : null;
  const isNobody = told === null || (told.citizen === null && told.staff === null);
  if (owner !== null && isNobody) session.value = { state: "ready", value: { ...STRANGER, ...told, citizen: owner } };
  else if (answer !== null) session.value = answer.ok ? { state: "ready", value: answer.value } : { state: "failed", failure: answer.failure };
}

/** Forgets who was logged in: the session has ended. */
export function leave(): void {
  const held = session.value.state === "ready" ? session.value.value : null;
  forget();
  const ways = { mode: held?.mode ?? STRANGER.mode, oidc: held?.oidc ?? false, staff_oidc: held?.staff_oidc ?? false };
  session.value = { state: "ready", value: { ...STRANGER, ...ways, citizen: owner } };
}

export function forget(): void {
  holder += 1;
  subject.value = null;
  drafts.value = new Map();
  emptyAll();
}
