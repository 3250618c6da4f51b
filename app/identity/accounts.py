"""Accounts at the login provider: (issuer, subject) leads to a citizen, whatever number they have today."""

from datetime import datetime

from sqlalchemy.orm import Session

from app import clock, errors
from app.identity import citizens
from app.identity.models import Account
from app.identity.person import Number
from app.vault import service as vault

CITIZEN, STAFF = "citizen", "staff"


def citizen_of(session: Session, issuer: str, subject: str) -> str | None:
    """The citizen whose account this is; None for an account that is new here or is staff's."""
    row = session.get(Account, _blind(session, issuer, subject))
    return row.citizen_id if row else None


def settle(session: Session, issuer: str, subject: str, number: Number, now: datetime) -> str:
    """The citizen behind an account that logged in with this number, which the caller has from the provider's token.

    A new account leads to whoever has or had the number, registered if nobody has. A known account keeps its citizen:
    a number that is new is one more of theirs, held since today. Raises Conflict when the number is another citizen's,
    and NotAllowed for an account of staff, which never becomes a citizen's.
    """
    row = session.get(Account, _blind(session, issuer, subject))
    if row is None:
        citizen_id = citizens.settle(session, [number], now)
        blind = _blind(session, issuer, subject)
        session.add(Account(blind=blind, kind=CITIZEN, citizen_id=citizen_id, created_at=now))
        session.flush()  # two first logins at once must meet here
        return citizen_id
    if row.kind != CITIZEN or row.citizen_id is None:
        raise errors.NotAllowed("This login is for staff. Citizens log in with their own MitID.")
    citizens.record_number(session, row.citizen_id, number, clock.civil_date(now), now)
    return row.citizen_id


def settle_staff(session: Session, issuer: str, subject: str, now: datetime) -> None:
    """Know an account as staff's, for good. Raises NotAllowed for an account of a citizen."""
    blind = _blind(session, issuer, subject)
    row = session.get(Account, blind)
    if row is None:
        session.add(Account(blind=blind, kind=STAFF, citizen_id=None, created_at=now))
        session.flush()  # two first logins at once must meet here
    elif row.kind != STAFF:
        raise errors.NotAllowed("This login is a citizen's. Staff log in with the login of their work.")


def _blind(session: Session, issuer: str, subject: str) -> bytes:
    return vault.of(session).blind.of("account", issuer, subject)
