"""Dosage texts as the medication card service words them, for those dosages of the demo that are plain enough."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from app.medication.rules import Dosage, Dose, Period

MONTHS = ("jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec.")
WEEKDAYS = ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag", "Lørdag", "Søndag")
TIMES = {"morning": "morgen", "noon": "middag", "evening": "aften", "night": "nat"}
WEEK = 7


def long_text(plan: Dosage, *notes: str | None) -> str:
    """The text of all periods, one after another; ``notes`` are their supplementary texts, in the same order."""
    padded = [*notes, *[None] * (len(plan.periods) - len(notes))]
    return "\n".join(_period(period, plan, note) for period, note in zip(plan.periods, padded, strict=True))


def day(on: date) -> str:
    """A civil date as ``3. feb. 2026``."""
    return f"{on.day}. {MONTHS[on.month - 1]} {on.year}"


def amount(dose: Dose, plan: Dosage) -> str:
    """What is taken at once, as ``0,5 tablet`` or ``1-2 tabletter``."""
    most = dose.quantity_max or dose.quantity
    numbers = _number(dose.quantity) + (f"-{_number(most)}" if dose.quantity_max else "")
    unit = plan.unit or (plan.singular if most <= 1 else plan.plural)
    return f"{numbers} {unit}"


def _period(period: Period, plan: Dosage, note: str | None) -> str:
    lines = [_head(period), *_body(period, plan)]
    if note:
        lines.append(f"Bemærk: {note}")
    return "\n".join(lines)


def _head(period: Period) -> str:
    if period.start is None:
        return "Dosering:"
    if period.start == period.end:
        return f"Dosering kun d. {day(period.start)}:"
    until = f" til d. {day(period.end)}" if period.end else ""
    repeated = " - gentages hver uge" if period.interval == WEEK else ""
    return f"Dosering fra d. {day(period.start)}{until}{repeated}:"


def _body(period: Period, plan: Dosage) -> list[str]:
    if period.interval == WEEK and period.start is not None:
        first = period.start.weekday() - 1
        return [f"{WEEKDAYS[(first + number) % WEEK]}: {amount(doses[0], plan)}" for number, doses in period.days]
    doses = period.days[0][1] if period.days else period.any_day
    if period.as_needed:
        return [_as_needed(period, doses, plan)]
    return [_every_day(doses, plan)]


def _every_day(doses: Sequence[Dose], plan: Dosage) -> str:
    if doses[0].time is None:
        times = f" {len(doses)} gange" if len(doses) > 1 else ""
        return f"{amount(doses[0], plan)}{times} hver dag"
    if len(doses) == 1 and doses[0].time in TIMES:
        return f"{amount(doses[0], plan)} hver {TIMES[doses[0].time]}"
    parts = [f"{amount(dose, plan)} {_time(dose)}" for dose in doses]
    return f"{', '.join(parts[:-1])} og {parts[-1]} - hver dag" if len(parts) > 1 else f"{parts[0]} - hver dag"


def _as_needed(period: Period, doses: Sequence[Dose], plan: Dosage) -> str:
    first = doses[0]
    if first.time in TIMES:
        return f"{amount(first, plan)} hver {TIMES[first.time]} efter behov"
    if period.interval is None:
        return f"{amount(first, plan)} efter behov"
    times = "1 gang" if len(doses) == 1 else f"{len(doses)} gange"
    return f"{amount(first, plan)} efter behov, højst {times} dagligt"


def _time(dose: Dose) -> str:
    return TIMES.get(dose.time or "", f"kl. {(dose.time or '')[:5]}")


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
