"""What devices hold and did: a row for each copy on a device, and one for each act with its outcome."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Instant


class Replica(Base):
    """One citizen's copy on one device, as it was last told.

    ``number`` is the copy's highest number in this ``epoch``. ``wipe_at`` is since when the device is to destroy it;
    the row goes when the device has confirmed that it did.
    """

    __tablename__ = "replica"

    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    citizen_id: Mapped[str] = mapped_column(ForeignKey("citizen.id"), primary_key=True, index=True)
    relation: Mapped[str]
    gen: Mapped[str]
    epoch: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int] = mapped_column(BigInteger)
    lease_until: Mapped[datetime] = mapped_column(Instant)
    told_at: Mapped[datetime] = mapped_column(Instant)
    wipe_at: Mapped[datetime | None] = mapped_column(Instant)


class Applied(Base):
    """An act of a device about ``space``, and its outcome. ``payload_hash`` is of what it said."""

    __tablename__ = "applied"

    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    mid: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    space: Mapped[str]
    payload_hash: Mapped[bytes] = mapped_column(LargeBinary)
    outcome: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(Instant, index=True)
