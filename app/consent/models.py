"""The rows of consent: its events, never changed; the requests of authorities; and what caseworkers asked."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Instant


class ConsentEventRow(Base):
    """One event: what it says and its receipt, sealed; in clear only what its order and its chain need."""

    __tablename__ = "consent_event"
    __table_args__ = (UniqueConstraint("citizen_id", "id"),)

    citizen_id: Mapped[str] = mapped_column(ForeignKey("citizen.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str]
    key_version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    receipt: Mapped[bytes] = mapped_column(LargeBinary)
    prev: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class ConsentGrantee(Base):
    """That a citizen once granted something to a person: where to look for what that person may see now."""

    __tablename__ = "consent_grantee"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    citizen_id: Mapped[str] = mapped_column(primary_key=True)


class ConsentRequestRow(Base):
    """What an authority asks a citizen, sealed, and whether it was answered."""

    __tablename__ = "consent_request"

    citizen_id: Mapped[str] = mapped_column(ForeignKey("citizen.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    key_version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)


class ConsentQuestionRow(Base):
    """What a caseworker asked, sealed for them; ``asker`` and ``person`` are marks that lead to nobody."""

    __tablename__ = "consent_question"
    __table_args__ = (Index(None, "asker", "asked_at"),)

    asker: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str]
    key_version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime] = mapped_column(Instant)


class VolumeAlarmRow(Base):
    """Somebody asked unusually much: who, for which organisation, and how much; never about whom."""

    __tablename__ = "volume_alarm"

    id: Mapped[str] = mapped_column(primary_key=True)
    actor: Mapped[str] = mapped_column(index=True)
    organisation: Mapped[str]
    raised_at: Mapped[datetime] = mapped_column(Instant)
    people: Mapped[int]
    noes: Mapped[int]
