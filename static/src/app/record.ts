/** What the page holds of the one citizen on the screen: in memory only, and gone when the session ends. */

import { effect, signal, type Signal } from "@preact/signals";
import { read, send, type Answer, type Failure } from "../api/client";
import type { About, Appointment, Appointments, Card, Consents, DemoLogin, DemoPeople, DemoPerson, DemoStaffLogin, DosePlan, LogPage, Session } from "../api/types";
import { today } from "./now";
import { go, wishFocus } from "./router";

export type Loaded<T> = { state: "loading" } | { state: "failed"; failure: Failure } | { state: "ready"; value: T };

const LOADING = { state: "loading" } as const;

/** Everything about a person that the page holds, to be forgotten at once. */
const everything: Signal<Loaded<unknown>>[] = [];

/** A place for something of the citizen's; it is emptied when the citizen changes. */
export function held<T>(): Signal<Loaded<T>> {
  const place = signal<Loaded<T>>(LOADING);
  everything.push(place as Signal<Loaded<unknown>>);
  return place;
}

export const session = signal<Loaded<Session>>(LOADING);
export const people = signal<Loaded<DemoPerson[]>>(LOADING);
export const card = held<Card>();
export const plan = held<DosePlan>();
export const appointments = held<Appointment[]>();
export const consents = held<Consents>();
export const log = held<LogPage>();
export const about = held<About>();

/** What was written and not yet saved, by where it was written: it outlives a change of screen, not the session. */
export const drafts = signal<ReadonlyMap<string, string>>(new Map());

/** How many lines of the log are asked for at a time. */
const PART = 50;

/** What the page asks of itself, with nobody waiting for it, is given up here when one logs out. */
let unasked = new AbortController();

/** Grows with each change of the consents. */
let changes = 0;

/** Grows when the citizen changes: an answer that was asked for before is then dropped and never shown. */
let holder = 0;

/** Asks who is logged in. */
export async function openSession(): Promise<void> {
  session.value = LOADING;
  take(await read<Session>("/session"));
}

/** Asks whom one can be in the demo. */
export async function loadPeople(): Promise<void> {
  people.value = LOADING;
  const answer = await read<DemoPeople>("/login/demo/people");
  people.value = answer.ok ? { state: "ready", value: answer.value.people } : { state: "failed", failure: answer.failure };
}

/** Logs in as a demo person. Gives the failure, or null when it went well. */
export async function logIn(person: string): Promise<Failure | null> {
  const csrf = session.value.state === "ready" ? session.value.value.csrf : null;
  const body: DemoLogin = { person };
  const answer = await send<Session>("/login/demo", { method: "POST", body, csrf });
  if (!answer.ok) return answer.failure;
  forget();
  wishFocus();
  take(answer);
  return null;
}

/** Logs in anew as the demo's person who is logged in. Gives the failure, or null when it went well. */
export async function logInAgain(): Promise<Failure | null> {
  if (session.value.state !== "ready") return null;
  const name = session.value.value.citizen?.name;
  const listed = await read<DemoPeople>("/login/demo/people");
  if (!listed.ok) return listed.failure;
  const me = listed.value.people.find((each) => each.name === name);
  if (me !== undefined) return logIn(me.id);
  await logOut();
  return null;
}

/** Logs in as one of the demo's caseworkers; what the page held of a citizen goes. Gives the failure, or null. */
export async function logInAsStaff(person: string): Promise<Failure | null> {
  const body: DemoStaffLogin = { person };
  const answer = await send<Session>("/login/demo/staff", { method: "POST", body, csrf: null });
  if (!answer.ok) return answer.failure;
  forget();
  wishFocus();
  take(answer);
  return null;
}

/** Logs out, here or everywhere. What the page holds goes at once; gives the failure when the server was not told. */
export async function logOut(where: "here" | "everywhere" = "here"): Promise<Failure | null> {
  if (session.value.state !== "ready") return null;
  const path = where === "here" ? "/session" : "/sessions";
  unasked.abort();
  const answer = await send<undefined>(path, { method: "DELETE", csrf: session.value.value.csrf });
  unasked = new AbortController();
  if (!answer.ok && answer.failure.kind !== "not_logged_in") return answer.failure;
  const door = session.value.value.staff === null ? "/" : "/sagsbehandler";
  leave();
  go(door);
  return null;
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
  const before = changes;
  const ask = async (id: string, until?: AbortSignal): Promise<Answer<Consents>> => {
    const answer = await read<Consents>(`/citizens/${id}/consents`, until);
    return before !== changes && consents.value.state === "ready" ? { ok: true, value: consents.value.value } : answer;
  };
  return load(consents, ask, isQuiet);
}

/** Keeps the consents as the server gave them after a change. */
export function keepConsents(kept: Consents): void {
  changes += 1;
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

export function loadAbout(): Promise<void> {
  return load(about, () => read<About>("/about"));
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
  keep: (answer: T) => void,
): Promise<Failure | null> {
  const [id, asker] = [citizenId(), holder];
  const csrf = session.value.state === "ready" ? session.value.value.csrf : null;
  if (id === null) return null;
  const sent = body === undefined ? { method, csrf } : { method, csrf, body };
  const answer = await send<T>(`/citizens/${encodeURIComponent(id)}${path}`, sent);
  if (asker !== holder) return null;
  if (!answer.ok) {
    if (answer.failure.kind === "not_logged_in") leave();
    return answer.failure;
  }
  keep(answer.value);
  return null;
}

export function citizenId(): string | null {
  return session.value.state === "ready" ? (session.value.value.citizen?.id ?? null) : null;
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
  if (id === null || (isQuiet && unasked.signal.aborted)) return;
  const asker = holder;
  const turn = (turns.get(into) ?? 0) + 1;
  turns.set(into, turn);
  if (!isQuiet) into.value = LOADING;
  const answer = await ask(encodeURIComponent(id), isQuiet ? unasked.signal : undefined);
  if (asker !== holder || turns.get(into) !== turn) return;
  if (answer.ok) into.value = { state: "ready", value: answer.value };
  else if (answer.failure.kind === "not_logged_in") leave();
  else if (!isQuiet) into.value = { state: "failed", failure: answer.failure };
}

function take(answer: Answer<Session>): void {
  session.value = answer.ok ? { state: "ready", value: answer.value } : { state: "failed", failure: answer.failure };
}

/** Forgets who was logged in: the session has ended. */
export function leave(): void {
  const held = session.value.state === "ready" ? session.value.value : null;
  forget();
  const stranger = { logged_in: false, mode: held?.mode ?? "production", csrf: null, citizen: null, staff: null, authenticated_at: null } as const;
  session.value = { state: "ready", value: { ...stranger, oidc: held?.oidc ?? false, staff_oidc: held?.staff_oidc ?? false } };
}

function forget(): void {
  holder += 1;
  drafts.value = new Map();
  for (const place of everything) place.value = LOADING;
}
