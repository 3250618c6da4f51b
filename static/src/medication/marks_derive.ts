/** What was said about doses, from the rows of the copy on this device: app/medication/marks.py once more. */

import type { KeptMark } from "../api/types";
import type { Row } from "../sync/port";
import { compareInstants, copenhagenText } from "../ui/instants";

interface Said extends Omit<KeptMark, "key" | "by" | "undone" | "quantity" | "unit"> {
  by: string;
  /** Not there where no amount was said. */
  quantity?: string;
  unit?: string | null;
  undoes: string | null;
}

/** The statements about doses of a civil date and after it, the first made first. `own`: the citizen's id. */
export function marksOf(rows: ReadonlyMap<string, readonly Row[]>, own: string, first: string): KeptMark[] {
  const all = (rows.get("dose_mark") ?? []).map(({ key, content }) => ({ key, said: content as Said }));
  const undone = new Set(all.map(({ said }) => said.undoes));
  return all
    .filter(({ said }) => said.undoes === null && said.date >= first)
    .sort((one, other) => compareInstants(one.said.made_at, other.said.made_at) || (one.key < other.key ? -1 : 1))
    .map(({ key, said }) => ({
      key,
      medication: said.medication,
      date: said.date,
      slot: said.slot,
      ordinal: said.ordinal,
      said: said.said,
      at: said.at && copenhagenText(said.at),
      quantity: said.quantity ?? null,
      unit: said.unit ?? null,
      by: said.by === own ? "self" : "other",
      made_at: copenhagenText(said.made_at),
      undone: undone.has(key),
    }));
}
