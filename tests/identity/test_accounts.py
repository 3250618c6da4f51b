from datetime import date, timedelta

import pytest

from app import errors
from app.identity import accounts, citizens
from app.identity.person import Number
from tests.conftest import NOW
from tests.house import House

ISSUER = "https://login.example"
OLD, NEW = Number("1501701234", "cpr"), Number("1501705678", "cpr")


def settle(house: House, number: Number, subject: str = "a", issuer: str = ISSUER) -> str:
    with house.database.transaction() as session:
        return accounts.settle(session, issuer, subject, number, house.at)


def numbers_of(house: House, citizen_id: str) -> list[Number]:
    with house.open(citizen_id, "person:read") as (session, grant):
        return citizens.read_numbers(session, grant)


def test_an_account_leads_to_the_citizen_and_no_other_does(house: House) -> None:
    citizen_id = settle(house, OLD)

    with house.database.reading() as session:
        assert accounts.citizen_of(session, ISSUER, "a") == citizen_id
        assert accounts.citizen_of(session, ISSUER, "b") is None
        assert accounts.citizen_of(session, "https://other.example", "a") is None


def test_issuer_and_subject_do_not_run_into_each_other(house: House) -> None:
    settle(house, OLD, subject="ab", issuer="https://x")

    with house.database.reading() as session:
        assert accounts.citizen_of(session, "https://xa", "b") is None


def test_a_changed_number_is_one_more_of_the_same_citizen_and_comes_first(house: House) -> None:
    citizen_id = settle(house, OLD)
    house.wait(days=1)

    assert settle(house, NEW) == citizen_id

    assert numbers_of(house, citizen_id) == [
        Number(NEW.value, "cpr", (NOW + timedelta(days=1)).date()),
        OLD,
    ]


def test_a_number_that_a_source_has_dated_keeps_its_dates(house: House) -> None:
    citizen_id = settle(house, OLD)
    with house.database.transaction() as session:
        citizens.settle(session, [OLD, Number(NEW.value, "cpr", date(2020, 5, 2))], house.at)

    settle(house, NEW)

    assert numbers_of(house, citizen_id)[0].valid_from == date(2020, 5, 2)


def test_a_number_of_somebody_else_is_refused_and_changes_nothing(house: House) -> None:
    citizen_id = settle(house, OLD)
    other = house.citizen(NEW.value, "Ida Holt")

    with pytest.raises(errors.Conflict):
        settle(house, NEW)

    assert numbers_of(house, citizen_id) == [OLD]
    assert numbers_of(house, other) == [NEW]
