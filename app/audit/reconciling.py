"""Hold the counter of every log against its rows, once a day, and raise an alarm where they differ.

Every access moves the counter of the citizen's log (``subject_head``) in the transaction in which it is logged; so of
each log counter, entries and leaves in the tree must agree. What was changed inside an entry only `log verify` finds.
While an alarm stands, nothing of the log is forgotten.
"""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from app.audit.models import AccessEntryRow, LogAlarm, LogLeaf, SubjectHead
from app.db.base import table_of
from app.db.session import Database

_HEAD, _ENTRY, _LEAF = table_of(SubjectHead), table_of(AccessEntryRow), table_of(LogLeaf)


@dataclass(frozen=True)
class Difference:
    """A log that should have so many rows, and how many it has."""

    citizen_id: str
    counted: int
    found: int


@dataclass(frozen=True)
class Alarm(Difference):
    """That it was noticed at ``raised_at``; ``settled_at`` None: it still is so."""

    raised_at: datetime
    settled_at: datetime | None


def reconcile(database: Database, now: datetime) -> int:
    """Raise an alarm for each log that differs and has none, settle those that agree again; returns how many differ."""
    with database.snapshot() as session:
        differing = {each.citizen_id: each for each in _differences(session)}
    with database.transaction() as session:
        standing = set(session.scalars(select(LogAlarm.citizen_id).where(LogAlarm.settled_at.is_(None))))
        for citizen_id in sorted(differing.keys() - standing):
            row = differing[citizen_id]
            session.add(
                LogAlarm(
                    id=secrets.token_hex(16),
                    citizen_id=citizen_id,
                    raised_at=now,
                    counted=row.counted,
                    found=row.found,
                    settled_at=None,
                )
            )
        for citizen_id in standing - differing.keys():
            of_theirs = update(LogAlarm).where(LogAlarm.citizen_id == citizen_id, LogAlarm.settled_at.is_(None))
            session.execute(of_theirs.values(settled_at=now))
    if differing:
        logging.getLogger(__name__).warning(
            "Access logs have other entries than were counted: %d. See: naerblik alarms", len(differing)
        )
    return len(differing)


def is_alarmed(session: Session) -> bool:
    """Whether an alarm stands, so that nothing of the log is to be forgotten."""
    return session.scalar(select(LogAlarm.id).where(LogAlarm.settled_at.is_(None)).limit(1)) is not None


def read_alarms(session: Session) -> list[Alarm]:
    """Every alarm, the newest first."""
    rows = session.scalars(select(LogAlarm).order_by(LogAlarm.raised_at.desc(), LogAlarm.id))
    return [Alarm(each.citizen_id, each.counted, each.found, each.raised_at, each.settled_at) for each in rows]


def _differences(session: Session) -> Sequence[Difference]:
    found = dict[str, Difference]()
    for table, counter in ((_ENTRY, _HEAD.c["count"]), (_LEAF, _HEAD.c.in_tree)):
        rows_of = (
            select(table.c.citizen_id, func.count().label("rows"), func.max(table.c.seq).label("last"))
            .where(table.c.citizen_id.is_not(None))
            .group_by(table.c.citizen_id)
            .subquery()
        )
        rows, last = func.coalesce(rows_of.c.rows, 0), func.coalesce(rows_of.c.last, 0)
        counted = (
            select(_HEAD.c.citizen_id, counter, rows)
            .join_from(_HEAD, rows_of, rows_of.c.citizen_id == _HEAD.c.citizen_id, isouter=True)
            .where((rows != counter) | (last != counter))
        )
        headless: Select[str, int] = select(rows_of.c.citizen_id, rows_of.c.rows).where(
            rows_of.c.citizen_id.not_in(select(_HEAD.c.citizen_id))
        )
        for citizen_id, number, are in session.execute(counted):
            found.setdefault(citizen_id, Difference(citizen_id, number, are))
        for citizen_id, are in session.execute(headless):
            found.setdefault(citizen_id, Difference(citizen_id, 0, are))
    return list(found.values())
