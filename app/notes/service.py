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


@dataclass(frozen=True)
class Over:
    """Through which device a note was written, and the version that it named then."""

    device_id: str
    version: str | None


@dataclass(frozen=True)
class _Kept:
    note: Note
    over: Over | None


def read_notes(session: Session, grant: Grant) -> list[Note]:
    """All notes, the last written first."""
    _demand(grant, ACTIONS)
    notes = [_kept(item).note for item in records.read(session, grant, NOTE)]
    return sorted(notes, key=lambda each: (each.written_at is not None, each.written_at), reverse=True)


def record_note(session: Session, grant: Grant, note: Note, now: datetime, device_id: str | None = None) -> bool:
    """Write a note over the version that it names; ``version`` None is a new note.

    When another version stands there, both are kept: the new text gets a note of its own. True if that happened. The
    same text again changes nothing. A device (``device_id``) shows what it wrote before it was sent, and cannot name
    its version yet: what it wrote over the same version before counts as what it saw.
    """
    _demand(grant, ("notes:write",))
    present = _find(session, grant, note.id)
    if present is not None and _says(present.note) == _says(note):
        return False
    over = None if device_id is None else Over(device_id, note.version)
    places = [note.id, *([] if over is None else [_second_id(note, over)]), _second_id(note, _says(note))]
    place = next((each for each in places[:-1] if _is_free(session, grant, each, note.version, over)), places[-1])
    records.write(session, grant, [Put(NOTE, place, "self", _to_json(note, place, now, over))], now)
    return place != note.id


def remove_note(
    session: Session, grant: Grant, note_id: str, version: str | None, device_id: str | None = None
) -> None:
    """Take a note away; one that is gone already stays gone. Raises Stale when it says something else by now.

    As in ``record_note``, a device may have seen what it wrote over ``version`` itself; None: a note that it made.
    """
    _demand(grant, ("notes:write",))
    over = None if device_id is None else Over(device_id, version)
    if not _is_free(session, grant, note_id, version, over):
        raise errors.Stale("The note was changed elsewhere. Look at it again before you delete it.")
    if _find(session, grant, note_id) is not None:
        records.write(session, grant, [Remove(NOTE, note_id)], grant.at)


def _is_free(session: Session, grant: Grant, note_id: str, version: str | None, over: Over | None) -> bool:
    """Whether nothing stands there but what the writer saw."""
    present = _find(session, grant, note_id)
    if present is None or present.note.version == version:
        return True
    return over is not None and present.over == over


def _find(session: Session, grant: Grant, note_id: str) -> _Kept | None:
    item = records.find_by_id(session, grant, NOTE, note_id)
    return None if item is None else _kept(item)


def _demand(grant: Grant, actions: tuple[str, ...]) -> None:
    if grant.action not in actions:
        raise errors.NotAllowed("This access does not cover the notes.")


def _says(note: Note) -> tuple[str, str, str, str, bool]:
    return note.about, note.about_key, note.kind, note.text, note.done


def _second_id(note: Note, of: object) -> str:
    # The same change sent twice must come to the same place.
    return f"{note.id[:40]}-{hashlib.sha256(repr(of).encode()).hexdigest()[:16]}"


def _to_json(note: Note, note_id: str, now: datetime, over: Over | None = None) -> dict[str, object]:
    content = asdict(note)
    del content["version"]
    return {**content, "id": note_id, "written_at": now.isoformat(), "over": None if over is None else asdict(over)}


def _kept(item: OpenItem) -> _Kept:
    content = dict(item.content)
    content["written_at"] = datetime.fromisoformat(content["written_at"])
    # Notes from before devices wrote any lack it.
    over = content.pop("over", None)
    return _Kept(Note(**content, version=item.version), None if over is None else Over(**over))
