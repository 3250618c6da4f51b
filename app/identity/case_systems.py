"""Programs of authorities that ask for them: registered by whoever runs the installation, known by a secret.

Secrets and tokens are 256 random bits, kept as hashes; a database that leaks lets nobody ask.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import errors
from app.identity import staff as staffs
from app.identity.models import CaseSystem, CaseSystemToken
from app.identity.staff import Staff
from app.vault import service as vault

# As whom the log knows them; limits and the volume alarm count them apart from people.
PREFIX = "case-system:"
NAMESPACE = "case system"
LASTS = timedelta(minutes=10)
SWEPT_AT_ONCE = 100
ORGANISATION = re.compile(r"cvr:[0-9]{8}")
LONGEST = 200


@dataclass(frozen=True)
class Registered:
    """A case system, and since when it is none any more; ``staff`` is as whom it asks."""

    id: str
    staff: Staff
    created_at: datetime
    ended_at: datetime | None


def register(session: Session, told: Staff, now: datetime) -> tuple[str, str]:
    """Let a case system ask; its id and its secret, told once. ``told`` has all but an id. Raises Invalid."""
    if ORGANISATION.fullmatch(told.organisation) is None:
        raise errors.Invalid("An organisation is written as cvr: and eight digits.")
    if not all(0 < len(each) <= LONGEST for each in (told.name, told.organisation_name)):
        raise errors.Invalid("The system and its organisation need names of at most 200 characters.")
    system_id, secret = secrets.token_hex(16), secrets.token_urlsafe(32)
    box = vault.of(session).box(session, PREFIX + system_id, now)
    session.add(
        CaseSystem(
            id=system_id,
            secret_hash=_mark("secret", secret),
            organisation=told.organisation,
            key_version=box.version,
            sealed=box.seal(staffs.to_bytes(told), NAMESPACE, system_id),
            created_at=now,
            ended_at=None,
        ),
    )
    session.flush()
    return system_id, secret


def end(session: Session, system_id: str, now: datetime) -> None:
    """Let a case system ask no more, from this moment. Raises NotFound."""
    row = session.get(CaseSystem, system_id)
    if row is None:
        raise errors.NotFound("There is no such case system.")
    row.ended_at = row.ended_at or now
    session.execute(delete(CaseSystemToken).where(CaseSystemToken.case_system_id == system_id))


def registered(session: Session, now: datetime) -> list[Registered]:
    """Every case system that ever was one here, the oldest first."""
    rows = session.scalars(select(CaseSystem).order_by(CaseSystem.created_at, CaseSystem.id)).all()
    return [Registered(row.id, _staff(session, row, now), row.created_at, row.ended_at) for row in rows]


def give_token(session: Session, system_id: str, secret: str, now: datetime) -> str | None:
    """A token for ten minutes; None when there is no such case system, it has ended, or this is not its secret."""
    row = session.get(CaseSystem, system_id)
    known = row.secret_hash if row is not None else bytes(32)
    is_theirs = hmac.compare_digest(known, _mark("secret", secret))
    if row is None or row.ended_at is not None or not is_theirs:
        return None
    _sweep(session, now)
    token = secrets.token_urlsafe(32)
    session.add(CaseSystemToken(token_hash=_mark("token", token), case_system_id=system_id, expires_at=now + LASTS))
    session.flush()  # found in the same transaction that gave it
    return token


def find(session: Session, token: str, now: datetime) -> Staff | None:
    """As whom the case system of a token asks; None when the token is unknown or its time is over."""
    held = session.get(CaseSystemToken, _mark("token", token))
    if held is None or now >= held.expires_at:
        return None
    row = session.get(CaseSystem, held.case_system_id)
    return None if row is None or row.ended_at is not None else _staff(session, row, now)


def _staff(session: Session, row: CaseSystem, now: datetime) -> Staff:
    box = vault.of(session).box(session, PREFIX + row.id, now)
    content = box.open(row.sealed, row.key_version, NAMESPACE, row.id)
    # A program is logged in by its secret, which whoever runs the installation gave to its organisation.
    return staffs.from_bytes(content, PREFIX + row.id, row.organisation, "substantial")


def _sweep(session: Session, now: datetime) -> None:
    ended = session.scalars(
        select(CaseSystemToken.token_hash)
        .where(CaseSystemToken.expires_at <= now)
        .limit(SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True),
    ).all()
    session.execute(delete(CaseSystemToken).where(CaseSystemToken.token_hash.in_(ended)))


def _mark(purpose: str, value: str) -> bytes:
    return hashlib.sha256(f"case system {purpose} {value}".encode(errors="replace")).digest()
