"""All of the demo's data, sorted by the source that would have said it."""

from datetime import datetime

from app.gateways.demo import consents, henrik, karen, oskar, people, today, visits
from app.gateways.demo.today import Today
from app.gateways.facts import CitizenFacts, Facts
from app.identity.person import Person
from app.medication.card import CardAnswer


def facts(now: datetime) -> tuple[Facts, ...]:
    """What the demo's sources say on the day, in Copenhagen, of an instant.

    The same day gives equal values. A later day moves dates, versions and ``as_of`` forward under the same ids.
    """
    day = today.of(now)
    return (_register(day), _medication(day), _appointments(day))


def _register(day: Today) -> Facts:
    return Facts(
        "fhir",
        tuple(
            CitizenFacts(
                people.person(who, day),
                appointments=visits.from_municipality(who, day),
                consents=consents.of(who, day),
                relations=people.relations(who, day),
            )
            for who in people.PEOPLE
        ),
    )


def _medication(day: Today) -> Facts:
    return Facts(
        "fmk",
        (
            CitizenFacts(_named(people.KAREN, day), karen.card(day)),
            CitizenFacts(_named(people.HENRIK, day), henrik.card(day)),
            CitizenFacts(_named(people.OSKAR, day), oskar.card(day)),
            CitizenFacts(_named(people.LINE, day), CardAnswer(day.version, day.as_of)),
        ),
    )


def _appointments(day: Today) -> Facts:
    return Facts(
        "apd",
        tuple(
            CitizenFacts(Person(people.numbers(who, day)), appointments=visits.shared(who, day))
            for who in people.PEOPLE
        ),
    )


def _named(who: people.DemoPerson, day: Today) -> Person:
    known = people.person(who, day)
    return Person(known.numbers, known.name, known.given, known.family, known.born)
