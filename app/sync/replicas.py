"""Which device holds a copy of whom, as it was last told, and which are to be destroyed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.sync.models import Replica

# The rows that a statement changes are none that the session holds: it need not look for them.
_UNSEEN = {"synchronize_session": False}


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
    asked = select(
        Replica.citizen_id,
        Replica.gen,
        Replica.epoch,
        Replica.number,
        Replica.lease_until,
        Replica.wipe_at.is_not(None),
    ).where(Replica.device_id == device_id)
    return {row.citizen_id: Held(*row) for row in session.execute(asked)}


def record(session: Session, device_id: str, held: Held, relation: str, now: datetime) -> None:
    """Keep what a device was just told of a copy, which it is not to destroy any more."""
    values = {
        "relation": relation,
        "gen": held.gen,
        "epoch": held.epoch,
        "number": held.number,
        "lease_until": held.lease_until,
        "told_at": now,
        "wipe_at": None,
    }
    place = (Replica.device_id == device_id, Replica.citizen_id == held.space)
    changed = session.execute(update(Replica).where(*place).values(**values), execution_options=_UNSEEN)
    if not changed.rowcount:  # type: ignore[attr-defined]  # a statement that changes rows counts them
        session.execute(insert(Replica).values(device_id=device_id, citizen_id=held.space, **values))


def order_wipe(session: Session, device_id: str, space: str, now: datetime) -> None:
    """The device is to destroy its copy of this space, since the first time that it was told."""
    place = (Replica.device_id == device_id, Replica.citizen_id == space, Replica.wipe_at.is_(None))
    session.execute(update(Replica).where(*place).values(wipe_at=now), execution_options=_UNSEEN)


def confirm_wiped(session: Session, device_id: str, wiped: Iterable[tuple[str, str]]) -> None:
    """The device has destroyed these copies, each named by its space and gen; one that it got anew since stays."""
    for space, gen in wiped:
        place = (Replica.device_id == device_id, Replica.citizen_id == space, Replica.gen == gen)
        session.execute(delete(Replica).where(*place, Replica.wipe_at.is_not(None)), execution_options=_UNSEEN)


def locks_at(session: Session, device_ids: Iterable[str]) -> dict[str, datetime]:
    """When the last copy on each of these devices locks by itself, if nothing is heard of it before; by device."""
    asked = (
        select(Replica.device_id, func.max(Replica.lease_until))
        .where(Replica.device_id.in_(sorted(device_ids)))
        .group_by(Replica.device_id)
    )
    return {row[0]: row[1] for row in session.execute(asked)}
