"""Messages on their way while something else happens: another answer, another worker, a look into the log."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.audit import service as audit
from app.gateways import deliver
from app.grant import Actor
from app.records import outgoing
from tests.appointments.visits import answer, answered
from tests.gateways.receiving import PATH, answered_citizen, delivery, receiver, task, tick
from tests.house import House
from tests.loopback import Loopback, loopback


@pytest.fixture
def source() -> Iterator[Loopback]:
    with loopback() as source:
        yield source


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
