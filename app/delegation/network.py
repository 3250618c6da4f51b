"""The citizen's network: who helps with what, kept by the citizen, on their own shelf.

Invariant: somebody else sees only those who help with a subject that they may see themselves, and never who of them has
access to what. It gives nobody any access, and holds no address.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app import errors
from app.delegation import invitations
from app.grant import Grant
from app.records import service as records
from app.records.item import Put, Remove, as_such

NETWORK = "network"
# What somebody can help with, and which access makes it another's concern too. What is none of these is the citizen's.
SUBJECTS = {"medication": "medication:read", "appointments": "appointments:read"}
PHONE = re.compile(r"\+?[0-9][0-9 ]{3,18}[0-9]")
LONGEST = 120
MOST = 50


@dataclass(frozen=True)
class Contact:
    """Somebody who helps: what the citizen calls them, who they are to them, their telephone, and with what.

    ``helps`` is in the citizen's words; ``subjects`` are those of them that concern others. ``person_id``: the relative
    of a delegation, where they are one.
    """

    id: str
    name: str
    relation: str | None = None
    phone: str | None = None
    helps: str | None = None
    subjects: frozenset[str] = frozenset()
    person_id: str | None = None


def keep(session: Session, grant: Grant, contact: Contact) -> None:
    """Write somebody down, or what is new about them. Needs a grant for network:write. Raises Invalid or Conflict."""
    invitations.demand(grant, "network:write")
    _demand_whole(contact)
    others = [each for each in _read(session, grant) if each.id != contact.id]
    if len(others) >= MOST:
        raise errors.Conflict("Fifty people stand here already. Remove one first.")
    content = {
        "id": contact.id,
        "name": contact.name.strip(),
        "relation": contact.relation,
        "phone": contact.phone,
        "helps": contact.helps,
        "subjects": sorted(contact.subjects),
        "person": contact.person_id,
    }
    records.write(session, grant, [Put(NETWORK, contact.id, "self", content)], grant.at)


def remove(session: Session, grant: Grant, contact_id: str) -> None:
    """Take somebody away; who is not there is away already. Needs a grant for network:write."""
    invitations.demand(grant, "network:write")
    records.write(session, grant, [Remove(NETWORK, contact_id)], grant.at)


def read_own(session: Session, grant: Grant) -> list[Contact]:
    """All who stand in the citizen's network, by name. Needs a grant for the citizen's own network:read or write."""
    if grant.basis != "self" or grant.action not in ("network:read", "network:write"):
        raise errors.NotAllowed("This access does not cover the people who help.")
    return _read(session, grant)


def read_for(session: Session, grant: Grant, actions: Collection[str]) -> list[Contact]:
    """Those who help with what these actions let somebody else see. Needs a grant for network:read."""
    invitations.demand(grant, "network:read")
    seen = {subject for subject, action in SUBJECTS.items() if action in actions}
    return [each for each in _read(session, grant) if seen & each.subjects]


def _read(session: Session, grant: Grant) -> list[Contact]:
    found = [each.content for each in records.read(session, grant, NETWORK, as_such)]
    contacts = [
        Contact(
            each["id"],
            each["name"],
            each["relation"],
            each["phone"],
            each["helps"],
            frozenset(each["subjects"]),
            each["person"],
        )
        for each in found
    ]
    return sorted(contacts, key=lambda each: (each.name.casefold(), each.id))


def _demand_whole(contact: Contact) -> None:
    texts = (contact.name, contact.relation or "", contact.helps or "")
    if not contact.name.strip() or max(map(len, texts)) > LONGEST:
        raise errors.Invalid("Write a name. It and what else you write have at most 120 letters each.")
    if contact.phone is not None and PHONE.fullmatch(contact.phone) is None:
        raise errors.Invalid("This is no telephone number. Write digits, with + first for a number abroad.")
    if not contact.subjects <= set(SUBJECTS):
        raise errors.Invalid("Somebody can help with medicine or appointments, or with what you write yourself.")
