/** A new block: whom, what and which data; what it does is shown before it is set. The choices outlive a change of screen. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Consents } from "../api/types";
import { draftOf, keepDraft, newId } from "../app/acts";
import { citizenId, loadLog, log } from "../app/record";
import { wishFocus } from "../app/router";
import { Back } from "../ui/parts";
import { Effect } from "./block_effect";
import { BlockForm } from "./block_form";
import { newDraft, personsOf, plannedOf, type Acquainted, type Draft } from "./block_rules";
import { placeName } from "./list";

const PLACE = "consent block";

export function Blocking({ all }: { all: Consents }): JSX.Element {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (log.value.state !== "ready") void loadLog();
  }, []);
  const acquainted = acquaintedOf(all);
  const draft = draftNow();
  const planned = isShown ? plannedOf(draft, acquainted) : null;
  const turn = (to: boolean): void => {
    wishFocus();
    setShown(to);
    scrollTo(0, 0);
  };
  return (
    <>
      <Back href="/samtykker">{placeName()}</Back>
      {planned ? (
        <Effect key="effect" draft={draft} planned={planned} own={all.own} edit={() => turn(false)} done={() => keepDraft(PLACE, "")} />
      ) : (
        <BlockForm key="form" draft={draft} acquainted={acquainted} change={keep} show={() => turn(true)} />
      )}
    </>
  );
}

function acquaintedOf({ organisations }: Consents): Acquainted {
  const entries = log.value.state === "ready" ? log.value.value.entries : [];
  return { organisations, persons: personsOf(entries, citizenId() ?? "", organisations) };
}

function draftNow(): Draft {
  const kept = draftOf(PLACE);
  return kept === "" ? newDraft(newId()) : (JSON.parse(kept) as Draft);
}

function keep(draft: Draft): void {
  keepDraft(PLACE, JSON.stringify(draft));
}
