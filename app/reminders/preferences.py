"""What a citizen prefers about reminders: an item of their shelf for each field that they said something of.

Invariant: of a field the last that the server took counts, whatever a device thought to change.
"""

from sqlalchemy.orm import Session

from app import errors
from app.grant import Grant
from app.medication.shelf import MEDICATION
from app.records import service as records
from app.records.item import Change, Put, Remove
from app.reminders import rules
from app.reminders.rules import Value

PREFERENCE = "preference"
READING = ("preferences:read", "preferences:write", "record:export")


def read_preferences(session: Session, grant: Grant) -> dict[str, Value]:
    """What counts of every field; of medicines only what was said."""
    _demand(grant, READING)
    items = records.read(session, grant, PREFERENCE)
    return rules.counting({item.content["field"]: item.content["value"] for item in items})


def set_preference(session: Session, grant: Grant, field: str, value: object) -> None:
    """Prefer something; None takes back what was said, so that the default counts. The same again changes nothing.

    Raises Invalid for a field that there is not or a value that it cannot have, and NotFound for a medicine that is not
    on the shelf. What was said about one that has gone can be taken back.
    """
    _demand(grant, ("preferences:write",))
    found = rules.fault(field, rules.default_of(field) if value is None else value)
    if found is not None:
        raise errors.Invalid("There is no such choice about reminders. Nothing was changed.")
    medicine = rules.medicine_of(field)
    if value is not None and medicine is not None and records.find(session, grant, MEDICATION, medicine) is None:
        raise errors.NotFound("This medicine is not on your card any more.")
    put = Put(PREFERENCE, field, "self", {"field": field, "value": value})
    change: Change = Remove(PREFERENCE, field) if value is None else put
    records.write(session, grant, [change], grant.at)


def _demand(grant: Grant, actions: tuple[str, ...]) -> None:
    if grant.action not in actions:
        raise errors.NotAllowed("This access does not cover preferences.")
