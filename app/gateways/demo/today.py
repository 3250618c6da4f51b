"""The day that all demo data is told from, so that there is always something before, on and after today."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app import clock

SATURDAY = 5


@dataclass(frozen=True)
class Today:
    """A civil date in Copenhagen. Everything derived from it stays the same until midnight there."""

    on: date

    def plus(self, days: int) -> date:
        """The civil date so many days from today; negative is before."""
        return self.on + timedelta(days=days)

    def workday(self, days: int) -> date:
        """As ``plus``, but a Saturday or Sunday becomes the Monday after: clinics are shut at weekends."""
        day = self.plus(days)
        return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)

    @property
    def written_at(self) -> datetime:
        """When the sources last wrote: the afternoon before, so that it is never ahead of the clock."""
        return datetime.combine(self.plus(-1), time(13, 7, 12), UTC)

    @property
    def version(self) -> int:
        """The medication card's version, 19 digits as FMK's, and larger every day."""
        return self.medication_version + 1000

    @property
    def medication_version(self) -> int:
        """The version of every medication: below the card's, so that none counts as news that the card lacks."""
        return int(self.written_at.timestamp()) * 1_000_000_000 + 1

    @property
    def as_of(self) -> str:
        """``written_at`` as ISO 8601 text in UTC."""
        return clock.utc_text(self.written_at)


def of(now: datetime) -> Today:
    """The day in Copenhagen at an instant."""
    return Today(clock.civil_date(now))


def at(day: date, clock_time: str) -> datetime:
    """The instant, in UTC, when clocks in Copenhagen show ``HH:MM`` on a civil date."""
    return datetime.combine(day, time.fromisoformat(clock_time), clock.COPENHAGEN).astimezone(UTC)
