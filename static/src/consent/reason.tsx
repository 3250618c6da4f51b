/** Says that a consent of another system decides nothing here, and why, where its state alone does not say it. */

import type { JSX } from "preact";
import type { Consent } from "../api/types";
import { language } from "../app/preferences";
import { Aside } from "../ui/parts";
import { da } from "./reason.strings.da";
import { en } from "./reason.strings.en";
import { untoldReasonOf } from "./rules";

export function Undecided({ consent }: { consent: Consent }): JSX.Element | null {
  const words = language.value === "en" ? en : da;
  const reason = untoldReasonOf(consent);
  if (reason === null) return null;
  const ask = reason === "given_here" ? "" : ` ${words.ask}`;
  return <Aside icon="advarsel" title={words.title} text={`${words.reasons[reason]}${ask}`} tone="note" />;
}
