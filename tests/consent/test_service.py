from datetime import UTC, datetime, timedelta

import pytest

from app import errors
from app.consent import service as consent
from app.consent import wire
from app.consent.consent import ImportedConsent
from app.gateways.facts import CitizenFacts, Facts
from app.gateways.intake import Counts
from app.identity.person import Number, Person
from tests.house import House

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
GIVEN = ImportedConsent(
    id="1",
    status="active",
    decision="permit",
    category="Deling",
    given_at=AT,
    valid_to=AT + timedelta(days=365),
    actors=("Bakkeby Kommune",),
    purposes=("behandling",),
    actions=("læse",),
    as_of=AT,
    resource=(("provision", {"type": "permit"}), ("resourceType", "Consent")),
)


def told(house: House, *each: ImportedConsent) -> Counts:
    person = Person((Number("1501701234", "cpr"),))
    return house.record(Facts("fhir", (CitizenFacts(person, consents=each),)))


def test_a_consent_is_listed_as_its_source_says_it(house: House) -> None:
    told(house, GIVEN)
    citizen_id = house.citizen()

    with house.open(citizen_id, "consents:read") as (session, grant):
        [listed] = consent.read_consents(session, grant)

    assert listed.consent == GIVEN
    assert wire.consents([listed])["consents"][0]["valid_to"] == "2027-03-01T09:00:00+01:00"


def test_the_same_consent_again_changes_nothing_and_an_older_one_neither(house: House) -> None:
    told(house, GIVEN)
    older = ImportedConsent("1", "proposed", as_of=AT - timedelta(days=1))

    assert told(house, GIVEN).unchanged == 1
    assert told(house, older).unchanged == 1


def test_reading_consents_needs_a_grant_for_them(house: House) -> None:
    citizen_id = house.citizen()

    with house.open(citizen_id, "medication:read") as (session, grant), pytest.raises(errors.NotAllowed):
        consent.read_consents(session, grant)
