"""What a citizen answers to an appointment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app import errors
from app.audit import service as audit
from app.gateways.facts import CitizenFacts, Facts
from app.identity.person import Number, Person
from tests.appointments.visits import answer, answered, listed, visit
from tests.house import House


def test_an_answer_waits_to_be_sent(house: House) -> None:
    citizen_id = house.citizen(source="fhir", appointments=(visit(house),))

    answer(house, citizen_id, "move", wish="Helst en formiddag.")
    [given] = answered(house, citizen_id)

    assert (given.said, given.wish, given.delivery.status) == ("move", "Helst en formiddag.", "waiting")
    assert given.appointment_key == listed(house, citizen_id)[0].key


def test_the_same_message_again_is_the_same_answer(house: House) -> None:
    citizen_id = house.citizen(source="fhir", appointments=(visit(house),))

    answer(house, citizen_id)
    before = answered(house, citizen_id)
    house.wait(hours=1)
    answer(house, citizen_id)

    assert answered(house, citizen_id) == before


def test_a_later_answer_takes_the_place_of_an_earlier_one(house: House) -> None:
    citizen_id = house.citizen(source="fhir", appointments=(visit(house),))

    answer(house, citizen_id)
    answer(house, citizen_id, "cannot", "n" * 16)

    assert [each.said for each in answered(house, citizen_id)] == ["cannot"]


def test_an_appointment_that_moved_must_be_looked_at_again(light_house: House) -> None:
    house = light_house
    citizen_id = house.citizen(source="fhir", appointments=(visit(house),))
    seen = listed(house, citizen_id)[0].version
    moved = replace(visit(house), start=house.at + timedelta(days=9), as_of=house.at + timedelta(hours=1))
    house.record(Facts("fhir", (CitizenFacts(Person((Number("1501701234", "cpr"),)), appointments=(moved,)),)))

    with pytest.raises(errors.Stale):
        answer(house, citizen_id, version=seen)

    assert answered(house, citizen_id) == []


@pytest.mark.parametrize("status", ["cancelled", "fulfilled", "noshow"])
def test_what_is_called_off_or_over_takes_no_answer(light_house: House, status: str) -> None:
    citizen_id = light_house.citizen(source="fhir", appointments=(visit(light_house, status=status),))

    with pytest.raises(errors.Conflict):
        answer(light_house, citizen_id)


def test_an_appointment_that_has_begun_takes_no_answer(light_house: House) -> None:
    citizen_id = light_house.citizen(source="fhir", appointments=(visit(light_house),))
    light_house.wait(days=8)

    with pytest.raises(errors.Conflict):
        answer(light_house, citizen_id)


def test_a_source_that_takes_no_answers_gets_none(light_house: House) -> None:
    citizen_id = light_house.citizen(source="fhir", appointments=(visit(light_house),))

    with pytest.raises(errors.Conflict, match="Call the place"):
        answer(light_house, citizen_id, takers=())
    with pytest.raises(errors.NotFound):
        answer(light_house, citizen_id, key="another")


def test_the_answer_is_in_the_citizens_own_log(light_house: House) -> None:
    citizen_id = light_house.citizen(source="fhir", appointments=(visit(light_house),))
    answer(light_house, citizen_id)

    with light_house.open(citizen_id, "log:read") as (session, grant):
        logged = [each.entry for each in audit.read_log(session, grant)]

    assert any((each.action, each.actor) == ("appointments:respond", citizen_id) for each in logged)
