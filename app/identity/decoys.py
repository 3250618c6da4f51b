"""Records of nobody: whatever is done for a person who is not known here is done to one of these instead.

Invariant: a question about an unknown person takes the same statements, locks and writes as one about a known person,
so that neither time nor work tells whether somebody is known. No number leads to a decoy, and nobody can be one.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit import service as audit
from app.identity import number as number_text
from app.identity.models import Citizen, CitizenNumber
from app.identity.person import Number
from app.records import service as records
from app.records.item import Change
from app.vault import service as vault

# Questions about unknown people that come at once rarely wait for each other's lock, as those about known people don't.
COUNT = 8


def prepare(session: Session, now: datetime, likeness: Sequence[Change] = ()) -> None:
    """Make the decoys that are missing, each with a number and a ``likeness``, so that there is as much to open.

    Needs the vault in the session.
    """
    for citizen_id in ids(session):
        if session.get(Citizen, citizen_id) is None:
            session.add(Citizen(id=citizen_id, created_at=now))
            session.flush()  # what is written on its shelf refers to it
            audit.begin(session, citizen_id)
            records.begin(session, citizen_id, now)
            records.furnish(session, citizen_id, likeness, now)
            _number(session, citizen_id, now)


def _number(session: Session, citizen_id: str, now: datetime) -> None:
    """A number that is no number, under a mark that no number has."""
    blind = secrets.token_bytes(32)
    box = vault.of(session).box(session, citizen_id, now)
    sealed = box.seal(number_text.to_bytes(Number("0000000000", "cpr")), number_text.NAMESPACE, blind.hex())
    session.add(CitizenNumber(blind=blind, citizen_id=citizen_id, key_version=box.version, sealed=sealed))
    session.flush()


def of(session: Session, number: Number) -> str:
    """The decoy that stands in for whoever has this number: always the same one."""
    place = int.from_bytes(vault.of(session).own_rows.of("decoy of", number.value)[:8], "big") % COUNT
    return _id(session, place)


def ids(session: Session) -> list[str]:
    """The decoys' ids, which look like any citizen's."""
    return [_id(session, place) for place in range(COUNT)]


def standing(session: Session) -> int:
    """How many decoys there are here."""
    return session.scalar(select(func.count()).where(Citizen.id.in_(ids(session)))) or 0


def _id(session: Session, place: int) -> str:
    return vault.of(session).own_rows.text("decoy", place)
