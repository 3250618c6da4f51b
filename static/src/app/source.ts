/** Where the page reads its record from: the open copy of its citizen, and the server without one. */

import { effect, type Signal } from "@preact/signals";
import type { Citizen } from "../api/types";
import { answersOf, appointmentsOf } from "../appointments/derive";
import { consentsOf } from "../consent/derive";
import { endings } from "../consent/ending";
import { cardOf, dosePlanOf, renewalsOf } from "../medication/derive";
import { eve } from "../medication/last_night";
import { dayBefore, firstDay, marks } from "../medication/mark_store";
import { marksOf } from "../medication/marks_derive";
import { notesOf } from "../notes/derive";
import { endingsOf, withAnswers, withMarks, withNotes, withRenewals } from "../sync/optimistic";
import type { Copy, Row, Space } from "../sync/port";
import { answers, notes, renewals } from "./acts";
import { isPassedBy } from "./copied";
import { through } from "./doing";
import { today } from "./now";
import { appointments, card, consentChanges, consents, type Loaded, ownId, plan, readFrom, session, showAgain, stopReading } from "./record";
import { subject } from "./subject";

type Rows = ReadonlyMap<string, readonly Row[]>;
type View = [Signal<Loaded<never>>, () => unknown];

/** Whose word on a name or a birth date goes first, as at the server (app/identity/people.py). */
const PRECEDENCE = ["fmk", "fhir", "apd", "demo", "login"];

/** Lets the page read from the copy as long as it is open, and only of who is logged in here, if anybody is. */
export function follow(copy: Copy): void {
  let reading: string | null = null;
  const look = (): void => {
    if (isAnothers(copy)) return leave(copy);
    const own = ownOf(copy);
    const shown = own === null ? null : shownOf(copy, own);
    if (own === null || shown === null) {
      if (reading !== null) stopReading();
      reading = null;
    } else if (reading === shown) showAgain();
    else {
      reading = shown;
      readFrom(citizenOf(own, copy.rows(own)), shown, viewsOf(copy, shown), through(copy, shown));
    }
  };
  copy.subscribe(look);
  // Not at once: what is told meanwhile is not to be followed here.
  effect(() => void (consentChanges.value > 0 && queueMicrotask(() => void copy.refresh())));
  // Who is logged in may be known only later; and what is planned is another tomorrow.
  effect(() => void [session.value, subject.value, today.value, queueMicrotask(look)]);
}

/** Whether the copy stands open beside a login of somebody else. */
function isAnothers(copy: Copy): boolean {
  const stands = session.peek();
  const here = stands.state === "ready" && stands.value.logged_in ? stands.value.citizen : null;
  const own = copy.spaces().find((space) => space.relation === "self");
  return copy.lock().lock === "open" && here !== null && own !== undefined && here.id !== own.id;
}

/** Who logged in goes on without it, and it is locked. */
function leave(copy: Copy): void {
  isPassedBy.value = true;
  copy.close();
}

/** Whose space stands on the screen: the one's who is helped, where a copy of it is lent and may be read, else the own one. */
function shownOf(copy: Copy, own: string): string {
  const other = copy.spaces().find((space) => space.id === subject.peek()?.id && space.lockedBy === null);
  return other?.id ?? own;
}

/** The own space, where it can be read now. */
function ownOf(copy: Copy): string | null {
  if (copy.lock().lock !== "open") return null;
  const own = copy.spaces().find((space) => space.relation === "self" && space.lockedBy === null);
  if (own === undefined || copy.rows(own.id).size === 0) return null;
  const stands = session.peek();
  const here = stands.state === "ready" ? stands.value.citizen : null;
  return here === null || here.id === own.id ? own.id : null;
}

function viewsOf(copy: Copy, own: string): View[] {
  const rows = (): Rows => copy.rows(own);
  const sources = () => spaceOf(copy, own)?.sources ?? [];
  const acts = () => copy.acts().filter((act) => act.space === own);
  const views: [unknown, () => unknown][] = [
    [card, () => ({ ...cardOf(rows(), sources(), today.peek(), copy.takers("renewal:ask")), citizen: whoseCard(own, rows()) })],
    [plan, () => dosePlanOf(rows(), today.peek())],
    [eve, () => dosePlanOf(rows(), dayBefore(today.peek()))],
    [renewals, () => withRenewals(renewalsOf(rows()), acts())],
    [appointments, () => appointmentsOf(rows(), sources(), copy.takers("appointment:answer"))],
    [answers, () => withAnswers(answersOf(rows()), acts())],
    [notes, () => withNotes(notesOf(rows()), acts())],
    [consents, consentsSeen(copy, own)],
    [endings, () => endingsOf(acts())],
    [marks, () => withMarks(marksOf(rows(), ownId() ?? own, firstDay()), acts())],
  ];
  // The acts are another list whenever the store was read anew.
  const of = () => [rows(), copy.acts(), today.peek(), consentChanges.peek()];
  return views.map(([place, view]) => [place as Signal<Loaded<never>>, once(of, view)]);
}

/** A view is made once of what it is made of, however often it is asked for: a copy may hold thousands of rows. */
function once(of: () => readonly unknown[], view: () => unknown): () => unknown {
  let [before, made]: [readonly unknown[], unknown] = [[], undefined];
  return () => {
    const stands = of();
    if (stands.some((each, at) => each !== before[at])) [before, made] = [stands, shown(view)];
    return made;
  };
}

/** What was changed at the server is shown as it said then, until the copy has other rows than before. */
function consentsSeen(copy: Copy, own: string): () => unknown {
  let [changes, before]: [number, Rows | null] = [consentChanges.peek(), null];
  return () => {
    const [rows, space] = [copy.rows(own), spaceOf(copy, own)];
    if (consentChanges.peek() !== changes) [changes, before] = [consentChanges.peek(), rows];
    // What the server told has begun, also where this device's clock is slow.
    const at = new Date(Math.max(Date.now(), space?.syncedAt.getTime() ?? 0));
    return rows === before ? undefined : consentsOf(rows, space?.sources ?? [], at);
  };
}

function spaceOf(copy: Copy, own: string): Space | undefined {
  return copy.spaces().find((space) => space.id === own);
}

/** What cannot be made of the copy is asked of the server. */
function shown(view: () => unknown): unknown {
  try {
    return view();
  } catch {
    return undefined;
  }
}

/** The number that the health service knows one by is on no copy. */
function whoseCard(id: string, rows: Rows): { cpr: null; name: string | null; born: string | null } {
  const { name, born } = citizenOf(id, rows);
  return { cpr: null, name, born };
}

function citizenOf(id: string, rows: Rows): Citizen {
  const rank = (row: Row): number => (PRECEDENCE.includes(row.source) ? PRECEDENCE.indexOf(row.source) : PRECEDENCE.length);
  const known = [...(rows.get("person") ?? [])].sort((one, other) => rank(one) - rank(other)).map((row) => row.content as Partial<Citizen>);
  const first = (field: "name" | "born"): string | null => known.find((each) => each[field])?.[field] ?? null;
  return { id, name: first("name"), born: first("born") };
}
