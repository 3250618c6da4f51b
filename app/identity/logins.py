"""Login sessions: begin, find and end them. Tokens are kept as hashes; a database that leaks logs nobody in."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import errors
from app.grant import Grant
from app.identity.models import LoginSession

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
# A session that was seen this recently is not written again, so that reading stays reading.
SEEN_RESOLUTION = timedelta(minutes=1)
# How recently somebody must have shown who they are for what a lost, open phone must not do.
FRESH = timedelta(minutes=5)
# Ended sessions that one login clears away: enough to keep up, few enough that nobody waits.
SWEPT_AT_ONCE = 100

Method = Literal["demo", "oidc"]
CITIZEN = "citizen"


@dataclass(frozen=True)
class Login:
    """A session that holds: whose it is, and how and when they showed who they are."""

    citizen_id: str
    method: Method
    authenticated_at: datetime


def begin(session: Session, grant: Grant, method: Method, authenticated_at: datetime) -> str:
    """Begin a session under a grant for login:begin and return its token: 256 random bits, told once."""
    if grant.action != "login:begin":
        raise errors.NotAllowed("This access does not cover a login.")
    sweep(session, grant.at)
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            token_hash=mark(token),
            kind=CITIZEN,
            citizen_id=grant.citizen_id,
            method=method,
            authenticated_at=authenticated_at,
            created_at=grant.at,
            seen_at=grant.at,
            expires_at=grant.at + ABSOLUTE,
        ),
    )
    session.flush()  # found in the same transaction that began it
    return token


def find(session: Session, token: str, now: datetime) -> Login | None:
    """The citizen's login of a token; None when it is unknown, is staff's, has been idle too long or has ended."""
    row = session.get(LoginSession, mark(token))
    if row is None or row.kind != CITIZEN or row.citizen_id is None or not holds(row, now):
        return None
    return Login(row.citizen_id, cast("Method", row.method), row.authenticated_at)


def holds(row: LoginSession, now: datetime) -> bool:
    """Whether a session has neither ended nor been idle too long; one that holds was seen now."""
    if now >= row.expires_at or now - row.seen_at >= IDLE:
        return False
    if now - row.seen_at >= SEEN_RESOLUTION:
        row.seen_at = now
    return True


def is_fresh(login: Login, now: datetime) -> bool:
    """Whether the citizen showed who they are so recently that even what is hard to undo may follow."""
    return now - login.authenticated_at <= FRESH


def end(session: Session, token: str) -> None:
    """End a session; an unknown one is ended already."""
    end_marked(session, mark(token))


def end_marked(session: Session, marked: bytes) -> None:
    """End the session whose token has this mark."""
    session.execute(delete(LoginSession).where(LoginSession.token_hash == marked))


def end_all(session: Session, citizen_id: str) -> None:
    """End all of a citizen's sessions, at every browser."""
    session.execute(delete(LoginSession).where(LoginSession.citizen_id == citizen_id))


def sweep(session: Session, now: datetime) -> None:
    """Clear away some of the sessions that have ended by themselves."""
    # Rows that another login is clearing away are left to it: two that wait for each other would both fail.
    ended = session.scalars(
        select(LoginSession.token_hash)
        .where(LoginSession.expires_at <= now)
        .limit(SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True),
    ).all()
    session.execute(delete(LoginSession).where(LoginSession.token_hash.in_(ended)))


def mark(token: str) -> bytes:
    """What the database knows a token by."""
    return hashlib.sha256(b"session " + token.encode()).digest()


def csrf_of(token: str) -> str:
    """The token that state-changing requests of this session must carry; a page of another origin cannot know it."""
    return hashlib.sha256(b"csrf " + token.encode()).hexdigest()
