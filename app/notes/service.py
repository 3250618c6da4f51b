"""Write, keep and take away notes. Two versions of one note are both kept: nothing that a person wrote is lost."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from app import errors
from app.grant import Grant
from app.records import service as records
from app.records.item import OpenItem, Put, Remove

NOTE = "note"
ACTIONS = ("notes:read", "notes:write", "record:export")


@dataclass(frozen=True)
class Note:
    """A note of the citizen.

    ``about`` is medication or appointment, ``about_key`` the shelf's key of it. ``kind``: a note, or a question that is
    ``done`` when it was asked. ``text``: 1 to 2,000 characters. ``version`` changes with every change.
    """

    id: str
    about: Literal["medication", "appointment"]
    about_key: str
    kind: Literal["note", "question"]
    text: str
    done: bool = False
    written_at: datetime | None = None
    version: str | None = None


def read_notes(session: Session, grant: Grant) -> list[Note]:
    """All notes, the last written first."""
    _demand(grant, ACTIONS)
    notes = [_note(item) for item in records.read(session, grant, NOTE)]
    return sorted(notes, key=lambda each: (each.written_at is not None, each.written_at), reverse=True)


def record_note(session: Session, grant: Grant, note: Note, now: datetime) -> bool:
    """Write a note over the version that it names; ``version`` None is a new note.

    When another version stands there, both are kept: the new text gets a note of its own. True if that happened. The
    same text again changes nothing.
    """
    _demand(grant, ("notes:write",))
    present = _find(session, grant, note.id)
    if present is not None and _says(present) == _says(note):
        return False
    is_other = note.version != (present.version if present is not None else None)
    kept_both = present is not None and is_other
    note_id = _second_id(note) if kept_both else note.id
    records.write(session, grant, [Put(NOTE, note_id, "self", _to_json(note, note_id, now))], now)
    return kept_both


def remove_note(session: Session, grant: Grant, note_id: str, version: str) -> None:
    """Take a note away; one that is gone already stays gone. Raises Stale when it says something else by now."""
    _demand(grant, ("notes:write",))
    present = _find(session, grant, note_id)
    if present is None:
        return
    if present.version != version:
        raise errors.Stale("The note was changed elsewhere. Look at it again before you delete it.")
    records.write(session, grant, [Remove(NOTE, note_id)], grant.at)


def _find(session: Session, grant: Grant, note_id: str) -> Note | None:
    item = records.find_by_id(session, grant, NOTE, note_id)
    return None if item is None else _note(item)


def _demand(grant: Grant, actions: tuple[str, ...]) -> None:
    if grant.action not in actions:
        raise errors.NotAllowed("This access does not cover the notes.")


def _says(note: Note) -> tuple[str, str, str, str, bool]:
    return note.about, note.about_key, note.kind, note.text, note.done


def _second_id(note: Note) -> str:
    # The same change sent twice must come to the same place.
    return f"{note.id[:40]}-{hashlib.sha256(repr(_says(note)).encode()).hexdigest()[:16]}"


def _to_json(note: Note, note_id: str, now: datetime) -> dict[str, object]:
    content = asdict(note)
    del content["version"]
    return {**content, "id": note_id, "written_at": now.isoformat()}


def _note(item: OpenItem) -> Note:
    content = dict(item.content)
    content["written_at"] = datetime.fromisoformat(content["written_at"])
    return Note(**content, version=item.version)
