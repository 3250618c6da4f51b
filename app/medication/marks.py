"""Write down whether a dose was taken or skipped, take that back, and read what was said."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.grant import Grant
from app.medication import mark_rules
from app.medication.mark_rules import Amount, Mark, Said, Slot, Statement
from app.medication.shelf import MEDICATION
from app.records import service as records
from app.records.item import OpenItem, Put, unknown

DOSE_MARK = "dose_mark"
READING = ("medication:read", "medication:mark", "record:export")
# Why a statement is refused, for the person who made it.
FAULTS: Mapping[mark_rules.Fault, str] = {
    "slot": "There is no such time of day for a dose.",
    "ahead": "This dose is of a day to come. It can be marked on its day.",
    "long_ago": "This dose lies too long ago to be marked.",
    "time_ahead": "The time lies ahead. Say when the dose was taken.",
    "amount": "This is no amount that can have been taken.",
}

__all__ = ["DOSE_MARK", "Amount", "Mark", "Said", "Slot", "Statement", "read_marks", "record_mark", "undo_mark"]


def record_mark(session: Session, grant: Grant, mark_id: str, told: Statement) -> None:
    """Say that a dose was taken or skipped; the same statement under the same id again changes nothing.

    Raises NotFound when there is no such medication, and Conflict for a dose that cannot be marked now or another
    statement under this id.
    """
    _demand(grant, ("medication:mark",))
    content = _content_of(told)
    key = records.key_of(session, grant.citizen_id, DOSE_MARK, mark_id)
    looked_for = {DOSE_MARK: (key, unknown), MEDICATION: (told.slot.medication, unknown)}
    standing = records.find_each(session, grant, looked_for)
    if _is_same(standing.get(DOSE_MARK), content):
        return
    found = mark_rules.fault(told, grant.at)
    if found is not None:
        raise errors.Conflict(FAULTS[found])
    if MEDICATION not in standing:
        raise errors.NotFound("This medicine is not on your card any more.")
    _write(session, grant, mark_id, content)


def undo_mark(session: Session, grant: Grant, undo_id: str, mark_key: str) -> None:
    """Take a statement back; one that is taken back already stays so.

    Citizens take back whatever stands about their own doses, others only what they said themselves. Raises NotFound.
    """
    _demand(grant, ("medication:mark",))
    mark = next((each for each in read_marks(session, grant) if each.key == mark_key), None)
    if mark is None or grant.actor.id not in (mark.by, grant.citizen_id):
        raise errors.NotFound("What was said about this dose is not here any more.")
    content = {"undoes": mark_key}
    if not mark.is_undone and not _is_same(records.find_by_id(session, grant, DOSE_MARK, undo_id), content):
        _write(session, grant, undo_id, content)


def key_of(session: Session, grant: Grant, mark_id: str) -> str:
    """The shelf's key of the statement under an id. Raises NotFound."""
    _demand(grant, (*READING, "medication:mark"))
    found = next((each.key for each in records.read(session, grant, DOSE_MARK, unknown) if each.id == mark_id), None)
    if found is None:
        raise errors.NotFound("What was said about this dose is not here any more.")
    return found


def read_marks(session: Session, grant: Grant, first: date | None = None, last: date | None = None) -> list[Mark]:
    """What was said about doses from one civil day to another, both inclusive, the first made first."""
    _demand(grant, READING)
    items = records.read(session, grant, DOSE_MARK, unknown)
    marks = mark_rules.said_in({item.key: item.content for item in items})
    return [each for each in marks if (first or date.min) <= each.slot.day <= (last or date.max)]


def _content_of(told: Statement) -> dict[str, Any]:
    content = {
        "medication": told.slot.medication,
        "date": told.slot.day.isoformat(),
        "slot": told.slot.slot,
        "ordinal": told.slot.ordinal,
        "said": told.said,
        "at": told.at.isoformat() if told.at else None,
        "undoes": None,
    }
    return content if told.amount is None else {**content, "quantity": told.amount.quantity, "unit": told.amount.unit}


def _write(session: Session, grant: Grant, mark_id: str, said: Mapping[str, Any]) -> None:
    content = {**said, "by": grant.actor.id, "made_at": grant.at.isoformat()}
    records.write(session, grant, [Put(DOSE_MARK, mark_id, "self", content)], grant.at)


def _is_same(present: OpenItem | None, said: Mapping[str, Any]) -> bool:
    """Whether what stands under an id says this already. Raises Conflict when it says something else."""
    if present is None:
        return False
    amount = {"quantity": None, "unit": None}
    if any(present.content.get(name) != value for name, value in {**amount, **said}.items()):
        raise errors.Conflict("Something else was said under this id.")
    return True


def _demand(grant: Grant, actions: tuple[str, ...]) -> None:
    if grant.action not in actions:
        raise errors.NotAllowed("This access does not cover marking doses.")
