"""How fresh a source is for a citizen: when it last answered, and since when it has not."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.db.base import table_of
from app.grant import Grant
from app.records.models import SourceClock

_CLOCK = table_of(SourceClock)
# Built once: every page and every pull asks it.
_CLOCKS = select(_CLOCK.c.source, _CLOCK.c.answered_at, _CLOCK.c.asked_at, _CLOCK.c.failing_since).where(
    _CLOCK.c.citizen_id == bindparam("citizen")
)


@dataclass(frozen=True)
class Freshness:
    """``answered_at`` None: never. ``failing_since`` None: it answered when last asked, or was never asked."""

    source: str
    answered_at: datetime | None
    asked_at: datetime | None
    failing_since: datetime | None


def read(session: Session, grant: Grant) -> dict[str, Freshness]:
    """Every source that has been heard or asked about the citizen, by name."""
    return {row.source: Freshness(*row) for row in session.execute(_CLOCKS, {"citizen": grant.citizen_id})}


def record_answer(session: Session, grant: Grant, source: str, now: datetime) -> None:
    """The source answered at ``now``: whatever it was failing is over."""
    clock = _clock(session, grant, source)
    clock.answered_at, clock.asked_at, clock.failing_since = now, now, None


def record_failure(session: Session, grant: Grant, source: str, now: datetime) -> None:
    """The source was asked and gave no usable answer; the first failure in a row is kept."""
    clock = _clock(session, grant, source)
    clock.asked_at, clock.failing_since = now, clock.failing_since or now


def _clock(session: Session, grant: Grant, source: str) -> SourceClock:
    clock = session.get(SourceClock, (grant.citizen_id, source))
    if clock is None:
        clock = SourceClock(citizen_id=grant.citizen_id, source=source)
        session.add(clock)
    return clock
