"""Citizens, their numbers behind a blind index, their accounts at a login provider, and logins."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Instant


class Citizen(Base):
    """Somebody whose data may be here. The id is random and says nothing."""

    __tablename__ = "citizen"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class CitizenNumber(Base):
    """One number of a citizen: a keyed hash to look up by, and the number with its dates, sealed."""

    __tablename__ = "citizen_number"

    blind: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    citizen_id: Mapped[str] = mapped_column(ForeignKey("citizen.id"), index=True)
    key_version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class LoginSession(Base):
    """A login at a browser. Only hashes of its tokens are kept.

    ``kind`` is ``citizen`` or ``staff``: the check lets no session be both. Of staff it holds for which organisation
    they act and at which level, and their names, sealed.
    """

    __tablename__ = "login_session"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'citizen' AND citizen_id IS NOT NULL AND staff_id IS NULL AND organisation IS NULL "
            "AND level IS NULL AND sealed IS NULL) OR (kind = 'staff' AND citizen_id IS NULL "
            "AND staff_id IS NOT NULL AND organisation IS NOT NULL AND level IS NOT NULL "
            "AND key_version IS NOT NULL AND sealed IS NOT NULL)",
            name="kind",
        ),
    )

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    kind: Mapped[str]
    citizen_id: Mapped[str | None] = mapped_column(ForeignKey("citizen.id"), index=True)
    staff_id: Mapped[str | None] = mapped_column(index=True)
    organisation: Mapped[str | None]
    level: Mapped[str | None]
    key_version: Mapped[int | None]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    method: Mapped[str]
    authenticated_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class LoginAttempt(Base):
    """A browser that was sent to the provider and is not back yet. Once, and for a short time."""

    __tablename__ = "login_attempt"

    cookie_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    state_hash: Mapped[bytes] = mapped_column(LargeBinary)
    held_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    started_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Account(Base):
    """Somebody at a login provider: a keyed hash of issuer and subject. A citizen's account leads to a citizen.

    ``kind`` is ``citizen`` or ``staff``, for good: the check lets a row of staff lead to nobody.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'citizen' AND citizen_id IS NOT NULL) OR (kind = 'staff' AND citizen_id IS NULL)", name="kind"
        ),
    )

    blind: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    kind: Mapped[str]
    citizen_id: Mapped[str | None] = mapped_column(ForeignKey("citizen.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class CaseSystem(Base):
    """A program of an authority that asks for it. Only a hash of its secret is kept; its names are sealed."""

    __tablename__ = "case_system"

    id: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary)
    organisation: Mapped[str]
    key_version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class CaseSystemToken(Base):
    """What a case system shows with each question, for a short time. Only its hash is kept."""

    __tablename__ = "case_system_token"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    case_system_id: Mapped[str] = mapped_column(ForeignKey("case_system.id"))
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class DeviceRow(Base):
    """A citizen's device: its public keys, how far it has come, and its name, sealed.

    ``state`` is ``pending`` until it has proved its keys, then ``active``, and at last ``ended``. ``nonce_high`` is the
    highest counter that it used and ``nonce_seen`` which of the 64 below it, 8 bytes. ``low_mid``: acts up to it are
    not remembered any more.
    """

    __tablename__ = "device"
    __table_args__ = (CheckConstraint("state IN ('pending', 'active', 'ended')", name="state"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    citizen_id: Mapped[str] = mapped_column(ForeignKey("citizen.id"), index=True)
    suite: Mapped[str]
    seal_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_key: Mapped[bytes] = mapped_column(LargeBinary)
    key_version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str]
    challenge_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    enrolled_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    signed_in_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    wiped_at: Mapped[datetime | None] = mapped_column(Instant)
    nonce_high: Mapped[int] = mapped_column(BigInteger)
    nonce_seen: Mapped[bytes] = mapped_column(LargeBinary)
    low_mid: Mapped[int] = mapped_column(BigInteger)
