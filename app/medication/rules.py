"""The dose plan of a date and the status of a medication: pure decisions on the structured dosage."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Dose:
    """One dose of the source. ``time`` is morning, noon, evening, night, an xs:time as written, or None (plain).

    ``quantity`` is the amount in the dosage's unit, or the smallest of a range whose largest is ``quantity_max``.
    """

    time: str | None
    quantity: Decimal
    quantity_max: Decimal | None = None


@dataclass(frozen=True)
class Period:
    """One structure of the dosage: what repeats every ``interval`` days from ``start`` to ``end``, both inclusive.

    ``interval`` None: not iterated. ``start`` None: started previously. ``end`` None: undetermined.
    ``days`` maps a day number, counted from 1 on ``start``, to its doses; ``any_day`` are doses bound to no day.
    A period without doses is a planned break.
    """

    interval: int | None
    start: date | None
    end: date | None
    as_needed: bool = False
    days: tuple[tuple[int, tuple[Dose, ...]], ...] = ()
    any_day: tuple[Dose, ...] = ()


@dataclass(frozen=True)
class Dosage:
    """The dosage as structure. ``unplanned`` is free_text, schema or None; ``start`` and ``end`` then bound it.

    ``unit`` is one text for all amounts, else ``singular`` goes with 1 and ``plural`` with all others.
    """

    periods: tuple[Period, ...] = ()
    unit: str | None = None
    singular: str | None = None
    plural: str | None = None
    unplanned: str | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Pause:
    """A pause from ``start`` (None: already) to ``end`` (None: open). Dates are inclusive civil dates; instants are
    exact and the pause holds from the first to just before the second."""

    start: date | datetime | None = None
    end: date | datetime | None = None


@dataclass(frozen=True)
class Course:
    """When the treatment runs: ``start`` and inclusive ``end`` as civil dates, its pause, and when it was discontinued."""

    start: date | None = None
    end: date | None = None
    pause: Pause | None = None
    discontinued_at: datetime | None = None
