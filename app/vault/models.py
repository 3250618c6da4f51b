"""Wrapped data keys, in a table of their own so that backups can keep them for a shorter time; and signing keys."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Instant


class DataKey(Base):
    """One version of a citizen's data key, wrapped. Without its rows nothing sealed of the citizen opens again."""

    __tablename__ = "data_key"

    citizen_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    kek_id: Mapped[str]
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)


class SigningKey(Base):
    """A key that signs, or has signed: P-256, for ES256. One row has ``active``, the others are ``retired_at`` a time.

    The public part stays for ever; ``sealed``, the private part, goes when the key retires. ``tag`` shows that the row
    was made here: without it whoever writes to the database could have a key of their own published.
    """

    __tablename__ = "signing_key"
    # NULL differs from NULL, so any number of rows may be inactive and one active.
    __table_args__ = (
        UniqueConstraint("active"),
        CheckConstraint(
            "(active IS NOT NULL AND active AND sealed IS NOT NULL AND retired_at IS NULL) "
            "OR (active IS NULL AND sealed IS NULL AND retired_at IS NOT NULL)",
            name="active",
        ),
    )

    kid: Mapped[str] = mapped_column(primary_key=True)
    active: Mapped[bool | None]
    x: Mapped[bytes] = mapped_column(LargeBinary)
    y: Mapped[bytes] = mapped_column(LargeBinary)
    tag: Mapped[bytes] = mapped_column(LargeBinary)
    kek_id: Mapped[str]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)
    retired_at: Mapped[datetime | None] = mapped_column(Instant)
