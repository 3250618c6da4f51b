"""Who helps with what: kept by the citizen, seen by those whom it concerns, and no access for anybody."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.delegation.family import Family
from tests.delegation.test_terms import pause, put
from tests.house import House
from tests.sync.people import Somebody, logged

NURSE = {"name": "Sygeplejerske Ida", "relation": "kommunen", "phone": "70 00 00 20", "subjects": ["medication"]}
DRIVER = {"name": "Bo", "phone": "+4570000021", "helps": "Kører mig", "subjects": ["appointments"]}
FRIEND = {"name": "åse", "helps": "Lytter"}


@pytest.fixture
def family(house: House) -> Family:
    return Family(house)


@pytest.fixture
def light_family(light_house: House) -> Family:
    return Family(light_house)


def keep(family: Family, number: int, contact: dict[str, Any], by: Somebody | None = None) -> TestResponse:
    return put(by or family.karen, f"/citizens/{family.karen.id}/network/contact-{number:08}", contact)


def seen(family: Family, who: Somebody) -> list[str]:
    answer = who.client.get(f"/api/v1/citizens/{family.karen.id}/network")
    return [each["name"] for each in answer.get_json()["people"]] if answer.status_code == 200 else ["refused"]


def test_each_sees_those_who_help_with_what_they_may_see_themselves(family: Family) -> None:
    for number, contact in enumerate((NURSE, DRIVER, FRIEND)):
        assert keep(family, number, contact).status_code == 200
    assert seen(family, family.karen) == ["Bo", "Sygeplejerske Ida", "åse"]
    assert seen(family, family.henrik) == ["refused"]

    family.accepted(actions=["medication:read"])
    assert seen(family, family.henrik) == ["Sygeplejerske Ida"]
    family.house.wait(minutes=1)
    family.accepted(actions=["medication:read", "appointments:read"])
    assert seen(family, family.henrik) == ["Bo", "Sygeplejerske Ida"]
    pause(family, paused=True)
    assert seen(family, family.henrik) == ["refused"]
    assert seen(family, family.line) == ["refused"]
    henrik, line = family.henrik.id, family.line.id
    outcomes = [
        (henrik, "refused"),
        (henrik, "permitted"),
        (henrik, "permitted"),
        (henrik, "refused"),
        (line, "refused"),
    ]
    assert logged(family.house, family.karen.id, "network:read") == outcomes


def test_the_citizen_sees_who_has_access_and_nobody_else_does(family: Family) -> None:
    grant_id = family.accepted()
    person = next(each["grantee"]["id"] for each in family.own() if each["grant_id"] == grant_id)
    keep(family, 1, {**NURSE, "name": "Henrik", "person": person})
    keep(family, 2, NURSE)
    told = keep(family, 2, {**NURSE, "phone": "70 00 00 22"}).get_json()["people"]

    assert [(each["name"], each["has_access"], each["phone"]) for each in told] == [
        ("Henrik", True, "70 00 00 20"),
        ("Sygeplejerske Ida", False, "70 00 00 22"),
    ]
    others = family.henrik.client.get(f"/api/v1/citizens/{family.karen.id}/network").get_json()["people"]
    assert {(each["person"], each["has_access"]) for each in others} == {(None, None)}


def test_only_the_citizen_writes_and_removes_and_it_opens_nothing(light_family: Family) -> None:
    light_family.accepted(actions=["medication:read"])
    karen, henrik, line = light_family.karen, light_family.henrik, light_family.line
    keep(light_family, 1, {**NURSE, "person": line.id})

    assert keep(light_family, 2, NURSE, by=henrik).status_code == 403
    path = f"/api/v1/citizens/{karen.id}/network/contact-00000001"
    assert henrik.client.delete(path, headers=henrik.headers).status_code == 403
    assert not light_family.may(line, "medication:read")
    for _ in range(2):
        assert karen.client.delete(path, headers=karen.headers).get_json() == {"people": []}


@pytest.mark.parametrize(
    "more", [{"name": " "}, {"phone": "ring"}, {"phone": "1" * 21}, {"subjects": ["log"]}, {"address": "Vej 1"}]
)
def test_what_is_no_contact_is_refused(light_family: Family, more: dict[str, Any]) -> None:
    assert keep(light_family, 1, {**NURSE, **more}).status_code == 422
    assert seen(light_family, light_family.karen) == []


def test_fifty_stand_there_and_no_more(light_family: Family) -> None:
    answers = [keep(light_family, number, NURSE).status_code for number in range(51)]

    assert answers == [200] * 50 + [409]
    assert keep(light_family, 1, DRIVER).status_code == 200
