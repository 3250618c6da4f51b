/** The notes, from the rows of the copy on this device: app/notes/service.py once more. */

import type { Note } from "../api/types";
import type { Row } from "../sync/port";
import { copenhagenText } from "../ui/instants";

/** All notes, the last written first. */
export function notesOf(rows: ReadonlyMap<string, readonly Row[]>): Note[] {
  const kept = (rows.get("note") ?? []).map(({ content, mark }) => ({ content: content as Note, mark }));
  kept.sort((one, other) => writtenAt(other.content) - writtenAt(one.content));
  return kept.map(({ content, mark }) => {
    const { id, about, about_key, kind, text, done, written_at } = content;
    return { id, about, about_key, kind, text, done, written_at: written_at && copenhagenText(written_at), version: mark };
  });
}

function writtenAt(note: Note): number {
  return note.written_at === null ? 0 : Date.parse(note.written_at);
}
