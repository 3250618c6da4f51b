"""The pieces from which the demo's medications are put together."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.gateways.demo.today import Today
from app.medication.card import CardAnswer, DosageText, Medication, Prescription
from app.medication.rules import Dosage, Dose, Period


@dataclass(frozen=True)
class Unit:
    """What a dose is counted in, for one and for all other amounts."""

    singular: str
    plural: str


TABLET = Unit("tablet", "tabletter")
PUFF = Unit("pust", "pust")
DROP = Unit("dråbe", "dråber")
APPLICATION = Unit("påsmøring", "påsmøringer")
CAPSULE = Unit("kapsel", "kapsler")

DOCTOR = "Anne Vestergaard"
PRACTICE = "Lægerne Bakkegade"
LUNG_DOCTOR = "Jens Kragh"
LUNG_CLINIC = "Østbyens Hospital, Lungemedicinsk Ambulatorium"


def dose(quantity: str, time: str | None = None, most: str | None = None) -> Dose:
    """One dose; ``most`` makes it a range."""
    return Dose(time, Decimal(quantity), Decimal(most) if most else None)


def daily(start: date, *doses: Dose, end: date | None = None, as_needed: bool = False) -> Period:
    """The same doses every day."""
    return Period(1, start, end, as_needed, ((1, doses),))


def weekly(start: date, *doses: Dose) -> Period:
    """The doses on the weekday of ``start``, every week."""
    return Period(7, start, None, days=((1, doses),))


def whenever(start: date, one: Dose) -> Period:
    """As needed, bound to no day."""
    return Period(None, start, None, as_needed=True, any_day=(one,))


def in_unit(unit: Unit, *periods: Period) -> Dosage:
    """A dosage whose amounts are all in one unit."""
    return Dosage(periods, singular=unit.singular, plural=unit.plural)


def in_words(text: str, start: date) -> tuple[DosageText, Dosage]:
    """A dosage that was written as free text, and its structure: none."""
    return DosageText("free_text", None, text), Dosage(unplanned="free_text", start=start)


def card(day: Today, medications: tuple[Medication, ...], prescriptions: tuple[Prescription, ...]) -> CardAnswer:
    """A whole card of that day."""
    return CardAnswer(day.version, day.as_of, medications=medications, prescriptions=prescriptions)
