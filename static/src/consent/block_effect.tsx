/** What a block will do, in sentences, before it is set; and the setting of it. */

import type { JSX } from "preact";
import type { OwnConsent } from "../api/types";
import { go } from "../app/router";
import { Icon, type IconName } from "../ui/icon";
import { Blik } from "../ui/parts";
import { FailedCard } from "../ui/states";
import { setBlock } from "./acts";
import { givenOf, yesBehind, type Draft, type Planned } from "./block_rules";
import { ownHref } from "./list";
import { dataWords, joined, limitWords, titleOf, whoWords } from "./own_words";
import { useSending } from "./sending";
import { consentWords } from "./strings";

interface EffectProps {
  draft: Draft;
  planned: Planned;
  own: OwnConsent[];
  edit: () => void;
  done: () => void;
}

export function Effect({ draft, planned, own, edit, done }: EffectProps): JSX.Element {
  const words = consentWords.value.block;
  const sending = useSending();
  const set = (): void =>
    void sending.send(() =>
      setBlock(draft.id, givenOf(planned), () => {
        done();
        go(ownHref(draft.id));
      }),
    );
  return (
    <>
      <Blik title={words.ask} page={words.ask} lead={thenWords(planned)} />
      <section class="card">
        <h2>{words.effectTitle}</h2>
        <ul class="points points--plain">
          {sentencesOf(planned).map(([icon, said]) => (
            <li key={said}>
              <Icon name={icon} />
              <span>{said}</span>
            </li>
          ))}
        </ul>
      </section>
      <Behind planned={planned} own={own} />
      {sending.failure && <FailedCard title={words.failed} isTitleSeen failure={sending.failure} retry={sending.retry} />}
      <div class="choosing">
        <button class="btn btn--line btn--full" type="button" aria-busy={sending.isBusy} onClick={set}>
          {!sending.isBusy && <Icon name="spaer" />}
          {sending.isBusy ? words.busy : words.set}
        </button>
        <button class="btn btn--line btn--full" type="button" aria-disabled={sending.isBusy} onClick={() => !sending.isBusy && edit()}>
          <Icon name="note" />
          {words.edit}
        </button>
      </div>
    </>
  );
}

/** The yes that the block goes before, by name. */
function Behind({ planned, own }: { planned: Planned; own: OwnConsent[] }): JSX.Element {
  const words = consentWords.value.block;
  const behind = yesBehind(planned, own);
  if (behind.length === 0) return <p class="small">{words.stopsNothing}</p>;
  return (
    <section class="card">
      <h2>{words.stops(behind.length)}</h2>
      <ul class="points">
        {behind.map((each) => (
          <li key={each.grant_id}>
            <Icon name="samtykker" />
            <span>{`${titleOf(each)} (${whoWords(each.grantee)})`}</span>
          </li>
        ))}
      </ul>
      <p class="small">{words.before}</p>
    </section>
  );
}

function thenWords({ grantee, actions }: Planned): string {
  const words = consentWords.value.block;
  const what = dataWords(actions, consentWords.value.own.or);
  return grantee.type === "everyone" ? words.thenEveryone(what) : words.then(whoWords(grantee), what);
}

function sentencesOf({ data, exceptions }: Planned): [IconName, string][] {
  const words = consentWords.value.block;
  const said: [IconName, string][] = limitWords(data).map((each) => ["info", `${each}.`]);
  if (data !== null) said.push(["info", words.unknownDay]);
  if (exceptions.length > 0) said.push(["tjek", words.still(joined(exceptions.map(whoWords), consentWords.value.own.and))]);
  said.push(["oeje", words.you], ["senere", words.until], ["klokke", words.quiet], ["info", words.journals]);
  return said;
}
