"""The one source of time: instants are UTC-aware, civil dates and clock times are Copenhagen's."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
# The shortest time between two instants here, and in both databases.
TICK = timedelta(microseconds=1)


def now() -> datetime:
    """The present instant, UTC, to the microsecond."""
    return datetime.now(UTC)


def civil_date(at: datetime) -> date:
    """The date that the calendar in Copenhagen shows at this instant."""
    return at.astimezone(COPENHAGEN).date()


def end_of(day: date) -> datetime:
    """The first instant after a civil day: 00:00 in Copenhagen on the next."""
    return datetime.combine(day + timedelta(days=1), time(), COPENHAGEN).astimezone(UTC)


def utc_text(at: datetime) -> str:
    """ISO 8601 in UTC to the second, as ``2026-04-07T13:00:05Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def copenhagen_text(at: datetime) -> str:
    """ISO 8601 with Copenhagen's offset to the second, as ``2026-11-26T09:30:00+01:00``."""
    return at.astimezone(COPENHAGEN).isoformat(timespec="seconds")
