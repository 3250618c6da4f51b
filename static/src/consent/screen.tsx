/** Samtykker: what waits for an answer, what was said yes to, blocked and refused, and what is over. Each opens. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { ConsentRequest, Consents } from "../api/types";
import { now, today } from "../app/now";
import { consents, loadConsents } from "../app/record";
import { route } from "../app/router";
import { Icon } from "../ui/icon";
import { Aside, Blik, Words } from "../ui/parts";
import { Empty, Failed, Loading } from "../ui/states";
import { Blocking } from "./block";
import { ConsentDetail } from "./detail";
import { placeName, questionHref, Rows } from "./list";
import { OwnDetail } from "./own";
import { listedGroupsOf, type ListedGroup } from "./own_rules";
import { textOf } from "./own_words";
import { Question } from "./question";
import { tellersOf } from "./rules";
import { ConsentSource } from "./source";
import { consentWords } from "./strings";
import { waitingOf } from "./waiting";
import { blikWords, dayWords } from "./words";

export function ConsentsScreen(): JSX.Element {
  const words = consentWords.value;
  const held = consents.value;
  useEffect(() => {
    if (held.state === "failed") void loadConsents();
    else void loadConsents(held.state === "ready");
  }, []);
  if (held.state === "loading") return <Loading text={words.loading} />;
  if (held.state === "failed") {
    const retry = (): void => void loadConsents();
    return <Failed title={words.failed} page={placeName()} failure={held.failure} retry={retry} />;
  }
  return <View all={held.value} />;
}

function View({ all }: { all: Consents }): JSX.Element {
  const { id, view } = route.value;
  if (view === "spaer") return <Blocking all={all} />;
  if (id === null) return <List all={all} />;
  if (view === "spoergsmaal") return <Question all={all} id={id} />;
  if (view === "eget") return <OwnDetail all={all} id={id} />;
  return <ConsentDetail all={all.consents} id={id} />;
}

function List({ all }: { all: Consents }): JSX.Element {
  const words = consentWords.value;
  const { title, lead } = blikWords(all);
  const waiting = waitingOf(all, today.value);
  const groups = listedGroupsOf(all, now.value, today.value);
  return (
    <>
      <Blik title={title} page={placeName()} {...(lead ? { lead } : {})} />
      {waiting.length > 0 && (
        <section>
          <h2>{words.own.waiting}</h2>
          {waiting.map((asked) => (
            <Waiting key={asked.id} asked={asked} />
          ))}
        </section>
      )}
      {groups.length === 0 && waiting.length === 0 && (
        <Empty drawing="paper">
          <p>{words.emptyWhy}</p>
        </Empty>
      )}
      {groups.filter((group) => group.name !== "past" && group.name !== "unknown").map((group) => (
        <Group key={group.name} group={group} />
      ))}
      <ToBlock hasBlocks={groups.some((group) => group.name === "blocked")} />
      {groups.filter((group) => group.name === "past" || group.name === "unknown").map((group) => (
        <Group key={group.name} group={group} />
      ))}
      {all.consents.length > 0 && <Aside icon="hjaelp" title={words.change} text={words.changeWhy} />}
      {all.consents.length > 0 && (
        <div class="stack">
          {tellersOf(all.consents).map((teller) => (
            <ConsentSource key={teller.source} source={teller.source} fetchedAt={teller.fetchedAt} failingSince={teller.failingSince} />
          ))}
        </div>
      )}
    </>
  );
}

function Waiting({ asked }: { asked: ConsentRequest }): JSX.Element {
  const words = consentWords.value.own;
  return (
    <div class="card">
      <h3>{textOf(asked)?.question}</h3>
      <p>
        <Words>{asked.organisation_name}</Words>
      </p>
      <p class="small">{words.asked(dayWords(asked.asked_at) ?? "")}</p>
      <a class="btn btn--full" href={questionHref(asked.id)}>
        {words.read}
        <span class="unseen">: {textOf(asked)?.question}</span>
      </a>
    </div>
  );
}

/** The way to a new block: right below the blocks, or with a word of what it is where there is none. */
function ToBlock({ hasBlocks }: { hasBlocks: boolean }): JSX.Element {
  const words = consentWords.value.block;
  const link = (
    <a class="btn btn--line btn--full" href="/samtykker?vis=spaer">
      <Icon name="spaer" />
      {words.open}
    </a>
  );
  if (hasBlocks) return <div class="beside">{link}</div>;
  return (
    <section>
      <h2>{words.offer}</h2>
      <p>{words.offerWhy}</p>
      {link}
    </section>
  );
}

function Group({ group }: { group: ListedGroup }): JSX.Element {
  const words = consentWords.value;
  const number = group.listed.length;
  const counts: Partial<Record<typeof group.name, string>> = {
    open: words.countOpen(number),
    now: words.count(number),
    later: words.count(number),
    blocked: words.countBlocked(number),
  };
  const count = counts[group.name];
  return (
    <section>
      <div class="head">
        <h2>{words.groups[group.name]}</h2>
        {count !== undefined && <p class="small">{count}</p>}
      </div>
      <Rows listed={group.listed} />
    </section>
  );
}
