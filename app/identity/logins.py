"""Login sessions: begin, find and end them. Tokens are kept as hashes; a database that leaks logs nobody in."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.identity.models import LoginSession

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
# A session that was seen this recently is not written again, so that reading stays reading.
SEEN_RESOLUTION = timedelta(minutes=1)


@dataclass(frozen=True)
class Login:
    """A session that holds: whose it is."""

    citizen_id: str


def begin(session: Session, citizen_id: str, now: datetime) -> str:
    """Begin a session and return its token: 256 random bits, told once."""
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            token_hash=_hash(token), citizen_id=citizen_id, created_at=now, seen_at=now, expires_at=now + ABSOLUTE
        ),
    )
    return token


def find(session: Session, token: str, now: datetime) -> Login | None:
    """The login of a token, or None when it is unknown, has been idle too long or has ended."""
    row = session.get(LoginSession, _hash(token))
    if row is None or now >= row.expires_at or now - row.seen_at >= IDLE:
        return None
    if now - row.seen_at >= SEEN_RESOLUTION:
        row.seen_at = now
    return Login(row.citizen_id)


def end(session: Session, token: str) -> None:
    """End a session; an unknown one is ended already."""
    session.execute(delete(LoginSession).where(LoginSession.token_hash == _hash(token)))


def csrf_of(token: str) -> str:
    """The token that state-changing requests of this session must carry; a page of another origin cannot know it."""
    return hashlib.sha256(b"csrf " + token.encode()).hexdigest()


def _hash(token: str) -> bytes:
    return hashlib.sha256(b"session " + token.encode()).digest()
