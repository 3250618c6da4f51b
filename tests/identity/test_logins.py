from datetime import timedelta

import pytest
from flask import Flask

from app import errors, factory
from app.access import service as access
from app.api import current
from app.grant import Actor
from app.identity import logins
from tests.conftest import Raw
from tests.house import House


def begin(house: House, citizen_id: str | None = None, minutes_ago: int = 0) -> str:
    """A session of somebody who showed who they are some minutes ago."""
    citizen_id = citizen_id or house.citizen()
    with house.open(citizen_id, "login:begin", Actor(citizen_id, "citizen")) as (session, grant):
        return logins.begin(session, grant, "oidc", house.at - timedelta(minutes=minutes_ago))


def holds(house: House, token: str) -> bool:
    with house.database.transaction() as session:
        return logins.find(session, token, house.at) is not None


def test_a_token_finds_its_login_and_no_other_does(house: House) -> None:
    token = begin(house)

    assert holds(house, token)
    assert not holds(house, token + "x")


def test_an_idle_login_ends(house: House) -> None:
    token = begin(house)
    house.wait(minutes=29)
    assert holds(house, token)
    house.wait(minutes=29)
    assert holds(house, token)
    house.wait(minutes=30)

    assert not holds(house, token)


def test_no_login_outlives_its_absolute_end(house: House) -> None:
    token = begin(house)
    for _ in range(28):
        house.wait(minutes=25)
        assert holds(house, token)
    house.wait(minutes=25)

    assert not holds(house, token)


def test_an_ended_login_is_gone(house: House) -> None:
    token = begin(house)
    with house.database.transaction() as session:
        logins.end(session, token)

    assert not holds(house, token)


def test_the_database_does_not_hold_the_token(house: House, raw: Raw) -> None:
    token = begin(house)

    stored = raw.run("SELECT * FROM login_session")

    assert len(stored) == 1
    assert token not in str(stored)


def test_a_session_remembers_how_and_when_its_citizen_showed_who_they_are(house: House) -> None:
    citizen_id = house.citizen()
    token = begin(house, citizen_id, minutes_ago=3)

    with house.database.transaction() as session:
        found = logins.find(session, token, house.at)

    assert found == logins.Login(citizen_id, "oidc", house.at - timedelta(minutes=3))


def test_no_session_begins_without_leave_for_a_login(house: House) -> None:
    with (
        house.open(house.citizen(), "medication:read") as (session, grant),
        pytest.raises(errors.NotAllowed),
    ):
        logins.begin(session, grant, "oidc", house.at)


def test_nobody_begins_a_session_for_somebody_else(house: House) -> None:
    citizen_id = house.citizen()

    with house.database.transaction() as session, pytest.raises(errors.NotAllowed):
        access.open_record(session, Actor("somebody else", "citizen"), citizen_id, "login:begin", "self", house.at)


def test_ended_sessions_are_cleared_away_by_the_next_login(house: House, raw: Raw) -> None:
    begin(house)
    house.at += logins.ABSOLUTE
    begin(house)

    assert raw.run("SELECT count(*) FROM login_session") == [(1,)]


def test_ending_all_ends_the_citizens_and_nobody_elses(house: House) -> None:
    other = begin(house, house.citizen("0202601234", "Ida Holt"))
    mine = house.citizen()
    here, there = begin(house, mine), begin(house, mine)

    with house.database.transaction() as session:
        logins.end_all(session, mine)

    assert [holds(house, each) for each in (here, there, other)] == [False, False, True]


def test_logging_out_everywhere_ends_every_browsers_session(house: House) -> None:
    citizen_id = house.citizen()
    here, there = house.client(), house.client()
    for client in (here, there):
        client.set_cookie("naerblik", begin(house, citizen_id))
    csrf = here.get("/api/v1/session").get_json()["csrf"]

    without_token = here.delete("/api/v1/sessions")
    ended = here.delete("/api/v1/sessions", headers={"X-CSRF-Token": csrf})

    assert (without_token.status_code, ended.status_code) == (403, 204)
    assert here.get_cookie("naerblik") is None
    assert there.get("/api/v1/session").get_json()["logged_in"] is False


def step_up(house: House) -> Flask:
    """The app with a building block's first user: an address that demands a fresh login."""
    app = factory.create_app(house.settings, house.opened, house.now)

    def view() -> str:
        current.demand_fresh_login()
        return "done"

    app.add_url_rule("/careful", "careful", view)
    return app


@pytest.mark.parametrize(("minutes", "status"), [(0, 200), (5, 200), (6, 403)])
def test_what_is_hard_to_undo_needs_a_fresh_login(light_house: House, minutes: int, status: int) -> None:
    client = step_up(light_house).test_client()
    client.set_cookie("naerblik", begin(light_house, minutes_ago=minutes))

    response = client.get("/careful")

    assert response.status_code == status
    if status == 403:
        assert response.get_json()["code"] == "fresh_login_needed"


def test_a_stranger_is_no_fresh_login(light_house: House) -> None:
    assert step_up(light_house).test_client().get("/careful").status_code == 401
