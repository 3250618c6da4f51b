/** Yes and no to a question. An answer that did not arrive is kept, also when one leaves the screen, and can be sent again. */

import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { ConsentRequest, ConsentText } from "../api/types";
import { draftOf, keepDraft, newId } from "../app/acts";
import { language } from "../app/preferences";
import { Icon, type IconName } from "../ui/icon";
import { FailedCard } from "../ui/states";
import { answerRequest, isSettled, isTooOld } from "./acts";
import { Again } from "./again";
import { useSending } from "./sending";
import { consentWords } from "./strings";

type Said = "yes" | "no";

const CHOICES: [Said, IconName][] = [
  ["yes", "tjek"],
  ["no", "kryds"],
];

export function Answering({ asked, text }: { asked: ConsentRequest; text: ConsentText }): JSX.Element {
  const words = consentWords.value.own;
  const place = `consent answer ${asked.id}`;
  const unsent = unsentAt(place);
  const sending = useSending();
  const chosen = useRef<Said | null>(null);
  const send = async (said: Said): Promise<void> => {
    if (sending.isBusy) return;
    chosen.current = said;
    // The same id for the same answer: if the first one did arrive after all, it is still one answer.
    const id = unsent?.said === said ? unsent.id : newId();
    const failure = await sending.send(async () => {
      keepDraft(place, `${said} ${id}`);
      const failed = await answerRequest(asked.id, { answer: said, event_id: id, language: language.value });
      if (failed === null || isSettled(failed) || isTooOld(failed)) keepDraft(place, "");
      return failed;
    });
    if (failure === null) chosen.current = null;
  };
  return (
    <section aria-labelledby="svar">
      <h2 id="svar">{text.ask}</h2>
      {unsent !== null && !sending.isBusy && (
        <Unsent said={unsent.said} send={sending.failure === null ? () => void send(unsent.said) : null} />
      )}
      {sending.failure && isTooOld(sending.failure) && <Again />}
      {sending.failure && !isTooOld(sending.failure) && chosen.current && (
        <FailedCard title={words.notSent[chosen.current]} isTitleSeen={unsent === null} failure={sending.failure} retry={sending.retry} />
      )}
      <div class="acts acts--even">
        {CHOICES.map(([said, icon]) => {
          const isBusy = sending.isBusy && chosen.current === said;
          return (
            <button key={said} class="btn btn--line" type="button" aria-busy={isBusy} aria-disabled={sending.isBusy && !isBusy} onClick={() => void send(said)}>
              {!isBusy && <Icon name={icon} />}
              {isBusy ? words.sending : words.choices[said]}
            </button>
          );
        })}
      </div>
      <a class="btn btn--bare btn--full" href="/samtykker">
        {words.later}
      </a>
      <p class="small">{words.receiptFollows}</p>
    </section>
  );
}

/** Says that an answer did not arrive, with a way to send it where no other one stands below. */
function Unsent({ said, send }: { said: Said; send: (() => void) | null }): JSX.Element {
  const words = consentWords.value.own;
  return (
    <div class="card card--note">
      <h3>{words.notSent[said]}</h3>
      <p>{words.unsentWhy}</p>
      {send && (
        <button class="btn btn--full" type="button" onClick={send}>
          <Icon name="igen" />
          {words.sendNow}
        </button>
      )}
    </div>
  );
}

function unsentAt(place: string): { said: Said; id: string } | null {
  const [said, id] = draftOf(place).split(" ");
  return (said === "yes" || said === "no") && id ? { said, id } : null;
}
