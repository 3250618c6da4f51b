/** A yes or a block of the person's own that a restore of the server lost: what happened, what holds now, and the way on. */

import { computed } from "@preact/signals";
import type { JSX } from "preact";
import { copy, copyNow } from "../app/copied";
import { language } from "../app/preferences";
import type { Copy, Lost } from "../sync/port";
import { Fact } from "../ui/parts";
import { whenText } from "./acts";
import { da } from "./lost.strings.da";
import { en } from "./lost.strings.en";
import { placeOfLost } from "./rules";

const lostWords = computed(() => (language.value === "en" ? en : da));

/** As far as it is shown here: app/consent/shelved.py. */
interface Asked {
  id: string;
  organisation_name: string;
  answer: string | null;
}

export function LostConsents(): JSX.Element {
  const held = copyNow();
  return <>{held?.lost().map((lost) => <LostConsent key={lost.grant} lost={lost} asked={askedIn(held, lost)} />)}</>;
}

function LostConsent({ lost, asked }: { lost: Lost; asked: Asked | null }): JSX.Element {
  const words = lostWords.value;
  const said = lost.what === "block" ? words.block : words.yes;
  const place = placeOfLost(lost, asked !== null);
  return (
    <section class="card card--note" aria-labelledby={`tabt-${lost.grant}`}>
      <h2 id={`tabt-${lost.grant}`}>{said.title}</h2>
      <p>{said.what(whenText(lost.at))}</p>
      {asked && (
        <dl class="facts">
          <Fact name={words.asked}>{asked.organisation_name}</Fact>
        </dl>
      )}
      <p>{said.safe}</p>
      <p>{place === null ? words.gone : said.next}</p>
      <div class="acts">
        {place !== null && (
          <a class="btn btn--line" href={place}>
            {said.go}
          </a>
        )}
        <button class="btn btn--line" type="button" onClick={() => void copy.value?.putLostAway(lost.grant)}>
          {words.putAway}
        </button>
      </div>
    </section>
  );
}

/** The question, where it waits for an answer again. */
function askedIn(held: Copy, { request }: Lost): Asked | null {
  const own = held.spaces().find((space) => space.relation === "self");
  const rows = (own && held.rows(own.id).get("consent_request")) ?? [];
  return rows.map((row) => row.content as Asked).find((each) => each.id === request && each.answer === null) ?? null;
}
