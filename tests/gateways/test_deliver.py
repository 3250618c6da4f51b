"""Messages on their way: to a receiver on loopback that answers late, wrong, twice, and not at all."""

import json
from collections.abc import Iterator

import pytest
from fhir.resources.R4B.task import Task

from app.config import SourceSettings
from app.gateways import http_source
from tests.gateways.receiving import ID, PATH, answered_citizen, delivery, receiver, task, tick
from tests.house import House
from tests.loopback import Loopback, loopback


@pytest.fixture
def source() -> Iterator[Loopback]:
    with loopback() as source:
        yield source


def test_an_answer_reaches_the_receiver_as_a_task_of_fhir(house: House, source: Loopback) -> None:
    citizen_id = answered_citizen(house, wish="Helst en formiddag.")
    source.lay(PATH, "", status=201)

    assert tick(house, receiver(source, house)) == 1

    [(method, path, body)] = source.asked
    sent = Task.model_validate_json(body)
    response = json.loads(body)["contained"][0]
    assert (method, path) == ("PUT", PATH)
    assert (sent.status, sent.for_fhir.identifier.value) == ("requested", "1501701234")
    assert (response["appointment"]["reference"], response["participantStatus"]) == ("Appointment/kontrol", "tentative")
    assert response["comment"] == "Helst en formiddag."
    assert delivery(house, citizen_id).status == "sent"


def test_the_receivers_answer_comes_back_in_its_own_words(house: House, source: Loopback) -> None:
    citizen_id = answered_citizen(house)
    reply = {"statusReason": {"text": "Du får en ny tid den 8. december."}}
    source.lay(PATH, "", task("received"), task("in-progress"), task("completed", **reply))
    statuses = []

    for _ in range(4):
        tick(house, receiver(source, house))
        statuses.append(delivery(house, citizen_id).status)
        house.wait(hours=13)

    assert statuses == ["sent", "received", "received", "answered"]
    assert delivery(house, citizen_id).reply == "Du får en ny tid den 8. december."
    assert delivery(house, citizen_id).outcome == "accepted"
    assert tick(house, receiver(source, house)) == 0


def test_a_no_is_told_as_a_no(light_house: House, source: Loopback) -> None:
    citizen_id = answered_citizen(light_house)
    source.lay(PATH, task("rejected", note=[{"text": "Der er ingen andre tider."}]))

    tick(light_house, receiver(source, light_house))

    assert delivery(light_house, citizen_id).outcome == "rejected"
    assert delivery(light_house, citizen_id).reply == "Der er ingen andre tider."


WRONG = [
    "<html>Velkommen</html>",
    "[]",
    "null",
    '{"resourceType": "Task"}',
    task("completed", "x" * 16),
    task("no-such-status"),
    task("completed", note=[{"text": 7}]),
    '{"resourceType": "Patient", "id": "' + ID + '", "status": "completed"}',
    "[" * 100_000,
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_answer_is_no_answer_and_it_is_sent_again(light_house: House, source: Loopback, wrong: str) -> None:
    citizen_id = answered_citizen(light_house)
    source.lay(PATH, wrong, "")

    tick(light_house, receiver(source, light_house))
    first = delivery(light_house, citizen_id).status
    light_house.wait(minutes=1)
    tick(light_house, receiver(source, light_house))

    assert (first, delivery(light_house, citizen_id).status) == ("waiting", "sent")


@pytest.mark.parametrize("status", [400, 401, 404, 409, 429, 500, 503])
def test_a_receiver_that_refuses_is_asked_again(light_house: House, source: Loopback, status: int) -> None:
    citizen_id = answered_citizen(light_house)
    source.lay(PATH, "", status=status)

    tick(light_house, receiver(source, light_house))
    source.lay(PATH, "", status=200)
    light_house.wait(minutes=1)
    tick(light_house, receiver(source, light_house))

    assert delivery(light_house, citizen_id).status == "sent"


def test_one_that_is_late_gets_the_same_message_again(light_house: House, source: Loopback) -> None:
    citizen_id = answered_citizen(light_house)

    tick(light_house, receiver(source, light_house))
    waiting = delivery(light_house, citizen_id).status
    source.lay(PATH, task("received"))
    light_house.wait(minutes=1)
    tick(light_house, receiver(source, light_house))

    bodies = [json.loads(body) for _, _, body in source.asked]
    assert waiting == "waiting"
    assert bodies[0] == bodies[1]
    assert delivery(light_house, citizen_id).status == "received"


def test_what_is_answered_twice_is_answered_once(light_house: House, source: Loopback) -> None:
    citizen_id = answered_citizen(light_house)
    source.lay(PATH, task("received"), task("received"), task("accepted"), task("rejected"))

    for _ in range(5):
        tick(light_house, receiver(source, light_house))
        light_house.wait(hours=13)

    assert (delivery(light_house, citizen_id).status, delivery(light_house, citizen_id).outcome) == (
        "answered",
        "accepted",
    )


def test_when_nobody_ever_takes_it_the_citizen_is_told(light_house: House) -> None:
    citizen_id = answered_citizen(light_house)
    gone = http_source.receivers(
        SourceSettings(
            fhir_url="http://127.0.0.1:9", timeout=1, retries=0, fhir_takes=frozenset({"appointment_answer"})
        )
    )[0]
    tries = 0

    while delivery(light_house, citizen_id).status == "waiting":
        tries += tick(light_house, gone)
        light_house.wait(hours=13)

    assert tries == 8
    assert delivery(light_house, citizen_id).status == "failed"
    assert tick(light_house, gone) == 0
