from datetime import UTC, datetime, timedelta

import pytest

from app import errors
from app.consent import service as consent
from app.consent import wire
from app.consent.consent import ImportedConsent
from app.gateways.facts import CitizenFacts, Facts
from app.gateways.intake import Counts
from app.identity.person import Number, Person
from app.records import freshness
from app.records import service as records
from app.records.item import Put
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
    data=("Medicin",),
    data_from=AT - timedelta(days=365),
    data_to=AT,
    exceptions=1,
    as_of=AT,
    resource=(("provision", {"type": "permit"}), ("resourceType", "Consent")),
)

# As the first version recorded a consent.
OLD = {
    "id": "1",
    "status": "active",
    "decision": "permit",
    "scope": None,
    "category": "Deling",
    "given_at": AT.isoformat(),
    "valid_from": None,
    "valid_to": None,
    "actors": ["Bakkeby Kommune"],
    "purposes": ["behandling"],
    "actions": ["læse"],
    "as_of": AT.isoformat(),
    "resource": {"resourceType": "Consent"},
}


def told(house: House, *each: ImportedConsent) -> Counts:
    person = Person((Number("1501701234", "cpr"),))
    return house.record(Facts("fhir", (CitizenFacts(person, consents=each),)))


def test_a_consent_is_listed_as_its_source_says_it(house: House) -> None:
    told(house, GIVEN)
    citizen_id = house.citizen()

    with house.open(citizen_id, "consents:read") as (session, grant):
        [listed] = consent.read_consents(session, grant)

    assert listed.consent == GIVEN
    [told_of] = wire.consents([listed])["consents"]
    assert told_of["valid_to"] == "2027-03-01T09:00:00+01:00"
    assert (told_of["data"], told_of["data_from"], told_of["exceptions"]) == (
        ["Medicin"],
        "2025-03-01T09:00:00+01:00",
        1,
    )


def test_a_consent_is_as_fresh_as_its_source_and_says_since_when_that_is_silent(house: House) -> None:
    told(house, GIVEN)
    citizen_id = house.citizen()
    house.wait(hours=5)
    with house.open(citizen_id, "record:refresh") as (session, grant):
        freshness.record_answer(session, grant, "fhir", house.at)
    answered_at = house.at
    house.wait(hours=1)
    with house.open(citizen_id, "record:refresh") as (session, grant):
        freshness.record_failure(session, grant, "fhir", house.at)

    with house.open(citizen_id, "consents:read") as (session, grant):
        [listed] = consent.read_consents(session, grant)

    assert (listed.fetched_at, listed.failing_since) == (answered_at, house.at)


def test_a_consent_recorded_before_it_could_be_limited_to_data_is_still_read(house: House) -> None:
    citizen_id = house.citizen()
    with house.open(citizen_id, "record:import") as (session, grant):
        records.write(session, grant, [Put("consent", "fhir/1", "fhir", dict(OLD))], house.at)

    with house.open(citizen_id, "consents:read") as (session, grant):
        [listed] = consent.read_consents(session, grant)

    assert (listed.consent.actors, listed.consent.data, listed.consent.data_from) == (("Bakkeby Kommune",), (), None)


def test_the_same_consent_again_changes_nothing_and_an_older_one_neither(house: House) -> None:
    told(house, GIVEN)
    older = ImportedConsent("1", "proposed", as_of=AT - timedelta(days=1))

    assert told(house, GIVEN).unchanged == 1
    assert told(house, older).unchanged == 1


def test_reading_consents_needs_a_grant_for_them(house: House) -> None:
    citizen_id = house.citizen()

    with house.open(citizen_id, "medication:read") as (session, grant), pytest.raises(errors.NotAllowed):
        consent.read_consents(session, grant)
