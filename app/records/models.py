"""The shelf: its rows, head and links, how fresh each source is, and the messages on their way to one."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Instant


class SpaceHead(Base):
    """The number of the last change on a citizen's shelf. Holding this row until commit *is* the order of changes.

    ``count`` and ``digest`` are of all items that are not removed: how many, and the XOR of their marks.
    """

    __tablename__ = "space_head"

    citizen_id: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(BigInteger)
    seq: Mapped[int] = mapped_column(BigInteger)
    chain: Mapped[bytes] = mapped_column(LargeBinary)
    floor: Mapped[int] = mapped_column(BigInteger)
    count: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class ShelfLink(Base):
    """The chain's value after a step of writing, so that a cursor of that number can be held against it.

    ``at`` is when it was written: removed items are forgotten by its age.
    """

    __tablename__ = "shelf_link"

    citizen_id: Mapped[str] = mapped_column(ForeignKey("space_head.citizen_id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    chain: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Instant, index=True)


class ShelfAlarm(Base):
    """An older backup was put back under a citizen's shelf, which a device noticed."""

    __tablename__ = "shelf_alarm"

    id: Mapped[str] = mapped_column(primary_key=True)
    citizen_id: Mapped[str] = mapped_column(index=True)
    raised_at: Mapped[datetime] = mapped_column(Instant)
    reopened_at: Mapped[datetime | None] = mapped_column(Instant)


class EndedEpoch(Base):
    """An epoch of a shelf that is over: the server ended it, or a device came from one that the backup lacks."""

    __tablename__ = "ended_epoch"

    citizen_id: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(BigInteger, primary_key=True)


class Item(Base):
    """One fact, sealed. ``key`` is a blind hash of the source's id, so that ids of sources do not stand in clear.

    ``mark`` is a keyed hash of what it says (app.records.marks); that of a removed item is empty.
    """

    __tablename__ = "item"
    __table_args__ = (Index(None, "citizen_id", "seq"),)

    citizen_id: Mapped[str] = mapped_column(ForeignKey("space_head.citizen_id"), primary_key=True)
    collection: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    deleted: Mapped[bool]
    key_version: Mapped[int]
    mark: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class SourceClock(Base):
    """When a source was last asked about a citizen, last answered, and since when it has not."""

    __tablename__ = "source_clock"

    citizen_id: Mapped[str] = mapped_column(ForeignKey("space_head.citizen_id"), primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    failing_since: Mapped[datetime | None] = mapped_column(Instant)


class Outgoing(Base):
    """A message of a citizen on its way: where it stands on the shelf, to whom it goes, and when to act next.

    ``next_at`` None: nothing more to do. What the message says is in its item, sealed.
    """

    __tablename__ = "outgoing"
    __table_args__ = (Index(None, "next_at"),)

    citizen_id: Mapped[str] = mapped_column(ForeignKey("space_head.citizen_id"), primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    receiver: Mapped[str]
    collection: Mapped[str]
    item_key: Mapped[str]
    status: Mapped[str]
    tries: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Instant)
    next_at: Mapped[datetime | None] = mapped_column(Instant)
