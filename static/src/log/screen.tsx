/** Hvem har kigget: the citizen's own access log in plain words. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Failure } from "../api/client";
import type { LogPage } from "../api/types";
import { now, today } from "../app/now";
import { language, moreName, strings } from "../app/preferences";
import { citizenId, loadLog, loadOlder, log } from "../app/record";
import { capital, daysBetween, longDayText } from "../ui/dates";
import { Aside, Back, Blik } from "../ui/parts";
import { Empty, Failed, FailedCard, Loading } from "../ui/states";
import { Entry } from "./entry";
import { daysOf, runsOf, summaryOf, type Summary } from "./rules";

export function LogScreen(): JSX.Element {
  const words = strings.value;
  const held = log.value;
  useEffect(() => void loadLog(), []);
  if (held.state === "loading") return <Loading text={words.log.loading} />;
  return (
    <>
      <Back href="/mere">{moreName.value}</Back>
      {held.state === "failed" ? (
        <Failed title={words.log.failed} page={words.log.name} failure={held.failure} retry={() => void loadLog()} />
      ) : (
        <Lines page={held.value} />
      )}
    </>
  );
}

function Lines({ page }: { page: LogPage }): JSX.Element {
  const words = strings.value.log;
  const me = citizenId() ?? "";
  const summary = summaryOf(page.entries, page.more, me, now.value);
  const lead = [summary.refused > 0 && words.refused(summary.refused), summary.brought > 0 && words.brought(summary.brought)];
  const said = lead.filter(Boolean).join(" ");
  return (
    <>
      <Blik title={titleOf(summary)} page={words.name} {...(said ? { lead: said } : {})} />
      {daysOf(page.entries).map(({ day, entries }) => (
        <section key={day}>
          <h2>{dayHeading(day)}</h2>
          <ul class="rows">
            {runsOf(entries).map((run) => (
              <Entry key={run[0].seq} run={run} me={me} />
            ))}
          </ul>
        </section>
      ))}
      {page.entries.length === 0 && (
        <Empty drawing="paper">
          <p>{words.emptyWhy}</p>
        </Empty>
      )}
      {page.more && <Older />}
      {page.entries.length > 0 && <Aside icon="hjaelp" title={words.ask} text={words.askWhy} />}
      <p class="small">{words.covers}</p>
    </>
  );
}

function Older(): JSX.Element {
  const words = strings.value.log;
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const more = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFailure(await loadOlder());
    setBusy(false);
  };
  if (failure !== null && !isBusy) {
    return <FailedCard title={words.moreFailed} isTitleSeen failure={failure} retry={() => void more()} />;
  }
  return (
    <button class="btn btn--line btn--full" type="button" aria-busy={isBusy} onClick={() => void more()}>
      {isBusy ? words.moreBusy : words.more}
    </button>
  );
}

function titleOf(summary: Summary): string {
  const words = strings.value.log;
  if (summary.lookers === 0) return summary.isWhole ? words.blikNone : words.blikNoneShown;
  return summary.isWhole ? words.blik(summary.lookers) : words.blikAtLeast(summary.lookers);
}

function dayHeading(day: string): string {
  const words = strings.value.log;
  const age = daysBetween(day, today.value);
  if (age === 0) return words.today;
  return age === 1 ? words.yesterday : capital(longDayText(day, language.value, today.value));
}
