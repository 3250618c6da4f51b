"""A row that is read, sealed anew by a renewal, and then changed: on PostgreSQL, where two write at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.cli import renewing
from app.consent import requests
from app.grant import Actor
from app.identity import citizens
from app.identity.person import Number
from app.vault import resealing
from tests.conftest import NOW
from tests.consent import municipality
from tests.house import House, house_in

pytestmark = pytest.mark.postgresql
NUMBER = Number("1501701234", "cpr")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest before a key is destroyed is for other processes; here all wait on one another."""
    monkeypatch.setattr(renewing, "GRACE", 0.1)


@pytest.fixture
def served(tmp_path: Path, postgresql_url: str) -> Iterator[House]:
    with house_in(tmp_path / "data", postgresql_url, NOW) as house:
        yield house


def renew_all_but_the_end(house: House, holder: str) -> None:
    """A newer key, and everything of the holder sealed anew under it, as far as nobody has it in hand."""
    with house.database.transaction() as session:
        resealing.begin(session, holder, house.at)
    for table in renewing.TABLES:
        with house.database.transaction() as session:
            resealing.reseal(session, table, holder, house.at)


def test_an_answer_that_is_kept_while_keys_are_renewed_opens_afterwards(served: House) -> None:
    bodil = served.citizen()
    asked = municipality.ask(served, bodil)
    with served.open(bodil, "consents:give", Actor(bodil, "citizen")) as (session, grant):
        found = requests.find(session, grant, asked.id)
        held = session.get_one(requests.ConsentRequestRow, (bodil, asked.id))
        renew_all_but_the_end(served, bodil)
        requests.record_answer(session, grant, replace(found, answer="no", answered_at=served.at))
        assert held.answered_at == served.at

    with served.open(bodil, "consents:read", Actor(bodil, "citizen")) as (session, grant):
        assert [each.answer for each in requests.read_requests(session, grant)] == ["no"]
    assert renewing.renew(served.database, served.now)["kept"] == 0


def test_a_number_that_gets_its_dates_while_keys_are_renewed_opens_afterwards(served: House) -> None:
    bodil = served.citizen(NUMBER.value)
    dated = replace(NUMBER, valid_from=date(1970, 1, 15))
    with served.open(bodil, "record:import") as (session, grant):
        citizens.read_numbers(session, grant)
        held = session.get_one(citizens.CitizenNumber, citizens._blind(session, NUMBER))
        renew_all_but_the_end(served, bodil)
        citizens.settle(session, [dated], served.at)
        assert held.citizen_id == bodil

    with served.open(bodil, "record:import") as (session, grant):
        assert citizens.read_numbers(session, grant) == [dated]
    assert renewing.renew(served.database, served.now)["kept"] == 0
