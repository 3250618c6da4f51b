/** Samtykker: what was said yes to, blocked, refused and what is over; a consent opens its detail. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Consent } from "../api/types";
import { now } from "../app/now";
import { strings } from "../app/preferences";
import { consents, loadConsents } from "../app/record";
import { route } from "../app/router";
import { Aside, Blik } from "../ui/parts";
import { Source, sourceName } from "../ui/source";
import { Empty, Failed, Loading } from "../ui/states";
import { ConsentDetail } from "./detail";
import { Consents } from "./list";
import { groupsOf, tellersOf, type ConsentGroup } from "./rules";
import { blikWords } from "./words";

export function ConsentsScreen(): JSX.Element {
  const words = strings.value;
  const held = consents.value;
  useEffect(() => {
    if (held.state !== "ready") void loadConsents();
  }, []);
  if (held.state === "loading") return <Loading text={consentWords.value.loading} />;
  if (held.state === "failed") {
    const retry = (): void => void loadConsents();
    return <Failed title={consentWords.value.failed} page={words.more.consents} failure={held.failure} retry={retry} />;
  }
  const { id } = route.value;
  return id === null ? <List all={held.value} /> : <ConsentDetail all={held.value} id={id} />;
}

function List({ all }: { all: Consent[] }): JSX.Element {
  const words = strings.value;
  const { title, lead } = blikWords(all);
  return (
    <>
      <Blik title={title} page={words.more.consents} {...(lead ? { lead } : {})} />
      {groupsOf(all, now.value).map((group) => (
        <Group key={group.name} group={group} />
      ))}
      {all.length === 0 ? (
        <Empty drawing="paper">
          <p>{consentWords.value.emptyWhy}</p>
        </Empty>
      ) : (
        <Aside icon="hjaelp" title={consentWords.value.change} text={consentWords.value.changeWhy} />
      )}
      <div class="stack">
        {tellersOf(all).map((teller) => (
          <ConsentSource key={teller.source} source={teller.source} fetchedAt={teller.fetchedAt} failingSince={teller.failingSince} />
        ))}
      </div>
    </>
  );
}

function Group({ group }: { group: ConsentGroup }): JSX.Element {
  const words = consentWords.value;
  const number = group.consents.length;
  const count = { open: words.countOpen, blocked: words.countBlocked } as const;
  const said = group.name === "open" || group.name === "blocked" ? count[group.name] : words.count;
  return (
    <section>
      <div class="head">
        <h2>{words.groups[group.name]}</h2>
        <p class="small">{said(number)}</p>
      </div>
      <Consents consents={group.consents} />
    </section>
  );
}

interface ConsentSourceProps {
  source: string | null;
  fetchedAt: string | null;
  failingSince: string | null;
}

/** Where consents come from. FHIR is how systems talk, and names none of them. */
export function ConsentSource({ source, fetchedAt, failingSince }: ConsentSourceProps): JSX.Element {
  const words = strings.value;
  const name = source === "fhir" ? consentWords.value.source : sourceName(source, words);
  return <Source name={name} fetchedAt={fetchedAt} failingSince={failingSince ?? undefined} />;
}
