/** The notes, from the rows of the copy on this device: app/notes/service.py once more. */

import type { Note } from "../api/types";
import type { Row } from "../sync/port";
import { compareInstants, copenhagenText } from "../ui/instants";

/** As it stands on the shelf: with when it was written, always. */
type Kept = Note & { written_at: string };

/** All notes, the last written first. */
export function notesOf(rows: ReadonlyMap<string, readonly Row[]>): Note[] {
  const kept = (rows.get("note") ?? []).map(({ content, mark }) => ({ content: content as Kept, mark }));
  kept.sort((one, other) => compareInstants(other.content.written_at, one.content.written_at));
  return kept.map(({ content, mark }) => {
    const { id, about, about_key, kind, text, done, written_at } = content;
    return { id, about, about_key, kind, text, done, written_at: copenhagenText(written_at), version: mark };
  });
}
