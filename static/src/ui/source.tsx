/** Where a clinical line comes from and how old it is; old data is marked, never shown as current. */

import type { JSX } from "preact";
import { now, today } from "../app/now";
import { language, strings } from "../app/preferences";
import type { Strings } from "../app/strings.da";
import { civilDate, dayText, daysBetween, timeText } from "./dates";
import { Icon } from "./icon";
import { isOld } from "./rules";

interface SourceProps {
  name: string;
  fetchedAt: string | null;
  /** Since when the source has not answered, where that is known. */
  failingSince?: string | undefined;
}

/** How many sources a list names without folding them. */
const FEW = 2;

/** The line of source and age. */
export function Source({ name, fetchedAt, failingSince }: SourceProps): JSX.Element {
  const words = strings.value.source;
  const marked = isMarked({ name, fetchedAt, failingSince });
  return (
    <p class={`source ${marked ? "source--old" : ""}`}>
      <Icon name="kilde" />
      <span>
        {fetchedText(name, fetchedAt)}
        {marked && `${fetchedAt === null ? "" : "."} ${words.mayHaveChanged}`}
        {failingSince && ` ${words.notFetchedSince(...momentOf(failingSince))}`}
      </span>
    </p>
  );
}

/** Several sources of one list: few in sight, more folded under a line that says how many and whether any is old. */
export function Sources({ sources }: { sources: SourceProps[] }): JSX.Element {
  const words = strings.value.source;
  const lines = sources.map((each) => <Source key={each.name} {...each} />);
  if (sources.length <= FEW) return <div class="stack">{lines}</div>;
  const old = sources.filter(isMarked).length;
  return (
    <details class={`sources ${old > 0 ? "source--old" : ""}`}>
      <summary class="small">
        <Icon name="kilde" />
        <span>
          {words.from(sources.length)}
          {old > 0 && ` ${words.oldAmong(old)}`}
        </span>
        <Icon name="ned" class="fold" />
      </summary>
      <div class="stack">{lines}</div>
    </details>
  );
}

function isMarked({ fetchedAt, failingSince }: SourceProps): boolean {
  return isOld(fetchedAt, now.value) || failingSince !== undefined;
}

/** What a source is called. A code that we have no words for stands as it is. */
export function sourceName(code: string | null, words: Strings): string {
  if (code === null) return words.source.unknown;
  return code === "fmk" ? words.source.fmk : code === "apd" ? words.source.apd : code;
}

function fetchedText(name: string, fetchedAt: string | null): string {
  const words = strings.value.source;
  if (fetchedAt === null) return words.fetchedNever(name);
  const [day, time] = momentOf(fetchedAt);
  const age = daysBetween(civilDate(new Date(fetchedAt)), today.value);
  if (age === 0) return words.fetchedToday(name, time);
  return age === 1 ? words.fetchedYesterday(name, time) : words.fetchedOn(name, day, time);
}

function momentOf(at: string): [string, string] {
  const moment = new Date(at);
  return [dayText(civilDate(moment), language.value, today.value), timeText(moment, language.value)];
}
