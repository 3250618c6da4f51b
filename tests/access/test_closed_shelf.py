"""After an older backup was put back no consent counts until the citizen's device, or an operator, has told."""

from datetime import timedelta

import pytest

from app.access import service as access
from app.cli import main as cli
from app.consent.event import Party
from app.grant import Actor
from app.records import heads, restores
from app.records import service as records
from app.records.item import Put, Remove
from tests.access import asking
from tests.access.asking import question
from tests.consent import municipality
from tests.consent.municipality import CASEWORKER
from tests.house import CommandLine, House
from tests.shell import Shell

NUMBER = "0101601234"


@pytest.fixture
def citizen_id(house: House) -> str:
    found = house.citizen(NUMBER)
    municipality.give(house, found)
    return found


def close(house: House, citizen_id: str) -> None:
    with house.database.transaction() as session:
        restores.begin_epoch(session, citizen_id, house.at)


def status(house: House, case_number: str) -> str:
    return asking.answered(house, question(NUMBER, case_number=case_number, nonce=case_number * 16))


def test_a_consent_counts_for_nobody_while_the_shelf_is_closed_and_again_when_it_is_open(
    house: House, citizen_id: str
) -> None:
    assert status(house, "1") == "VALID"
    close(house, citizen_id)
    assert status(house, "2") == "NOT_VALID"

    with house.database.transaction() as session:
        restores.reopen(session, citizen_id, house.at)
    assert status(house, "3") == "VALID"


def test_a_no_for_a_closed_shelf_takes_the_work_of_any_other(house: House, citizen_id: str) -> None:
    status(house, "0")  # the asker's own first question makes their key
    with asking.counted(house) as open_work:
        status(house, "1")
    close(house, citizen_id)
    with asking.counted(house) as closed_work:
        status(house, "2")

    assert closed_work == open_work


def test_citizens_and_the_installation_itself_go_on_while_it_is_closed(house: House, citizen_id: str) -> None:
    close(house, citizen_id)

    with house.open(citizen_id, "medication:read", Actor(citizen_id, "citizen")) as (_, grant):
        assert grant.basis == "self"
    with house.open(citizen_id, "record:import") as (_, grant):
        assert grant.basis == "operation"


def test_a_block_counts_while_it_is_closed(house: House, citizen_id: str) -> None:
    municipality.block(house, citizen_id, Party("everyone"))
    close(house, citizen_id)

    with house.database.transaction() as session:
        decided = access.decide(session, CASEWORKER, citizen_id, "medication:read", "casework", house.at)
    assert (decided.decision.outcome, decided.decision.reason) == ("deny", "blocked")


def test_an_operator_sees_what_is_closed_and_opens_it(light_house: House, capsys: pytest.CaptureFixture[str]) -> None:
    citizen_id = light_house.citizen(NUMBER)
    close(light_house, citizen_id)
    shell = Shell(light_house, capsys)

    (restore,) = shell.run("alarms")[1]["restores"]
    assert (restore["citizen"], restore["reopened_at"]) == (citizen_id, None)
    assert shell.run("db", "confirm-restore", "--citizen", "nobody") == (
        1,
        {"code": "not_found", "detail": "No shelf of this id is closed. See: naerblik alarms"},
    )
    assert shell.run("db", "confirm-restore", "--citizen", citizen_id) == (0, {"reopened": [citizen_id]})
    assert shell.run("db", "confirm-restore", "--all") == (0, {"reopened": []})
    assert shell.run("alarms")[1]["restores"][0]["reopened_at"] is not None


def test_the_worker_forgets_what_was_removed_long_ago(light_house: House, capsys: pytest.CaptureFixture[str]) -> None:
    citizen_id = light_house.citizen(NUMBER)
    for change in (Put("thing", "one", "test", {}), Remove("thing", "one")):
        with light_house.open(citizen_id, "record:import") as (session, grant):
            records.write(session, grant, [change], light_house.at)
    light_house.at += timedelta(days=31)

    assert cli.run(["worker", "--once"], CommandLine(light_house)) == 0
    capsys.readouterr()

    with light_house.database.reading() as session:
        head = heads.read(session, citizen_id)
    assert head is not None
    assert head.floor == head.seq
