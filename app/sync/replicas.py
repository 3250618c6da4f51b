"""Which device holds a copy of whom, as it was last told, and which are to be destroyed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.db.base import table_of
from app.sync.models import Replica

_REPLICA = table_of(Replica)
# Built once, as every pull says them.
_HELD_BY = select(
    _REPLICA.c.citizen_id,
    _REPLICA.c.gen,
    _REPLICA.c.epoch,
    _REPLICA.c.number,
    _REPLICA.c.lease_until,
    _REPLICA.c.wipe_at.is_not(None),
).where(_REPLICA.c.device_id == bindparam("device"))
_TOLD: dict[str, Any] = {
    "relation": bindparam("new_relation"),
    "gen": bindparam("new_gen"),
    "epoch": bindparam("new_epoch"),
    "number": bindparam("new_number"),
    "lease_until": bindparam("new_lease"),
    "told_at": bindparam("new_told"),
    "wipe_at": None,
}
_TELL = (
    update(_REPLICA)
    .where(_REPLICA.c.device_id == bindparam("device"), _REPLICA.c.citizen_id == bindparam("citizen"))
    .values(**_TOLD)
)
_TELL_FIRST = insert(_REPLICA).values(device_id=bindparam("device"), citizen_id=bindparam("citizen"), **_TOLD)


@dataclass(frozen=True)
class Held:
    """A copy on a device. ``number`` is the highest that it had in ``epoch``; ``is_to_go``: it is to be destroyed."""

    space: str
    gen: str
    epoch: int
    number: int
    lease_until: datetime
    is_to_go: bool


def held_by(session: Session, device_id: str) -> dict[str, Held]:
    """The copies on a device by their space."""
    return {row.citizen_id: Held(*row) for row in session.execute(_HELD_BY, {"device": device_id})}


def record(session: Session, device_id: str, held: Held, relation: str, now: datetime) -> None:
    """Keep what a device was just told of a copy, which it is not to destroy any more."""
    told = {
        "device": device_id,
        "citizen": held.space,
        "new_relation": relation,
        "new_gen": held.gen,
        "new_epoch": held.epoch,
        "new_number": held.number,
        "new_lease": held.lease_until,
        "new_told": now,
    }
    changed = session.execute(_TELL, told)
    if not changed.rowcount:  # type: ignore[attr-defined]  # a statement that changes rows counts them
        session.execute(_TELL_FIRST, told)


def order_wipe(session: Session, device_id: str, space: str, now: datetime) -> None:
    """The device is to destroy its copy of this space, since the first time that it was told."""
    place = (_REPLICA.c.device_id == device_id, _REPLICA.c.citizen_id == space, _REPLICA.c.wipe_at.is_(None))
    session.execute(update(_REPLICA).where(*place).values(wipe_at=now))


def confirm_wiped(session: Session, device_id: str, wiped: Iterable[tuple[str, str]]) -> None:
    """The device has destroyed these copies, each named by its space and gen; one that it got anew since stays."""
    for space, gen in wiped:
        place = (_REPLICA.c.device_id == device_id, _REPLICA.c.citizen_id == space, _REPLICA.c.gen == gen)
        session.execute(delete(_REPLICA).where(*place, _REPLICA.c.wipe_at.is_not(None)))


def locks_at(session: Session, device_ids: Iterable[str]) -> dict[str, datetime]:
    """When the last copy on each of these devices locks by itself, if nothing is heard of it before; by device."""
    asked = (
        select(Replica.device_id, func.max(Replica.lease_until))
        .where(Replica.device_id.in_(sorted(device_ids)))
        .group_by(Replica.device_id)
    )
    return {row[0]: row[1] for row in session.execute(asked)}
