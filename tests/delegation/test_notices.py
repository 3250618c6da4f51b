"""A citizen is written to by a way that is not the app's own, with how to undo it; what is undone is shut at once."""

import json
from typing import Any

import pytest
from fhir.resources.R4B.communication import Communication
from fhir.resources.R4B.task import Task
from sqlalchemy import text

from app.delegation import notices
from tests.delegation.family import Family
from tests.delegation.test_terms import change, held, put, say
from tests.gateways.receiving import receiver, tick
from tests.house import House
from tests.loopback import loopback


@pytest.fixture
def family(house: House) -> Family:
    return Family(house)


@pytest.fixture
def light_family(light_house: House) -> Family:
    return Family(light_house)


def letters(family: Family) -> list[dict[str, Any]]:
    told = family.karen.client.get(f"/api/v1/citizens/{family.karen.id}/delegations").get_json()
    found: list[dict[str, Any]] = told["notices"]
    return found


def test_a_yes_is_told_by_letter_and_undone_at_once(family: Family) -> None:
    grant_id = family.accepted()
    [letter] = letters(family)
    assert (letter["about"], letter["what"], letter["delivery"]["status"]) == (grant_id, "accepted", "waiting")
    assert letter["subject"] == "Henrik kan nu hjælpe dig i Nærblik"
    assert "Se din medicin" in letter["paragraphs"][1]
    assert "30.6.2027" in letter["paragraphs"][2]
    assert "fortryde" in letter["paragraphs"][3]

    end = {"event_id": "end-0000000000000001"}
    assert put(family.karen, f"/citizens/{family.karen.id}/consents/{grant_id}/end", end).status_code == 200
    assert not family.may(family.henrik, "medication:read")
    assert len(letters(family)) == 1


def test_the_letter_reaches_its_receiver_as_a_task_of_fhir_and_says_nothing_clinical(family: Family) -> None:
    family.accepted(language="en")
    [letter] = letters(family)
    with loopback() as source:
        post = receiver(source, family.house, fhir_takes=frozenset({"notice"}))
        post.name = "post"
        family.house.wait(minutes=1)
        with family.house.database.reading() as session:
            [message_id] = session.execute(text("SELECT message_id FROM outgoing WHERE kind = 'notice'")).scalars()
        source.lay(f"/Task/{message_id}", json.dumps({"resourceType": "Task", "id": message_id, "status": "received"}))
        assert tick(family.house, post) == 1
        [(_, _, body)] = source.asked

    sent = Task.model_validate_json(body)
    inside = Communication.model_validate(json.loads(body)["contained"][0])
    assert (sent.for_fhir.identifier.value, sent.code.text) == ("1903512846", "Henrik can now help you in Nærblik")
    assert [each.contentString for each in inside.payload] == letter["paragraphs"]
    assert b"1903512846" not in json.dumps(letter).encode()
    assert letters(family)[0]["delivery"]["status"] == "received"


def test_the_fifth_wrong_pair_is_told_and_said_again_it_is_told_once(light_family: Family) -> None:
    code = light_family.code()
    for day in range(1, 5):
        light_family.open(light_family.henrik, code, f"1951-03-0{day}")
    assert letters(light_family) == []
    for day in range(5, 8):
        light_family.open(light_family.henrik, code, f"1951-03-0{day}")

    [letter] = letters(light_family)
    assert (letter["what"], letter["subject"]) == ("closed", "Din invitation i Nærblik er lukket")
    assert letter["about"] == light_family.invitations()[0]["id"]


def test_a_yes_to_new_terms_is_told_too(light_family: Family) -> None:
    grant_id = light_family.accepted()
    light_family.house.wait(minutes=1)
    change(light_family, grant_id, ["medication:read", "log:read"])
    light_family.house.wait(minutes=1)
    [new] = held(light_family.henrik)
    for _ in range(2):
        say(light_family, new["grant_id"], "yes")

    assert [each["what"] for each in letters(light_family)] == ["changed", "accepted"]
    assert letters(light_family)[0]["paragraphs"][1] == "De kan nu: Se, hvem der har kigget; Se din medicin."


def test_where_nobody_takes_letters_the_app_tells_it_all_the_same(light_family: Family) -> None:
    for who in (light_family.henrik, light_family.karen):
        who.app.extensions["naerblik.takes"] = {}
    light_family.accepted()

    assert [each["delivery"]["status"] for each in letters(light_family)] == ["failed"]


def test_every_letter_has_its_words_and_what_somebody_is_called_is_no_place_to_fill() -> None:
    published = notices._published()
    for language in ("da", "en"):
        assert set(published[language]) == {"accepted", "changed", "closed"}
        for each in published[language].values():
            words = {"name": "{url}", "can": "c", "until": "u", "url": "https://naerblik.test"}
            assert all("{" not in line.format(**{**words, "name": "n"}) for line in (each["subject"], *each["body"]))
            assert "{url}" in each["subject"].format(**words) or "{name}" not in each["subject"]
