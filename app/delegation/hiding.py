"""Hide single items from all relatives, or from one: an item of the citizen's own shelf says which.

Invariant: what is hidden from somebody is not there for them in any list, number or copy, and nobody is told why.
Guardians see what custody opens.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.delegation import invitations
from app.grant import Grant
from app.records import service as records
from app.records.item import Change, Put, Remove, as_such

HIDDEN = "hidden"
# What can be hidden, by the collections of the shelf, and which access shows it.
HIDEABLE = {"medication": "medication:read", "appointment": "appointments:read"}


@dataclass(frozen=True)
class Hidden:
    """An item of a collection, by the shelf's key, that is hidden from a person; None: from all relatives."""

    collection: str
    key: str
    person_id: str | None


def hide(session: Session, grant: Grant, hidden: Hidden) -> None:
    """Hide an item; again, nothing changes. Needs a grant for delegation:hide. Raises NotFound."""
    invitations.demand(grant, "delegation:hide")
    if hidden.collection not in HIDEABLE or records.find(session, grant, hidden.collection, hidden.key) is None:
        raise errors.NotFound("This is not in your overview any more.")
    content: dict[str, Any] = {"collection": hidden.collection, "key": hidden.key, "person": hidden.person_id}
    _write(session, grant, Put(HIDDEN, _id(hidden), "self", content))


def show(session: Session, grant: Grant, hidden: Hidden) -> None:
    """Let an item be seen again; one that is not hidden stays as it is. Needs a grant for delegation:hide."""
    invitations.demand(grant, "delegation:hide")
    _write(session, grant, Remove(HIDDEN, _id(hidden)))


def read_all(session: Session, grant: Grant) -> list[Hidden]:
    """All that the citizen hides. The caller has decided that it may be read."""
    found = records.read(session, grant, HIDDEN, as_such)
    return [Hidden(each.content["collection"], each.content["key"], each.content["person"]) for each in found]


def hidden_from(session: Session, grant: Grant, person_id: str, actions: Collection[str]) -> frozenset[str]:
    """The keys of what is hidden from a person, of that which these actions would show them."""
    return frozenset(
        each.key
        for each in read_all(session, grant)
        if each.person_id in (None, person_id) and HIDEABLE[each.collection] in actions
    )


def _id(hidden: Hidden) -> str:
    return f"{hidden.collection}/{hidden.key}/{hidden.person_id or 'all'}"


def _write(session: Session, grant: Grant, change: Change) -> None:
    records.write(session, grant, [change], grant.at)
