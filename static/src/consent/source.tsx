/** Where consents come from, and how old what is known of them is. */

import type { JSX } from "preact";
import { strings } from "../app/preferences";
import { Source, sourceName } from "../ui/source";
import { consentWords } from "./strings";

interface ConsentSourceProps {
  source: string | null;
  fetchedAt: string | null;
  failingSince: string | null;
}

/** FHIR is how systems talk, and names none of them. */
export function ConsentSource({ source, fetchedAt, failingSince }: ConsentSourceProps): JSX.Element {
  const name = source === "fhir" ? consentWords.value.source : sourceName(source, strings.value);
  return <Source name={name} fetchedAt={fetchedAt} failingSince={failingSince ?? undefined} />;
}
