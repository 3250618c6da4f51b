"""The head of a shelf: read it, hold it, look a number's chain up, and forget what was removed long ago.

Invariant: a number at or above the floor has all its changes, removals too; below it a copy is filled anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from app.db.base import table_of
from app.db.session import Database
from app.records.models import Item, ShelfLink, SpaceHead

_HEAD = table_of(SpaceHead)
_SHELF_LINK = table_of(ShelfLink)
# How long a removed item leaves its number: a device that was away longer fills its copy anew.
KEPT = timedelta(days=30)

_COLUMNS = (
    _HEAD.c.citizen_id,
    _HEAD.c.epoch,
    _HEAD.c.seq,
    _HEAD.c.chain,
    _HEAD.c.floor,
    _HEAD.c.count,
    _HEAD.c.digest,
)
# Of one citizen, as nearly always, and of several in the order in which they are held.
_ONE = select(*_COLUMNS).where(_HEAD.c.citizen_id == bindparam("citizen"))
_SEVERAL = (
    select(*_COLUMNS).where(_HEAD.c.citizen_id.in_(bindparam("citizens", expanding=True))).order_by(_HEAD.c.citizen_id)
)
_HELD, _SEVERAL_HELD = _ONE.with_for_update(), _SEVERAL.with_for_update()
_POSITION = select(_HEAD.c.epoch, _HEAD.c.seq).where(_HEAD.c.citizen_id == bindparam("citizen"))
_LINKS = select(_SHELF_LINK.c.seq, _SHELF_LINK.c.chain).where(
    _SHELF_LINK.c.citizen_id == bindparam("citizen"), _SHELF_LINK.c.seq.in_(bindparam("numbers", expanding=True))
)


@dataclass(frozen=True)
class Head:
    """Where a shelf stands; ``digest`` is 16 bytes."""

    citizen_id: str
    epoch: int
    seq: int
    chain: bytes
    floor: int
    count: int
    digest: bytes


def read(session: Session, citizen_id: str) -> Head | None:
    """The head as it stands; None for nobody."""
    row = session.execute(_ONE, {"citizen": citizen_id}).one_or_none()
    return None if row is None else Head(*row)


def glance(database: Database, citizen_id: str) -> tuple[int, int] | None:
    """Epoch and number of the head as it stands, by a single look; None for nobody."""
    rows = database.look(_POSITION, {"citizen": citizen_id})
    return (rows[0][0], rows[0][1]) if rows else None


def lock(session: Session, citizen_ids: Iterable[str]) -> dict[str, Head]:
    """Hold these heads until the transaction ends, in the order of their citizens; those of nobody are left out."""
    asked = sorted(set(citizen_ids))
    if len(asked) == 1:
        rows = session.execute(_HELD, {"citizen": asked[0]})
    else:
        rows = session.execute(_SEVERAL_HELD, {"citizens": asked})
    return {row.citizen_id: Head(*row) for row in rows}


def links_at(session: Session, citizen_id: str, numbers: Iterable[int]) -> dict[int, bytes]:
    """The chain's value after the step that ended with each of these numbers, where one did and not too long ago."""
    asked = {"citizen": citizen_id, "numbers": sorted(numbers)}
    return {row.seq: row.chain for row in session.execute(_LINKS, asked)}


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
