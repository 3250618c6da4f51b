/** The open questions on the citizen's medicines, where they are needed: at an appointment to come. */

import type { JSX } from "preact";
import { notes } from "../app/acts";
import { strings } from "../app/preferences";
import { card } from "../app/record";
import { fullName } from "../medication/rules";
import { LinkRow } from "../ui/parts";

export function QuestionsToAsk(): JSX.Element | null {
  const words = strings.value.notes;
  const held = notes.value.state === "ready" ? notes.value.value : [];
  const questions = held.filter((each) => each.kind === "question" && !each.done && each.about === "medication");
  if (questions.length === 0) return null;
  const medications = card.value.state === "ready" ? [...card.value.value.medications, ...card.value.value.off_card] : [];
  return (
    <section>
      <h2>{words.toAsk}</h2>
      <ul class="rows">
        {questions.map((each) => {
          const medication = medications.find((other) => other.key === each.about_key);
          return (
            <li key={each.id}>
              {medication ? (
                <LinkRow href={`/medicin?id=${encodeURIComponent(medication.id)}`}>
                  <span class="grow">
                    <span class="own-words">{each.text}</span>
                    <span class="small" lang="da">
                      {fullName(medication)}
                    </span>
                  </span>
                </LinkRow>
              ) : (
                <p class="own-words">{each.text}</p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
