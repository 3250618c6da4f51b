"""What sources may say, drawn by chance in every combination; the same for the same number."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, TypeVar

from app.appointments.appointment import Appointment, Course, Place
from app.medication import rules
from app.medication.card import DosageText, Medication

SOURCES = ("fmk", "fhir", "apd", "demo", "elsewhere")
FIRST = date(2025, 6, 1)
TIMES = (None, None, "morning", "noon", "evening", "night", "08:30:00", "24:00:00", "01:30:00Z", "02:15:00.25+02:00")
QUANTITIES = ("1", "1.0", "0.5", "2", "2.50", "0", "1E+1", "0.333", "12345678901234567890")
# Words that a careless reader trips over.
WORDS = (None, "", "Ærø", "a b", "1775566805133001001", "x" * 200, "\u2028", "😀", '"\\', "null")
STATUSES = (None, "booked", "cancelled", "fulfilled", "pending", "noshow")
DAYS = (
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 11, 25),
    date(2026, 2, 28),
    date(2024, 2, 29),
    date(1900, 1, 1),
    date(9999, 12, 31),
)


T = TypeVar("T")


class Chance:
    """Draws values; every one is given by the number that it began with."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)

    def some(self, share: float = 0.5) -> bool:
        """True in so many of all cases."""
        return self.random.random() < share

    def one(self, of: Sequence[T]) -> T:
        """One of them."""
        return self.random.choice(of)

    def many(self, of: Sequence[T], most: int) -> list[T]:
        """Some of them, each once, in any order."""
        return self.random.sample(of, self.random.randint(0, min(most, len(of))))

    def day(self, lacking: float = 0.3) -> date | None:
        """A civil date or none, often one on which a rule turns."""
        if self.some(lacking):
            return None
        return self.one(DAYS) if self.some() else FIRST + timedelta(days=self.random.randint(0, 900))

    def instant(self, lacking: float = 0.3) -> datetime | None:
        """An instant or none, often near midnight, a turn of the clock, or the same as another."""
        day = self.day(lacking)
        if day is None:
            return None
        time = timedelta(minutes=self.one((0, 1, 22 * 60 + 59, 23 * 60, 60, 90, 11 * 60, 10 * 60, 600)))
        at = datetime(min(day.year, 9998), day.month, day.day if day.month != 2 else 28, tzinfo=UTC) + time
        return at + timedelta(microseconds=self.one((0, 0, 1, 999_999, 123_456)))

    def word(self) -> Any:
        """A text or none."""
        return self.one(WORDS)

    def doses(self, least: int = 0) -> tuple[rules.Dose, ...]:
        """Some doses."""
        count = self.random.randint(least, 3)
        return tuple(
            rules.Dose(
                self.one(TIMES),
                Decimal(self.one(QUANTITIES)),
                Decimal(self.one(QUANTITIES)) if self.some(0.2) else None,
            )
            for _ in range(count)
        )

    def dosage(self) -> rules.Dosage:
        """A dosage in structure or without."""
        periods = tuple(self.period() for _ in range(self.random.randint(0, 3)))
        unplanned = self.one((rules.FREE_TEXT, rules.SCHEMA)) if self.some(0.15) else None
        unit = self.one((None, "mL"))
        return rules.Dosage(periods, unit, self.word(), self.word(), unplanned, self.day(), self.day())

    def period(self) -> rules.Period:
        """One structure of it."""
        days = tuple((self.random.randint(1, 7), self.doses()) for _ in range(self.random.randint(0, 3)))
        return rules.Period(
            self.one((None, 1, 1, 2, 3, 7)),
            self.day(),
            self.day(0.6),
            self.some(0.2),
            days,
            self.doses() if self.some(0.3) else (),
        )

    def course(self) -> rules.Course:
        """When a treatment runs, and when it rests."""
        pause = None
        if self.some(0.3):
            pause = rules.Pause(self.day(), self.day()) if self.some() else rules.Pause(self.instant(), self.instant())
        return rules.Course(self.day(), self.day(0.6), pause, self.instant(0.8))

    def medication(self, name: str) -> Medication:
        """One medication, a private one with its number alone."""
        version = self.one((None, 1, 2, 1775566805133001001, 1775566805133001002))
        if self.some(0.15):
            return Medication(name, version, private=True)
        return Medication(
            name,
            version=version,
            name=self.word(),
            active_substance=self.word(),
            atc=self.word(),
            form=self.word(),
            text=DosageText(self.one(("fixed", "as_needed", "free_text", "none")), self.word(), self.word()),
            plan=self.dosage(),
            course=self.course(),
            kind=self.one(("prescribed", "citizen_chosen")),
            prescriber=self.word(),
            changed_at=self.word(),
        )

    def appointment(self, name: str) -> Appointment:
        """One appointment."""
        start = self.instant(0.2)
        return Appointment(
            name,
            start,
            start + timedelta(minutes=self.random.randint(0, 3000)) if start and self.some() else None,
            self.one(("municipality", "region", "practitioner", "other")),
            self.some(),
            self.word(),
            Place(self.word(), self.word(), self.word(), self.one((None, "", "123"))),
            reason=self.word(),
            status=self.one(STATUSES),
            course=Course(tuple(self.many("abcde", 2)), self.word()),
            video_url=self.one((None, "https://video.example/1")),
            as_of=self.instant(),
        )
