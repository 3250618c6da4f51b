/** Where a clinical line comes from and how old it is; old data is marked, never shown as current. */

import type { JSX } from "preact";
import { now, today } from "../app/now";
import { language, strings } from "../app/preferences";
import type { Strings } from "../app/strings.da";
import { civilDate, dayText, daysBetween, stampText } from "./dates";
import { Icon } from "./icon";
import { isOld } from "./rules";

interface SourceProps {
  name: string;
  fetchedAt: string | null;
  /** Since when the source has not answered, where that is known. */
  failingSince?: string | undefined;
}

/** The line of source and age. */
export function Source({ name, fetchedAt, failingSince }: SourceProps): JSX.Element {
  const words = strings.value.source;
  const isMarked = isOld(fetchedAt, now.value) || failingSince !== undefined;
  return (
    <p class={`source ${isMarked ? "source--old" : ""}`}>
      <Icon name="kilde" />
      <span>
        {fetchedText(name, fetchedAt)}
        {isMarked && `${fetchedAt === null ? "" : "."} ${words.mayHaveChanged}`}
        {failingSince && ` ${words.notFetchedSince(...momentOf(failingSince))}`}
      </span>
    </p>
  );
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
  return [dayText(civilDate(moment), language.value, today.value), stampText(moment, language.value)];
}
