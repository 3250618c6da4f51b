"""Reads by others and withdrawals follow one upon the other: what the log says in its order is what happened."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app import errors
from app.access import service as access
from app.audit import service as audit
from app.consent import giving
from app.grant import Actor
from tests.conftest import NOW
from tests.consent import municipality
from tests.house import House, house_in

ROUNDS, READERS = 12, 4


def read_once(house: House, citizen_id: str) -> bool:
    """One read by the caseworker, with its refusal logged as over HTTP; whether it was let in."""
    try:
        with house.database.transaction() as session:
            access.open_record(session, municipality.CASEWORKER, citizen_id, "medication:read", "casework", house.at)
    except errors.NotAllowed as refused:
        with house.database.transaction() as session:
            access.record_refusal(session, refused.refusal, house.at)
        return False
    return True


@pytest.mark.postgresql
def test_no_read_that_begins_after_a_withdrawal_is_committed_is_let_in(postgresql_url: str, tmp_path: Path) -> None:
    """Threads read while the citizen gives and withdraws; on SQLite a writer shuts out all others anyway."""
    with house_in(tmp_path / "data", postgresql_url, NOW) as house:
        citizen_id = house.citizen()
        shut: list[tuple[float, float]] = []  # from the commit of a withdrawal to the beginning of the next yes
        reads: list[tuple[float, float, bool]] = []
        done = threading.Event()

        def reader() -> None:
            while not done.is_set():
                begun = time.monotonic()
                let_in = read_once(house, citizen_id)
                reads.append((begun, time.monotonic(), let_in))

        def citizen() -> None:
            try:
                for number in range(ROUNDS):
                    _give_and_withdraw(house, citizen_id, number, shut)
            finally:
                done.set()

        _together([citizen, *[reader] * READERS])

        let_in = [(begun, ended) for begun, ended, was_let_in in reads if was_let_in]
        assert [each for each in let_in if any(start < each[0] and each[1] < end for start, end in shut)] == []
        assert 0 < len(let_in) < len(reads)
        assert _permitted_while_shut(house, citizen_id) == []


def _give_and_withdraw(house: House, citizen_id: str, number: int, shut: list[tuple[float, float]]) -> None:
    request_id, event_id = f"request-{number:010}", f"event-{number:014}"
    municipality.ask(house, citizen_id, request_id=request_id)
    begun = time.monotonic()
    if shut:
        shut[-1] = (shut[-1][0], begun)
    with house.open(citizen_id, "consents:give", Actor(citizen_id, "citizen")) as (session, grant):
        giving.accept_request(session, grant, request_id, event_id, "da", municipality.ISSUER)
    while not read_once(house, citizen_id):
        pass
    municipality.withdraw(house, citizen_id, event_id, f"end-{number:016}")
    shut.append((time.monotonic(), float("inf")))
    assert not read_once(house, citizen_id)


def _permitted_while_shut(house: House, citizen_id: str) -> list[int]:
    """The numbers of entries that tell of a read although the one before them shut it."""
    with house.open(citizen_id, "log:read") as (session, grant):
        entries = reversed(audit.read_log(session, grant))
    is_open, wrong = False, []
    for each in entries:
        action = each.entry.action
        if action in ("consents:give", "consents:withdraw"):
            is_open = action == "consents:give"
        if action == "medication:read" and each.entry.outcome == "permitted" and not is_open:
            wrong.append(each.seq)
    return wrong


def _together(work: list[Callable[[], None]]) -> None:
    failures: list[BaseException] = []

    def guarded(each: Callable[[], None]) -> None:
        try:
            each()
        except BaseException as error:  # noqa: BLE001 - told to the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(each,)) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []


def test_an_access_whose_clock_is_behind_obeys_a_withdrawal_all_the_same(house: House) -> None:
    """It asked before the withdrawal and waited for the lock, or its machine's clock is late."""
    citizen_id = house.citizen()
    given = municipality.give(house, citizen_id)
    house.wait(minutes=5)
    municipality.withdraw(house, citizen_id, given.event.grant_id)

    house.at -= timedelta(minutes=2)

    assert municipality.decided(house, citizen_id) == "default"


def test_a_yes_by_a_machine_whose_clock_is_behind_comes_after_what_was_there(house: House) -> None:
    citizen_id = house.citizen()
    given = municipality.give(house, citizen_id)
    house.at -= timedelta(minutes=2)

    ended = municipality.withdraw(house, citizen_id, given.event.grant_id)

    assert ended.event.recorded_at == given.event.recorded_at
    assert municipality.decided(house, citizen_id) == "default"
