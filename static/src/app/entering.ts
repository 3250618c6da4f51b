/** Logging in and out at this browser. */

import { signal } from "@preact/signals";
import { read, send, type Failure } from "../api/client";
import type { DemoLogin, DemoPeople, DemoPerson, DemoStaffLogin, Session } from "../api/types";
import { atDoor, copy, isPassedBy } from "./copied";
import { askAgain, forget, giveUp, leave, type Loaded, session, take } from "./record";
import { go, wishFocus } from "./router";

export const people = signal<Loaded<DemoPerson[]>>({ state: "loading" });

/** Asks whom one can be in the demo. */
export async function loadPeople(): Promise<void> {
  people.value = { state: "loading" };
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
  atDoor.value = false;
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
  const isOnlyHere = !session.value.value.logged_in;
  const path = where === "here" ? "/session" : "/sessions";
  giveUp();
  // Of a copy that was opened without a login there is nothing to tell the server.
  const answer = isOnlyHere ? null : await send<undefined>(path, { method: "DELETE", csrf: session.value.value.csrf });
  askAgain();
  if (answer?.ok === false && answer.failure.kind !== "not_logged_in") return answer.failure;
  const door = session.value.value.staff === null ? "/" : "/sagsbehandler";
  copy.peek()?.close();
  isPassedBy.value = atDoor.value = false;
  leave();
  go(door);
  return null;
}
