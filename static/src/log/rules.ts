/** Pure decisions about the access log: who it was, what they did, which days, and how many looked. */

import type { AccessEntry, Organisation } from "../api/types";
import { civilDate } from "../ui/dates";

/** `relative` acts for the citizen; `person` is anybody else who is logged in as a citizen; `system` is Nærblik itself. */
export type Who = "self" | "system" | "operator" | "caseworker" | "relative" | "person" | "unknown";

export interface LogDay {
  day: string;
  entries: AccessEntry[];
}

/** What the person came to ask, over the last month. */
export interface Summary {
  /** How many others have seen something. */
  lookers: number;
  refused: number;
  /** How many times the data were brought in from the sources. */
  brought: number;
  /** Whether the lines at hand reach back a whole month. */
  isWhole: boolean;
}

const MONTH = 30 * 86_400_000;

/** What brings data in from the sources and shows nobody anything. */
const BRINGING = ["record:import", "record:refresh"];
/** What asks the citizen something or records what they said, and shows nobody anything. */
const ASKING = ["consents:ask", "consents:record", "consents:approve"];

export function whoOf(entry: AccessEntry, me: string): Who {
  if (entry.role === "operator" || entry.role === "caseworker" || entry.role === "system") return entry.role;
  if (entry.role !== "citizen") return "unknown";
  if (entry.actor === me) return "self";
  // Whoever is refused said that they help; only who was let is a relative for sure.
  return entry.purpose === "relative" && entry.outcome === "permitted" ? "relative" : "person";
}

/** The name that an operator has on the machine, as `drift` of `operator:drift`; null when there is none. */
export function accountOf(entry: AccessEntry): string | null {
  const [kind, name] = entry.actor.split(":", 2);
  return kind === "operator" && name ? name : null;
}

/** The name of an organisation that the citizen knows from their consents; else its number, as `CVR 20202020`. */
export function placeOf(organisation: string, known: readonly Organisation[]): string {
  const found = known.find((each) => each.id === organisation);
  if (found) return found.name;
  const [register = "", number] = organisation.split(":", 2);
  return number === undefined ? organisation : `${register.toUpperCase()}\u00a0${number}`;
}

/** Lines that follow on each other and say the same but for the time: the newest first, the others after it. */
export type Run = [AccessEntry, ...AccessEntry[]];

/** Gathers the lines of a day into runs, in their order. */
export function runsOf(entries: readonly AccessEntry[]): Run[] {
  const runs: Run[] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last && saysOf(last[0]) === saysOf(entry)) last.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

function saysOf({ seq: _seq, at: _at, ...said }: AccessEntry): string {
  return JSON.stringify(Object.entries(said).sort());
}

/** The lines by Copenhagen's date, the newest day and line first. */
export function daysOf(entries: readonly AccessEntry[]): LogDay[] {
  const days: LogDay[] = [];
  for (const entry of [...entries].sort((a, b) => b.seq - a.seq)) {
    const day = civilDate(new Date(entry.at));
    const known = days.find((each) => each.day === day);
    if (known) known.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days.sort((a, b) => (a.day < b.day ? 1 : -1));
}

/** Counts the last month. `more` tells that there are older lines than these. */
export function summaryOf(entries: readonly AccessEntry[], more: boolean, me: string, now: Date): Summary {
  const since = now.getTime() - MONTH;
  const recent = entries.filter((each) => new Date(each.at).getTime() >= since);
  const others = recent.filter((each) => !["self", "system"].includes(whoOf(each, me)));
  const admitted = others.filter((each) => each.outcome === "permitted");
  const lookers = admitted.filter((each) => !BRINGING.includes(each.action) && !ASKING.includes(each.action));
  return {
    lookers: new Set(lookers.map((each) => `${each.role} ${each.organisation ?? ""} ${each.actor}`)).size,
    refused: others.filter((each) => each.outcome === "refused").length,
    brought: admitted.filter((each) => BRINGING.includes(each.action)).length,
    isWhole: !more || recent.length < entries.length,
  };
}
