"""Wishes that a medicine be prescribed anew."""

import pytest

from app import errors
from app.gateways import intake
from app.grant import Actor
from app.medication import renewals
from app.medication import service as medication
from app.medication.renewals import Renewal
from tests.gateways import answers
from tests.house import OPERATOR, House

CPR = "1501701234"


@pytest.fixture
def citizen_id(light_house: House) -> str:
    citizen_id = light_house.citizen(CPR)
    for body in (answers.card(answers.medication()), answers.prescriptions(answers.prescription())):
        with light_house.database.transaction() as session:
            intake.record(session, OPERATOR, intake.read(body.encode()), "record:import", light_house.at)
    return citizen_id


def shown(house: House, citizen_id: str) -> medication.ShownMedication:
    with house.open(citizen_id, "medication:read") as (session, grant):
        return medication.read_card(session, grant).medications[0]


def wish(house: House, citizen_id: str, message_id: str = "m" * 16, takers: tuple[str, ...] = ("fmk",)) -> None:
    key = shown(house, citizen_id).key
    with house.open(citizen_id, "medication:renew", Actor(citizen_id, "citizen")) as (session, grant):
        renewals.wish(session, grant, key, message_id, "Jeg har til en uge.", takers, house.at)


def wished(house: House, citizen_id: str) -> list[Renewal]:
    with house.open(citizen_id, "medication:read") as (session, grant):
        return renewals.read_renewals(session, grant)


def test_a_wish_waits_to_be_sent(light_house: House, citizen_id: str) -> None:
    wish(light_house, citizen_id)

    [kept] = wished(light_house, citizen_id)

    assert (kept.medication_key, kept.delivery.status) == (shown(light_house, citizen_id).key, "waiting")
    assert kept.note == "Jeg har til en uge."


def test_one_wish_at_a_time(light_house: House, citizen_id: str) -> None:
    wish(light_house, citizen_id)
    wish(light_house, citizen_id)

    with pytest.raises(errors.Conflict, match="asked for this already"):
        wish(light_house, citizen_id, "n" * 16)

    assert len(wished(light_house, citizen_id)) == 1


def test_where_the_source_takes_none_the_citizen_is_told_to_call(light_house: House, citizen_id: str) -> None:
    with pytest.raises(errors.Conflict, match="Call your doctor"):
        wish(light_house, citizen_id, takers=())


def test_a_medicine_that_is_not_on_the_card_is_not_renewed(light_house: House, citizen_id: str) -> None:
    with (
        light_house.open(citizen_id, "medication:renew", Actor(citizen_id, "citizen")) as (session, grant),
        pytest.raises(errors.NotFound),
    ):
        renewals.wish(session, grant, "another", "m" * 16, None, ("fmk",), light_house.at)
