"""The head of a shelf: read it, hold it, look a number's chain up, begin a new epoch, forget what was long removed.

Invariant: a number at or above the floor has all its changes, removals too; below it a copy is filled anew.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Executable, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from app.records.models import Item, ShelfAlarm, ShelfLink, SpaceHead

# How long a removed item leaves its number: a device that was away longer fills its copy anew.
KEPT = timedelta(days=30)

_COLUMNS = (
    SpaceHead.citizen_id,
    SpaceHead.epoch,
    SpaceHead.seq,
    SpaceHead.chain,
    SpaceHead.floor,
    SpaceHead.count,
    SpaceHead.digest,
    SpaceHead.closed_at,
)
_HEADS = (
    select(*_COLUMNS)
    .where(SpaceHead.citizen_id.in_(bindparam("citizens", expanding=True)))
    .order_by(SpaceHead.citizen_id)
)
_HELD = _HEADS.with_for_update()
_LINK = select(ShelfLink.chain).where(
    ShelfLink.citizen_id == bindparam("citizen"), ShelfLink.seq == bindparam("number")
)


@dataclass(frozen=True)
class Head:
    """Where a shelf stands; ``digest`` is 16 bytes, ``closed_at`` None unless others are shut out after a restore."""

    citizen_id: str
    epoch: int
    seq: int
    chain: bytes
    floor: int
    count: int
    digest: bytes
    closed_at: datetime | None


@dataclass(frozen=True)
class Alarm:
    """An older backup was noticed under a citizen's shelf at ``raised_at``; ``reopened_at`` None: still closed."""

    citizen_id: str
    raised_at: datetime
    reopened_at: datetime | None


def read(session: Session, citizen_id: str) -> Head | None:
    """The head as it stands; None for nobody."""
    return next(iter(_read(session, _HEADS, [citizen_id])), None)


def lock(session: Session, citizen_ids: Iterable[str]) -> dict[str, Head]:
    """Hold these heads until the transaction ends, in the order of their citizens; those of nobody are left out."""
    return {head.citizen_id: head for head in _read(session, _HELD, sorted(set(citizen_ids)))}


def link_at(session: Session, citizen_id: str, seq: int) -> bytes | None:
    """The chain's value after the step that ended with this number; None when none did, or it is long ago."""
    return session.scalar(_LINK, {"citizen": citizen_id, "number": seq})


def begin_epoch(session: Session, citizen_id: str, now: datetime) -> int:
    """Begin a new epoch, shut others out and leave an alarm: an older backup was put back. Returns the new epoch."""
    epoch = secrets.randbits(63)
    session.execute(
        update(SpaceHead)
        .where(SpaceHead.citizen_id == citizen_id)
        .values(epoch=epoch, closed_at=func.coalesce(SpaceHead.closed_at, now)),
    )
    session.add(ShelfAlarm(id=secrets.token_hex(16), citizen_id=citizen_id, raised_at=now, reopened_at=None))
    session.flush()  # whoever reads the alarms in this transaction sees it
    return epoch


def reopen(session: Session, citizen_id: str, now: datetime) -> bool:
    """Let others in again: the citizen's own device has told what it knows. False when they were not shut out."""
    was_closed = update(SpaceHead).where(SpaceHead.citizen_id == citizen_id, SpaceHead.closed_at.is_not(None))
    if session.scalar(was_closed.values(closed_at=None).returning(SpaceHead.citizen_id)) is None:
        return False
    raised = update(ShelfAlarm).where(ShelfAlarm.citizen_id == citizen_id, ShelfAlarm.reopened_at.is_(None))
    session.execute(raised.values(reopened_at=now))
    return True


def closed(session: Session) -> list[str]:
    """Whose shelves are closed to others, sorted."""
    return list(
        session.scalars(
            select(SpaceHead.citizen_id).where(SpaceHead.closed_at.is_not(None)).order_by(SpaceHead.citizen_id)
        )
    )


def read_alarms(session: Session) -> list[Alarm]:
    """Every alarm, the newest first."""
    rows = session.scalars(select(ShelfAlarm).order_by(ShelfAlarm.raised_at.desc(), ShelfAlarm.id))
    return [Alarm(row.citizen_id, row.raised_at, row.reopened_at) for row in rows]


def due_for_sweep(session: Session, now: datetime, limit: int) -> list[str]:
    """Citizens whose shelf has links that are older than what is kept and lie above its floor, at most ``limit``."""
    old = (
        select(ShelfLink.citizen_id)
        .join(SpaceHead, SpaceHead.citizen_id == ShelfLink.citizen_id)
        .where(ShelfLink.at < now - KEPT, ShelfLink.seq > SpaceHead.floor)
        .distinct()
        .limit(limit)
    )
    return list(session.scalars(old))


def sweep(session: Session, citizen_id: str, now: datetime) -> int:
    """Forget what was removed longer ago than is kept, and raise the floor to it; returns the floor."""
    head = lock(session, [citizen_id]).get(citizen_id)
    if head is None:
        return 0
    old = select(func.max(ShelfLink.seq)).where(ShelfLink.citizen_id == citizen_id, ShelfLink.at < now - KEPT)
    floor = max(session.scalar(old) or 0, head.floor)
    if floor > head.floor:
        session.execute(
            delete(Item).where(Item.citizen_id == citizen_id, Item.deleted.is_(True), Item.seq <= floor),
        )
        session.execute(delete(ShelfLink).where(ShelfLink.citizen_id == citizen_id, ShelfLink.seq < floor))
        session.execute(update(SpaceHead).where(SpaceHead.citizen_id == citizen_id).values(floor=floor))
    return floor


def _read(session: Session, asked: Executable, citizen_ids: Sequence[str]) -> list[Head]:
    rows = session.execute(asked, {"citizens": [*citizen_ids]}).all()
    return [Head(*row) for row in rows]
