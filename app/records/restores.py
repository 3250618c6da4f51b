"""An older backup was put back under a shelf: begin a new epoch, close it to others, leave an alarm, open it again.

Invariant: a shelf is closed while an item says so, so that whoever decides about access reads it with the consents, in
the statement that they need anyway, and devices are told of it as of any other item.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.db.base import table_of
from app.records import heads, writing
from app.records.item import Put, Remove
from app.records.models import EndedEpoch, ShelfAlarm, SpaceHead

_ALARM = table_of(ShelfAlarm)
RESTORE = "restore"
_ID = "closed"
# Asked of one citizen: when a whole database was put back, everybody's shelf is closed. Built once: every pull asks it.
_CLOSED = (
    select(_ALARM.c.id).where(_ALARM.c.citizen_id == bindparam("citizen"), _ALARM.c.reopened_at.is_(None)).limit(1)
)


@dataclass(frozen=True)
class Alarm:
    """An older backup was noticed under a citizen's shelf at ``raised_at``; ``reopened_at`` None: still closed."""

    citizen_id: str
    raised_at: datetime
    reopened_at: datetime | None


def begin_epoch(session: Session, citizen_id: str, now: datetime, strange: Iterable[int] = ()) -> int:
    """Begin a new epoch, close the shelf and leave an alarm; returns the new epoch.

    ``strange`` are epochs that a device showed and the backup does not know: they are over too, so that the next device
    which comes from one is no news. A shelf that is closed already stays closed since then.
    """
    epoch = secrets.randbits(63)
    ended = heads.lock(session, [citizen_id])[citizen_id].epoch
    if not is_closed(session, citizen_id):
        content = {"closed_at": now.isoformat()}
        writing.write(session, citizen_id, [Put(RESTORE, _ID, "self", content)], now)
    session.execute(update(SpaceHead).where(SpaceHead.citizen_id == citizen_id).values(epoch=epoch))
    over = [{"citizen_id": citizen_id, "epoch": each} for each in sorted({ended, *strange})]
    session.execute(insert(EndedEpoch), over)
    session.add(ShelfAlarm(id=secrets.token_hex(16), citizen_id=citizen_id, raised_at=now, reopened_at=None))
    session.flush()  # whoever reads the alarms in this transaction sees it
    return epoch


def reopen(session: Session, citizen_id: str, now: datetime) -> bool:
    """Let others in again: the citizen's own device has told what it knows. False when it was not closed."""
    was_closed = bool(writing.write(session, citizen_id, [Remove(RESTORE, _ID)], now))
    raised = update(ShelfAlarm).where(ShelfAlarm.citizen_id == citizen_id, ShelfAlarm.reopened_at.is_(None))
    session.execute(raised.values(reopened_at=now))
    return was_closed


def closed(session: Session) -> list[str]:
    """Whose shelves are closed to others, sorted."""
    standing = select(ShelfAlarm.citizen_id).where(ShelfAlarm.reopened_at.is_(None)).distinct()
    return list(session.scalars(standing.order_by(ShelfAlarm.citizen_id)))


def read_alarms(session: Session) -> list[Alarm]:
    """Every alarm, the newest first."""
    rows = session.scalars(select(ShelfAlarm).order_by(ShelfAlarm.raised_at.desc(), ShelfAlarm.id))
    return [Alarm(row.citizen_id, row.raised_at, row.reopened_at) for row in rows]


def was_ended(session: Session, citizen_id: str, epoch: int) -> bool:
    """Whether the server knows that this epoch of a shelf is over, having noticed a restore."""
    return session.get(EndedEpoch, (citizen_id, epoch)) is not None


def is_closed(session: Session, citizen_id: str) -> bool:
    """Whether a restore was noticed under a shelf and nobody has confirmed it yet."""
    return session.scalar(_CLOSED, {"citizen": citizen_id}) is not None
