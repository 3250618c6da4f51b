"""What the demo's sources say of one of its people, picked out for the tests."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from app.appointments.appointment import Appointment
from app.gateways import demo
from app.gateways.facts import CitizenFacts
from app.medication.card import CardAnswer, Medication
from app.medication.rules import Dose

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 25)
NOWS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31, 23), timezones=st.just(UTC))  # noqa: DTZ001


def told_of(who: str, source: str, now: datetime = NOW) -> CitizenFacts:
    """What one source says of one of the people."""
    number = next(each.number for each in demo.PEOPLE if each.id == who)
    citizens = next(each.citizens for each in demo.facts(now) if each.source == source)
    return next(each for each in citizens if number.value in [known.value for known in each.person.numbers])


def card_of(who: str, now: datetime = NOW) -> CardAnswer:
    card = told_of(who, "fmk", now).card
    assert card is not None
    return card


def medication(name: str) -> Medication:
    return next(each for each in card_of("karen").medications if each.name == name)


def appointments_of(who: str, now: datetime = NOW) -> list[Appointment]:
    return [*told_of(who, "apd", now).appointments, *told_of(who, "fhir", now).appointments]


def all_medications(now: datetime = NOW) -> Iterator[Medication]:
    for who in demo.PEOPLE:
        yield from card_of(who.id, now).medications


def doses(name: str) -> tuple[Dose, ...]:
    """The doses of the first day of a medication of Karen's."""
    return medication(name).plan.periods[0].days[0][1]
