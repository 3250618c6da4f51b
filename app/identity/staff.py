"""Staff who are logged in: for which authority they act, and what their own organisation lets them ask about.

Invariant: a session of staff leads to no citizen, and no session of a citizen's is staff's; the database holds both.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.grant import Actor
from app.identity import logins
from app.identity.logins import Method
from app.identity.models import LoginSession
from app.vault import service as vault

KIND = "staff"
NAMESPACE = "staff session"


@dataclass(frozen=True)
class Staff:
    """A caseworker, or a case system that asks for its organisation.

    ``organisation`` is a prefixed identifier, as ``cvr:29189420``. ``templates`` are the ids of the texts that the role
    covers; None is every text. ``units`` are the parts of the organisation that the role is for, as it names them.
    """

    id: str
    organisation: str
    level: str
    name: str
    organisation_name: str
    units: tuple[str, ...] = ()
    templates: frozenset[str] | None = None

    @property
    def actor(self) -> Actor:
        """As who they act."""
        return Actor(self.id, "caseworker", self.organisation, self.level)


@dataclass(frozen=True)
class StaffLogin:
    """A session of staff that holds."""

    staff: Staff
    authenticated_at: datetime


def id_of(session: Session, issuer: str, subject: str) -> str:
    """The id under which the log knows somebody of staff: theirs alone, and no way back to the account."""
    return f"staff:{vault.of(session).own_rows.text('staff', issuer, subject)}"


def begin(session: Session, staff: Staff, method: Method, authenticated_at: datetime, now: datetime) -> str:
    """Begin a session and return its token: 256 random bits, told once."""
    logins.sweep(session, now)
    token = secrets.token_urlsafe(32)
    box = vault.of(session).box(session, staff.id, now)
    session.add(
        LoginSession(
            token_hash=logins.mark(token),
            kind=KIND,
            staff_id=staff.id,
            organisation=staff.organisation,
            level=staff.level,
            key_version=box.version,
            sealed=box.seal(to_bytes(staff), NAMESPACE, logins.mark(token).hex()),
            method=method,
            authenticated_at=authenticated_at,
            created_at=now,
            seen_at=now,
            expires_at=now + logins.ABSOLUTE,
        ),
    )
    session.flush()  # found in the same transaction that began it
    return token


def find(session: Session, token: str, now: datetime) -> StaffLogin | None:
    """The session of a token; None when it is unknown, is a citizen's, has been idle too long or has ended."""
    row = session.get(LoginSession, logins.mark(token))
    if row is None or row.kind != KIND or not logins.holds(row, now):
        return None
    if row.staff_id is None or row.sealed is None or row.key_version is None:
        return None
    content = (
        vault.of(session)
        .box(session, row.staff_id, now)
        .open(row.sealed, row.key_version, NAMESPACE, row.token_hash.hex())
    )
    staff = from_bytes(content, row.staff_id, row.organisation or "", row.level or "")
    return StaffLogin(staff, row.authenticated_at)


def demand_covered(staff: Staff, template: str) -> None:
    """Raise NotAllowed unless the role covers this text; before anybody is looked up."""
    if staff.templates is not None and template not in staff.templates:
        raise errors.NotAllowed("Your role does not cover this text. Ask whoever gives out roles where you work.")


def to_bytes(staff: Staff) -> bytes:
    """What is kept sealed of somebody: their names and limits."""
    said = {
        "name": staff.name,
        "organisation_name": staff.organisation_name,
        "units": list(staff.units),
        "templates": None if staff.templates is None else sorted(staff.templates),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


def from_bytes(content: bytes, staff_id: str, organisation: str, level: str) -> Staff:
    """The same, with what stands beside it in clear."""
    said: Mapping[str, Any] = json.loads(content)
    return Staff(
        id=staff_id,
        organisation=organisation,
        level=level,
        name=said["name"],
        organisation_name=said["organisation_name"],
        units=tuple(said["units"]),
        templates=None if said["templates"] is None else frozenset(said["templates"]),
    )
