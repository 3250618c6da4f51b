"""The keys that sign: made, retired and published. The private part is sealed under the installation's keys."""

import hashlib
import hmac
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import errors
from app.vault import compact, envelope
from app.vault import service as vault
from app.vault.models import SigningKey

COORDINATE = 32
MISSING = "There is no key to sign with. Run: naerblik db upgrade"


@dataclass(frozen=True)
class PublicKey:
    """A key to verify with: its id (RFC 7638 thumbprint), the point on P-256 (32 bytes each), and its time."""

    kid: str
    x: bytes
    y: bytes
    created_at: datetime
    retired_at: datetime | None

    def jwk(self) -> dict[str, str]:
        """The key as RFC 7517 writes it."""
        return {**_point(self.x, self.y), "kid": self.kid, "alg": "ES256", "use": "sig"}


def prepare(session: Session, now: datetime) -> str:
    """The id of the key that signs; the first use of an installation makes it. Needs the vault in the session."""
    kid = _active(session)
    if kid is not None:
        return kid
    try:
        with session.begin_nested():
            return _add(session, now)
    except IntegrityError:
        # Another process made it at the same instant; theirs is as good.
        return demand_active(session)


def rotate(session: Session, now: datetime) -> str:
    """Make a new key and retire the present one for good: its private part is gone, its public part stays.

    Returns the new key's id. Of two rotations at once, the second waits and retires the key of the first.
    """
    locked = select(SigningKey).where(SigningKey.active.is_(True)).with_for_update()
    standing = session.scalars(locked).one_or_none()
    while standing is None and _active(session) is not None:
        # Who was waited for has retired the key that was asked for; theirs is seen only by asking again.
        standing = session.scalars(locked).one_or_none()
    if standing is not None:
        standing.active, standing.sealed, standing.retired_at = None, None, now
        session.flush()  # the place of the active key must be free before the next one takes it
    return _add(session, now)


def demand_active(session: Session) -> str:
    """The id of the key that signs. Raises NotReady when there is none."""
    kid = _active(session)
    if kid is None:
        raise errors.NotReady(MISSING)
    return kid


def private_jwk(session: Session) -> dict[str, str]:
    """The key that signs with its secret, for one signature; only the vault may ask. Raises NotReady without one."""
    row = session.scalars(select(SigningKey).where(SigningKey.active.is_(True))).one_or_none()
    if row is None or row.sealed is None:
        raise errors.NotReady(MISSING)
    provider = vault.of(session).provider
    secret = provider.unwrap(row.kek_id, row.sealed, _place(row.kid))
    return {**_point(row.x, row.y), "kid": row.kid, "d": compact.encode(secret)}


def public_keys(session: Session) -> list[PublicKey]:
    """All keys that sign or have signed here, the oldest first. A row that was not made here is left out, and told."""
    rows = session.scalars(select(SigningKey).order_by(SigningKey.created_at, SigningKey.kid)).all()
    ours = [row for row in rows if hmac.compare_digest(row.tag, _tag(session, row.kid, row.x, row.y))]
    if len(ours) < len(rows):
        logging.getLogger(__name__).warning("A signing key in the database was not made here; it is not published.")
    return [PublicKey(row.kid, row.x, row.y, row.created_at, row.retired_at) for row in ours]


def key_set(keys: Sequence[PublicKey]) -> dict[str, list[dict[str, str]]]:
    """The keys as a JWK Set, RFC 7517."""
    return {"keys": [key.jwk() for key in keys]}


def thumbprint(jwk: Mapping[str, str]) -> str:
    """The SHA-256 thumbprint of an EC key, RFC 7638."""
    members = {name: jwk[name] for name in ("crv", "kty", "x", "y")}
    canonical = json.dumps(members, separators=(",", ":"), sort_keys=True)
    return compact.encode(hashlib.sha256(canonical.encode()).digest())


def _active(session: Session) -> str | None:
    return session.scalar(select(SigningKey.kid).where(SigningKey.active.is_(True)))


def _add(session: Session, now: datetime) -> str:
    # Loaded only where a key is made, which a start does not.
    from cryptography.hazmat.primitives.asymmetric import ec

    secret = ec.generate_private_key(ec.SECP256R1())
    numbers = secret.private_numbers()
    x, y = (each.to_bytes(COORDINATE, "big") for each in (numbers.public_numbers.x, numbers.public_numbers.y))
    kid = thumbprint(_point(x, y))
    provider = vault.of(session).provider
    kek_id = provider.current()
    sealed = provider.wrap(kek_id, numbers.private_value.to_bytes(COORDINATE, "big"), _place(kid))
    tag = _tag(session, kid, x, y)
    session.add(SigningKey(kid=kid, active=True, x=x, y=y, tag=tag, kek_id=kek_id, sealed=sealed, created_at=now))
    session.flush()  # whoever signs next in this transaction looks for it
    return kid


def _point(x: bytes, y: bytes) -> dict[str, str]:
    return {"kty": "EC", "crv": "P-256", "x": compact.encode(x), "y": compact.encode(y)}


def _tag(session: Session, kid: str, x: bytes, y: bytes) -> bytes:
    return vault.of(session).own_rows.of("signing key", kid, x, y)


def _place(kid: str) -> bytes:
    return envelope.context("signing key", kid)
