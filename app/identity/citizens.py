"""Find a citizen by number, register a new one, and keep all the numbers that they have had."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from app import errors
from app.audit import service as audit
from app.db.base import table_of
from app.grant import Grant
from app.identity import decoys
from app.identity import number as number_text
from app.identity.models import Citizen, CitizenNumber
from app.identity.person import Number
from app.records import service as records
from app.vault import service as vault
from app.vault.box import Box, put_on

_CITIZEN = table_of(Citizen)
_NUMBER = table_of(CitizenNumber)
# Built once: every access by somebody else asks them.
_ONE = select(_CITIZEN.c.id).where(_CITIZEN.c.id == bindparam("citizen"))
_NUMBERS = select(_NUMBER.c.blind, _NUMBER.c.key_version, _NUMBER.c.sealed).where(
    _NUMBER.c.citizen_id == bindparam("citizen")
)


def find(session: Session, number: Number) -> str | None:
    """The id of the citizen who has or had this number."""
    return session.scalar(select(CitizenNumber.citizen_id).where(CitizenNumber.blind == _blind(session, number)))


def exists(session: Session, citizen_id: str) -> bool:
    """Whether this id is a citizen's."""
    return session.scalar(_ONE, {"citizen": citizen_id}) is not None


def all_ids(session: Session) -> list[str]:
    """Every citizen's id, sorted: the order in which locks are taken. Decoys are nobody's."""
    nobody = set(decoys.ids(session))
    return [each for each in session.scalars(select(Citizen.id).order_by(Citizen.id)) if each not in nobody]


def settle(session: Session, numbers: Sequence[Number], now: datetime) -> str:
    """The citizen to whom these numbers belong, registered if nobody has any of them.

    Raises Conflict when they belong to two citizens who are known apart: joining two records is for a human.
    """
    owners = {owner for number in numbers if (owner := find(session, number)) is not None}
    if len(owners) > 1:
        raise errors.Conflict("The numbers belong to two people who are known here as different citizens.")
    citizen_id = owners.pop() if owners else _register(session, now)
    for number in numbers:
        _keep(session, citizen_id, number, now)
    return citizen_id


def record_number(session: Session, citizen_id: str, number: Number, since: date, now: datetime) -> None:
    """Add a number that this citizen turned out to have, known to hold since a date; a known one stays as it is.

    Raises Conflict when it is another citizen's: joining two records is for a human.
    """
    audit.lock(session, citizen_id)
    owner = find(session, number)
    if owner is None:
        _keep(session, citizen_id, replace(number, valid_from=since), now)
    elif owner != citizen_id:
        raise errors.Conflict("The number belongs to somebody who is known here as another citizen.")


def read_numbers(session: Session, grant: Grant) -> list[Number]:
    """All numbers of the citizen, the current one first, then by the date from which they held, newest first."""
    rows = session.execute(_NUMBERS, {"citizen": grant.citizen_id}).all()
    # One look at the keys, however many numbers: the count of statements must not tell how many somebody has.
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    numbers = [_open(box, row) for row in rows]
    on = grant.at.date()
    return sorted(numbers, key=lambda number: _rank(number, on))


def _rank(number: Number, on: date) -> tuple[bool, bool, int, str]:
    holds = (number.valid_from is None or number.valid_from <= on) and (
        number.valid_to is None or on <= number.valid_to
    )
    since = number.valid_from or date.min
    return (not holds, number.kind != "cpr", -since.toordinal(), number.value)


def _register(session: Session, now: datetime) -> str:
    citizen_id = secrets.token_hex(16)
    session.add(Citizen(id=citizen_id, created_at=now))
    session.flush()  # numbers and shelf refer to the citizen
    audit.begin(session, citizen_id)
    records.begin(session, citizen_id, now)
    return citizen_id


def _keep(session: Session, citizen_id: str, number: Number, now: datetime) -> None:
    blind = _blind(session, number)
    row = session.get(CitizenNumber, blind)
    if row is not None:
        known = _open(vault.of(session).box(session, row.citizen_id, now), row)
        number = replace(
            number,
            valid_from=number.valid_from or known.valid_from,
            valid_to=number.valid_to or known.valid_to,
        )
        if number == known:
            return
    box = vault.of(session).box(session, citizen_id, now)
    sealed = box.seal(number_text.to_bytes(number), number_text.NAMESPACE, blind.hex())
    if row is None:
        session.add(CitizenNumber(blind=blind, citizen_id=citizen_id, key_version=box.version, sealed=sealed))
        session.flush()  # the next number of the same person must find this one
    else:
        put_on(row, sealed, box.version)


def _blind(session: Session, number: Number) -> bytes:
    return vault.of(session).blind.of("citizen number", number.value)


def _open(box: Box, row: CitizenNumber | Row[bytes, int, bytes]) -> Number:
    return number_text.from_bytes(box.open(row.sealed, row.key_version, number_text.NAMESPACE, row.blind.hex()))
