/** What was changed while its person was away: once each kind, with the way to it. */

import type { JSX } from "preact";
import { copy } from "../app/copied";
import type { Changed } from "../sync/port";
import { LinkRow } from "../ui/parts";
import { placeOf, summed } from "./rules";
import { copyWords } from "./strings";

export function Away({ changes }: { changes: readonly Changed[] }): JSX.Element | null {
  const words = copyWords.value.away;
  if (changes.length === 0) return null;
  return (
    <section>
      <h2>{words.title}</h2>
      <ul class="rows">
        {summed(changes).map(({ changed, count }) => (
          <li key={`${changed.how} ${changed.collection}`}>
            <Line changed={changed} count={count} />
          </li>
        ))}
      </ul>
      <button class="btn btn--line btn--full" type="button" onClick={() => void copy.value?.seen()}>
        {words.seen}
      </button>
    </section>
  );
}

function Line({ changed, count }: { changed: Changed; count: number }): JSX.Element {
  const words = copyWords.value.away;
  const [how, what, other] = count === 1 ? [words.how, words.what, words.other] : [words.hows, words.whats, words.others];
  const named = what[changed.collection] ?? other;
  const text = words.line(how[changed.how], count === 1 ? named : `${count} ${named}`);
  const place = placeOf(changed, count);
  const said = (
    <span class="grow">
      <strong>{text}</strong>
    </span>
  );
  return place === null ? <div class="row row--mid">{said}</div> : (
    <LinkRow href={place} isMid>
      {said}
    </LinkRow>
  );
}
