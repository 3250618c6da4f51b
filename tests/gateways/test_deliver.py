"""Messages on their way: to a receiver on loopback that answers late, wrong, twice, and not at all."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fhir.resources.R4B.task import Task

from app.audit import service as audit
from app.config import SourceSettings
from app.gateways import deliver, http_source
from app.grant import Actor
from app.records import outgoing
from app.records.rules import Delivery
from app.records.source import Receiver
from tests.appointments.visits import answer, answered, visit
from tests.house import House
from tests.loopback import Loopback, loopback

ID = "m" * 16
PATH = f"/Task/{ID}"


@pytest.fixture
def source() -> Iterator[Loopback]:
    with loopback() as source:
        yield source


def receiver(source: Loopback, house: House, **settings: Any) -> Receiver:
    takes = frozenset({"appointment_answer", "renewal"})
    settings = {"timeout": 1, "retries": 0, "fhir_takes": takes, **settings}
    return http_source.receivers(SourceSettings(fhir_url=source.url, **settings), house.now)[0]


def task(status: str, message_id: str = ID, **more: Any) -> str:
    return json.dumps({"resourceType": "Task", "id": message_id, "intent": "order", "status": status, **more})


def answered_citizen(house: House, **changes: Any) -> str:
    citizen_id = house.citizen(source="fhir", appointments=(visit(house),))
    answer(house, citizen_id, changes.pop("said", "move"), ID, **changes)
    return citizen_id


def tick(house: House, *receivers: Receiver) -> int:
    return deliver.tick(house.database, receivers, house.now)


def delivery(house: House, citizen_id: str) -> Delivery:
    [given] = answered(house, citizen_id)
    return given.delivery


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


def test_an_answer_that_was_changed_is_followed_no_more(light_house: House, source: Loopback) -> None:
    citizen_id = answered_citizen(light_house)
    source.lay(PATH, "")
    tick(light_house, receiver(source, light_house))
    answer(light_house, citizen_id, "coming", "n" * 16)
    source.lay(f"/Task/{'n' * 16}", "")
    source.lay(PATH, task("completed"))
    light_house.wait(hours=1)

    tick(light_house, receiver(source, light_house))

    assert [path for _, path, _ in source.asked] == [PATH, f"/Task/{'n' * 16}"]
    assert delivery(light_house, citizen_id).status == "sent"


def test_an_answer_that_is_changed_while_the_receiver_thinks_stays_changed(light_house: House) -> None:
    citizen_id = answered_citizen(light_house)

    class Slow:
        name = "fhir"
        takes = frozenset({"appointment_answer"})

        def send(self, message_id: str, message: bytes) -> Any:
            del message_id, message
            answer(light_house, citizen_id, "coming", "n" * 16)
            return deliver.Told("answered")

        def ask(self, message_id: str) -> Any:
            raise AssertionError(message_id)

    tick(light_house, Slow())
    [given] = answered(light_house, citizen_id)

    assert (given.message_id, given.delivery.status) == ("n" * 16, "waiting")


def test_whoever_dies_while_delivering_leaves_it_to_the_next(house: House, source: Loopback) -> None:
    citizen_id = answered_citizen(house)
    with house.database.transaction() as session:
        outgoing.claim(session, ["fhir"], house.at, 10)
    source.lay(PATH, "")

    at_once = tick(house, receiver(source, house))
    house.wait(minutes=6)
    later = tick(house, receiver(source, house))

    assert (at_once, later) == (0, 1)
    assert delivery(house, citizen_id).status == "sent"


def test_two_workers_never_take_the_same_message(house: House) -> None:
    answered_citizen(house)

    with house.database.transaction() as session:
        first = outgoing.claim(session, ["fhir"], house.at, 10)
    with house.database.transaction() as session:
        second = outgoing.claim(session, ["fhir"], house.at, 10)

    assert (len(first), len(second)) == (1, 0)


def test_the_citizen_sees_in_the_log_that_it_was_sent_and_by_whom(light_house: House, source: Loopback) -> None:
    citizen_id = answered_citizen(light_house)
    source.lay(PATH, "")
    tick(light_house, receiver(source, light_house))

    with light_house.open(citizen_id, "log:read", Actor(citizen_id, "citizen")) as (session, grant):
        logged = [each.entry for each in audit.read_log(session, grant)]

    assert {(each.actor, each.basis) for each in logged if each.action == "message:deliver"} == {
        ("system:delivery", "own_order")
    }


def test_nothing_of_the_message_is_in_an_address(light_house: House, source: Loopback) -> None:
    answered_citizen(light_house)
    source.lay(PATH, "")

    tick(light_house, receiver(source, light_house))

    assert all("1501701234" not in path and "kontrol" not in path for _, path, _ in source.asked)
