"""The dose plan of a date and the status of a medication: pure decisions on the structured dosage."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

Status = Literal["active", "paused", "discontinued", "ended"]

FREE_TEXT = "free_text"  # the dosage in force is written as free text
SCHEMA = "schema"  # the dosage in force stands in a schema of the local system
NO_DOSAGE = "no_dosage"  # the medication has no dosage at all
DAY_NOT_GIVEN = "day_not_given"  # a dose in an interval of days, without saying on which of them
START_NOT_GIVEN = "start_not_given"  # days are counted from a start that is not told

_CLOCK = re.compile(r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):[0-9]{2}(?:\.[0-9]+)?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?")


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
    """When the treatment runs: ``start`` and inclusive ``end`` as civil dates, its pause, and when it was stopped."""

    start: date | None = None
    end: date | None = None
    pause: Pause | None = None
    discontinued_at: datetime | None = None


@dataclass(frozen=True)
class PlannedDose:
    """A dose on a date. ``slot`` is morning, noon, evening, night, a clock time HH:MM in Copenhagen, or any.

    ``ordinal`` counts from 1 within the medication and slot on that date. ``quantity`` is in ``unit``; with
    ``quantity_max`` it is the least of a range.
    """

    medication_id: str
    name: str
    slot: str
    ordinal: int
    quantity: Decimal
    quantity_max: Decimal | None
    unit: str | None
    as_needed: bool


@dataclass(frozen=True)
class Unplanned:
    """A medication in force whose doses have no day. ``reason`` is one of the constants at the top of this module."""

    medication_id: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """What one medication gives on one date, in the source's order."""

    doses: tuple[PlannedDose, ...] = ()
    unplanned: tuple[Unplanned, ...] = ()


def status_on(course: Course, on: date) -> Status:
    """How the treatment stands on a civil date; discontinued goes before ended, ended before paused.

    It is discontinued from the Copenhagen date of ``discontinued_at`` on, and ended from the day after ``end``. Whether
    a pause between instants holds on a date is decided at noon in Copenhagen.
    """
    if course.discontinued_at is not None and course.discontinued_at.astimezone(COPENHAGEN).date() <= on:
        return "discontinued"
    if course.end is not None and course.end < on:
        return "ended"
    if course.pause is not None and _is_paused(course.pause, on):
        return "paused"
    return "active"


def plan(medication_id: str, name: str, dosage: Dosage, course: Course, on: date) -> Plan:
    """The doses of a medication on a civil date, each Dose of the source as one, and why others have no time.

    Only an active treatment within its start and inclusive end gives any.
    """
    if status_on(course, on) != "active" or not _covers(course.start, course.end, on):
        return Plan()
    if dosage.unplanned is not None:
        in_force = _covers(dosage.start, dosage.end, on)
        return Plan(unplanned=(Unplanned(medication_id, dosage.unplanned),) if in_force else ())
    if not dosage.periods:
        return Plan(unplanned=(Unplanned(medication_id, NO_DOSAGE),))
    ordinals: Counter[str] = Counter()
    doses: list[PlannedDose] = []
    reasons: dict[str, None] = {}
    for period in dosage.periods:
        if not _covers(period.start, period.end, on):
            continue
        due, why_not = _due(period, on)
        reasons.update(dict.fromkeys(why_not))
        for dose in due:
            slot = _slot(dose.time, on)
            ordinals[slot] += 1
            unit = _unit(dosage, dose)
            doses.append(
                PlannedDose(
                    medication_id, name, slot, ordinals[slot], dose.quantity, dose.quantity_max, unit, period.as_needed
                )
            )
    return Plan(tuple(doses), tuple(Unplanned(medication_id, reason) for reason in reasons))


def last_day(dosage: Dosage) -> date | None:
    """The inclusive last day of the whole dosage; None where a part of it has no end or there is none."""
    if dosage.unplanned is not None:
        return dosage.end
    ends = [period.end for period in dosage.periods]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def _covers(start: date | None, end: date | None, on: date) -> bool:
    return (start is None or start <= on) and (end is None or on <= end)


def _is_paused(pause: Pause, on: date) -> bool:
    noon = datetime.combine(on, time(12), COPENHAGEN)
    has_begun = pause.start <= noon if isinstance(pause.start, datetime) else pause.start is None or pause.start <= on
    is_over = pause.end <= noon if isinstance(pause.end, datetime) else pause.end is not None and pause.end < on
    return has_begun and not is_over


def _due(period: Period, on: date) -> tuple[Iterable[Dose], Iterable[str]]:
    """The doses of a period on a date that it covers, and why some of its doses cannot be placed."""
    doses: list[Dose] = []
    reasons: list[str] = []
    if period.any_day and _is_daily(period):
        doses += period.any_day
    elif period.any_day:
        reasons.append(DAY_NOT_GIVEN)
    number = _day_number(period, on)
    if period.days and number is None:
        reasons.append(START_NOT_GIVEN)
    for day, of_day in period.days:
        if day == number:
            doses += of_day
    return doses, reasons


def _is_daily(period: Period) -> bool:
    """Whether doses bound to no day can be had on each: as needed, every day, or when there is but one day."""
    is_one_day = period.start is not None and period.start == period.end
    return period.as_needed or period.interval == 1 or is_one_day


def _day_number(period: Period, on: date) -> int | None:
    if period.interval == 1:
        return 1
    if period.start is None:
        return None
    passed = (on - period.start).days
    return (passed if period.interval is None else passed % period.interval) + 1


def _slot(written: str | None, on: date) -> str:
    if written is None:
        return "any"
    clock = _CLOCK.fullmatch(written)
    if clock is None:
        return written
    hour, minute, zone = int(clock["hour"]) % 24, int(clock["minute"]), clock["zone"]
    if zone is None:
        return f"{hour:02}:{minute:02}"
    offset = "+00:00" if zone == "Z" else zone
    at = datetime.fromisoformat(f"{on.isoformat()}T{hour:02}:{minute:02}:00{offset}")
    return at.astimezone(COPENHAGEN).strftime("%H:%M")


def _unit(dosage: Dosage, dose: Dose) -> str | None:
    if dosage.unit is not None:
        return dosage.unit
    return dosage.singular if dose.quantity == 1 and dose.quantity_max is None else dosage.plural
