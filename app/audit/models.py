"""The log's rows: one head per citizen that orders and locks, and one sealed entry per access."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Instant


class SubjectHead(Base):
    """How many entries a citizen's log has and the hash of its last one. Its row is the citizen's lock."""

    __tablename__ = "subject_head"

    citizen_id: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)
    head: Mapped[bytes] = mapped_column(LargeBinary)


class AccessEntryRow(Base):
    """One entry: sealed text, and in clear only what the chain and its order need."""

    __tablename__ = "access_entry"
    __table_args__ = (UniqueConstraint("citizen_id", "nonce"),)

    citizen_id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    nonce: Mapped[str]
    key_version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    prev: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
