/** The citizen's own notes and questions on one medicine or appointment: written, changed, ticked off, deleted. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Failure } from "../api/client";
import type { Note } from "../api/types";
import { deleteNote, draftOf, keepDraft, loadNotes, newId, notes, writeNote } from "../app/acts";
import { today } from "../app/now";
import { language, strings } from "../app/preferences";
import { civilDate, dayText, timeText } from "../ui/dates";
import { TextField } from "../ui/field";
import { Icon } from "../ui/icon";
import { Chip } from "../ui/parts";
import { FailedCard } from "../ui/states";

const LONGEST = 2000;

export interface Subject {
  about: Note["about"];
  key: string;
}

export function OwnNotes({ subject }: { subject: Subject }): JSX.Element {
  const words = strings.value.notes;
  const held = notes.value;
  return (
    <section class="noprint">
      <h2>{words.title}</h2>
      {held.state === "loading" && <p class="lead">{words.loading}</p>}
      {held.state === "failed" && <FailedCard title={words.failedToLoad} isTitleSeen failure={held.failure} retry={() => void loadNotes()} />}
      {held.state === "ready" && <Notes subject={subject} kept={held.value.filter((each) => each.about === subject.about && each.about_key === subject.key)} />}
    </section>
  );
}

function Notes({ subject, kept }: { subject: Subject; kept: Note[] }): JSX.Element {
  const words = strings.value.notes;
  const [open, setOpen] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const place = `note ${subject.key}`;
  const isNew = open === "new" || (open === null && draftOf(place) !== "");
  const close = (text: string): void => {
    setOpen(null);
    setSaid(text);
  };
  return (
    <>
      {kept.map((note) =>
        open === note.id ? (
          <Editor key={note.id} subject={subject} note={note} place={`note ${note.id}`} close={close} />
        ) : (
          <Kept key={note.id} note={note} edit={() => setOpen(note.id)} tell={setSaid} />
        ),
      )}
      {isNew ? (
        <Editor subject={subject} note={null} place={place} close={close} />
      ) : (
        <>
          {kept.length === 0 && <p class="lead">{words.none}</p>}
          <button class="btn btn--line btn--full" type="button" onClick={() => setOpen("new")}>
            <Icon name="note" />
            {words.write}
          </button>
        </>
      )}
      <p role="status" class={said ? "small" : "unseen"}>
        {said}
      </p>
    </>
  );
}

function Kept({ note, edit, tell }: { note: Note; edit: () => void; tell: (text: string) => void }): JSX.Element {
  const words = strings.value.notes;
  const [isSure, setSure] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const act = async (done: Promise<Failure | null>, text: string): Promise<void> => {
    const found = await done;
    setFailure(found);
    if (found === null) tell(text);
  };
  const tick = (): Promise<Failure | null> => writeNote(note.id, { ...given(note), done: !note.done }).then((written) => written.failure);
  return (
    <div class="card">
      {note.kind === "question" && (
        <div class="chips">
          <Chip icon={note.done ? "tjek" : "hjaelp"} tone={note.done ? "ok" : "note"}>
            {note.done ? words.asked : words.question}
          </Chip>
        </div>
      )}
      <p class="own-words">{note.text}</p>
      <p class="small">{`${words.onlyYou} ${whenText(note)}`}</p>
      {failure && <FailedCard title={words.notSaved} isTitleSeen failure={failure} retry={() => (failure.kind === "stale" ? void loadNotes() : setFailure(null))} />}
      <div class="acts">
        {note.kind === "question" && (
          <button class="btn btn--line" type="button" onClick={() => void act(tick(), note.done ? words.unticked : words.ticked)}>
            <Icon name="tjek" />
            {note.done ? words.untick : words.tick}
          </button>
        )}
        <button class="btn btn--line" type="button" onClick={edit}>
          <Icon name="note" />
          {words.edit}
        </button>
        {!isSure && (
          <button class="btn btn--line" type="button" onClick={() => setSure(true)}>
            <Icon name="kryds" />
            {words.remove}
          </button>
        )}
      </div>
      {isSure && (
        <div class="stack" role="group" aria-label={words.sure}>
          <p>
            <strong>{words.sure}</strong>
          </p>
          <button class="btn btn--line btn--full" type="button" onClick={() => void act(deleteNote(note), words.deleted)}>
            {words.reallyDelete}
          </button>
          <button class="btn btn--line btn--full" type="button" onClick={() => setSure(false)}>
            {words.keep}
          </button>
        </div>
      )}
    </div>
  );
}

interface EditorProps {
  subject: Subject;
  note: Note | null;
  place: string;
  close: (said: string) => void;
}

function Editor({ subject, note, place, close }: EditorProps): JSX.Element {
  const words = strings.value.notes;
  const [kind, setKind] = useState<Note["kind"]>(note?.kind ?? "note");
  const [id] = useState(note?.id ?? newId());
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isEmpty, setEmpty] = useState(false);
  const draft = draftOf(place);
  const text = draft === "" ? (note?.text ?? "") : draft;
  const save = async (): Promise<void> => {
    if (isBusy) return;
    setEmpty(text.trim() === "");
    if (text.trim() === "") return;
    setBusy(true);
    const standing = { about: subject.about, about_key: subject.key, done: note?.done ?? false, version: note?.version ?? null };
    const written = await writeNote(id, { ...standing, kind, text: text.trim() });
    setBusy(false);
    setFailure(written.failure);
    if (written.failure !== null) return;
    keepDraft(place, "");
    close(written.keptBoth ? words.keptBoth : words.saved);
  };
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField label={words.field} hint={words.fieldHint} value={text} longest={LONGEST} change={(typed) => keepDraft(place, typed)} />
      {isEmpty && <p role="alert">{words.empty}</p>}
      <fieldset class="picks">
        <legend class="unseen">{words.kind}</legend>
        {(["note", "question"] as const).map((each) => (
          <label class="pick" key={each}>
            <input type="radio" name={`kind-${id}`} checked={kind === each} onChange={() => setKind(each)} />
            <span>{words.kinds[each]}</span>
          </label>
        ))}
      </fieldset>
      {failure && <FailedCard title={words.notSaved} isTitleSeen failure={failure} retry={() => void save()} />}
      <div class="stack">
        <button class={`btn btn--full ${failure === null ? "" : "btn--line"}`} type="submit" aria-busy={isBusy}>
          {isBusy ? words.saving : words.save}
        </button>
        <button
          class="btn btn--line btn--full"
          type="button"
          onClick={() => {
            keepDraft(place, "");
            close("");
          }}
        >
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

function given({ about, about_key, kind, text, done, version }: Note): Omit<Note, "id" | "written_at"> {
  return { about, about_key, kind, text, done, version };
}

function whenText(note: Note): string {
  if (note.written_at === null) return "";
  const at = new Date(note.written_at);
  const day = civilDate(at) === today.value ? null : dayText(civilDate(at), language.value, today.value);
  return strings.value.notes.written(day, timeText(at, language.value));
}
