"""Attempts to log in at the provider: one secret in the browser's cookie, and of it only hashes here.

State, nonce and PKCE verifier are derived from that secret, each by a way that does not lead back, so nothing that
an attempt needs has to be stored, and a callback holds only at the browser that began it.
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import errors
from app.identity import logins
from app.identity.models import LoginAttempt

LASTS = timedelta(minutes=10)
SWEPT_AT_ONCE = 100

# Through which door: an attempt that was begun at one can never be finished at the other.
Door = Literal["citizen", "staff"]

EXPIRED = "The login took too long, or was finished before. Try again."
NOT_OURS = "This login was not begun at this browser. Try again."


@dataclass(frozen=True)
class Attempt:
    """One attempt: its secrets, where the person wanted to go, and whether they must show anew who they are.

    ``held`` is the mark of the session that the browser had when it began; ``door`` whether staff log in, or citizens.
    """

    secret: str
    return_to: str
    fresh: bool
    started_at: datetime
    held: bytes | None = None
    door: Door = "citizen"

    @property
    def state(self) -> str:
        """Comes back with the person."""
        return self._derived("state")

    @property
    def nonce(self) -> str:
        """Comes back in the ID token."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """PKCE's: shows the provider that who redeems the code is who asked for it."""
        return self._derived("verifier")

    @property
    def cookie(self) -> str:
        """What the browser keeps. Where to go rides along, and the hash here holds it fast."""
        wanted = json.dumps([self.return_to, self.fresh, self.door], ensure_ascii=False).encode()
        return f"{self.secret}.{base64.urlsafe_b64encode(wanted).decode().rstrip('=')}"

    def _derived(self, purpose: str) -> str:
        made = hmac.new(self.secret.encode(), f"{self.door} login {purpose}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made).decode().rstrip("=")


def new(return_to: str, *, fresh: bool, held: str | None, now: datetime, door: Door = "citizen") -> Attempt:
    """A new attempt, not yet recorded. ``held`` is the session token that the browser has, to be ended by the login."""
    marked = logins.mark(held) if held else None
    return Attempt(secrets.token_urlsafe(32), return_to, fresh, now, marked, door)


def record(session: Session, attempt: Attempt) -> None:
    """Record an attempt, so that it can be finished once; expired ones are cleared away."""
    _sweep(session, attempt.started_at)
    session.add(
        LoginAttempt(
            cookie_hash=_hash("cookie", attempt.cookie),
            state_hash=_hash("state", attempt.state),
            held_hash=attempt.held,
            started_at=attempt.started_at,
            expires_at=attempt.started_at + LASTS,
        ),
    )


def take(session: Session, cookie: str, state: str, now: datetime, door: Door = "citizen") -> Attempt:
    """Finish an attempt: it is gone afterwards, once this transaction is committed.

    Raises LoginFailed: ``expired`` when there is none (any more) for this cookie, ``refused`` when the state is not its
    own or it was begun at the other door; then it stays, for whoever made that up must not end it.
    """
    cookie_hash = _hash("cookie", cookie)
    taken = session.execute(
        delete(LoginAttempt)
        .where(
            LoginAttempt.cookie_hash == cookie_hash,
            LoginAttempt.state_hash == _hash("state", state),
            LoginAttempt.expires_at > now,
        )
        .returning(LoginAttempt.started_at, LoginAttempt.held_hash),
    ).one_or_none()
    if taken is None:
        running = select(LoginAttempt.started_at).where(
            LoginAttempt.cookie_hash == cookie_hash, LoginAttempt.expires_at > now
        )
        if session.scalar(running) is None:
            raise errors.LoginFailed("expired", EXPIRED)
        raise errors.LoginFailed("refused", NOT_OURS)
    secret, _, rest = cookie.partition(".")
    return_to, fresh, begun_at = json.loads(base64.urlsafe_b64decode(rest + "=" * (-len(rest) % 4)))
    if begun_at != door:
        raise errors.LoginFailed("refused", NOT_OURS)
    return Attempt(secret, return_to, fresh, taken.started_at, taken.held_hash, door)


def _sweep(session: Session, now: datetime) -> None:
    expired = session.scalars(
        select(LoginAttempt.cookie_hash)
        .where(LoginAttempt.expires_at <= now)
        .limit(SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True),
    ).all()
    session.execute(delete(LoginAttempt).where(LoginAttempt.cookie_hash.in_(expired)))


def _hash(purpose: str, value: str) -> bytes:
    return hashlib.sha256(f"login {purpose} {value}".encode(errors="replace")).digest()
