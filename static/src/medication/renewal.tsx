/** A wish for a new prescription, where the source takes one, and how far it has come. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Failure } from "../api/client";
import type { Medication, Renewal } from "../api/types";
import { askRenewal, draftOf, keepDraft, loadRenewals, newId, renewals } from "../app/acts";
import { strings } from "../app/preferences";
import { DeliveryLine } from "../ui/delivery";
import { TextField } from "../ui/field";
import { Icon } from "../ui/icon";
import { FailedCard } from "../ui/states";

const LONGEST = 500;
const UNDER_WAY = ["waiting", "sent", "received"];

export function Renewing({ medication }: { medication: Medication }): JSX.Element | null {
  const words = strings.value.renewal;
  const held = renewals.value;
  if (!medication.takes_renewal) return null;
  if (held.state === "loading") return <p class="lead">{words.loading}</p>;
  if (held.state === "failed") {
    return <FailedCard title={words.failedToLoad} isTitleSeen failure={held.failure} retry={() => void loadRenewals()} />;
  }
  return <Wish medication={medication} last={held.value.find((each) => each.medication_key === medication.key) ?? null} />;
}

function Wish({ medication, last }: { medication: Medication; last: Renewal | null }): JSX.Element {
  const words = strings.value.renewal;
  const place = `renewal ${medication.key}`;
  const [isOpen, setOpen] = useState(draftOf(place) !== "");
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ failure: Failure; id: string } | null>(null);
  const send = async (id: string): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const failure = await askRenewal(medication.key, draftOf(place).trim() || null, id);
    setBusy(false);
    setFailed(failure && { failure, id });
    if (failure !== null) return;
    keepDraft(place, "");
    setOpen(false);
  };
  const mayAsk = last === null || !UNDER_WAY.includes(last.delivery.status);
  return (
    <div class="card noprint">
      {last && (
        <>
          <h3>{words.asked}</h3>
          {last.note && <p>{words.yourWords(last.note)}</p>}
          <DeliveryLine delivery={last.delivery} />
        </>
      )}
      {mayAsk && !isOpen && (
        <button class="btn btn--line btn--full" type="button" onClick={() => setOpen(true)}>
          <Icon name="igen" />
          {last === null ? words.ask : words.askAgain}
        </button>
      )}
      {mayAsk && isOpen && (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void send(newId());
          }}
        >
          <TextField label={words.note} hint={words.noteHint} value={draftOf(place)} longest={LONGEST} change={(text) => keepDraft(place, text)} />
          <button class="btn btn--full" type="submit" aria-busy={isBusy}>
            {isBusy ? words.busy : words.send}
          </button>
          <button
            class="btn btn--line btn--full"
            type="button"
            onClick={() => {
              keepDraft(place, "");
              setOpen(false);
            }}
          >
            {words.cancel}
          </button>
        </form>
      )}
      {failed && <FailedCard title={words.notSent} isTitleSeen failure={failed.failure} retry={() => void send(failed.id)} />}
      <p class="small">{words.who}</p>
    </div>
  );
}
