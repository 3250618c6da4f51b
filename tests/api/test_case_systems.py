"""Case systems ask for their organisation, by OAuth 2.0 client credentials, and each ends when it is told to."""

import base64
from typing import Any
from urllib.parse import quote_plus

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from app.identity import case_systems
from tests.access import asking
from tests.access.asking import NUMBERS, UNKNOWN
from tests.api.desk import REQUESTS, STATUS, citizens_browser, request, status_question
from tests.api.test_caseworker import citizen_id
from tests.consent.municipality import MUNICIPALITY
from tests.house import House
from tests.shell import Shell

TOKEN = "/api/v1/token"


@pytest.fixture
def shell(house: House, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(house, capsys)


def added(shell: Shell, *more: str) -> dict[str, str]:
    """Register a case system; its id and secret."""
    names = ("--name", "Sagsbasen", "--organisation-name", "Bakkeby Kommune")
    code, printed = shell.run("case-systems", "add", "--organisation", MUNICIPALITY, *names, *more)
    assert code == 0
    found: dict[str, str] = printed
    return found


def ask_token(house: House, credentials: dict[str, str], **more: str) -> TestResponse:
    form = {"grant_type": "client_credentials", **credentials, **more}
    return house.client().post(TOKEN, data={name: value for name, value in form.items() if value})


def bearer(house: House, credentials: dict[str, str]) -> dict[str, str]:
    response = ask_token(house, credentials)
    assert response.status_code == 200, response.get_data(as_text=True)
    return {"Authorization": f"Bearer {response.get_json()['access_token']}"}


def ask(house: House, headers: dict[str, str], number: str = UNKNOWN, **more: Any) -> TestResponse:
    return house.client().post(STATUS, json=status_question(number, **more), headers=headers)


def test_a_case_system_asks_for_its_organisation_and_the_citizen_sees_it(house: House, shell: Shell) -> None:
    asking.populate(house)
    credentials = added(shell)
    headers = bearer(house, credentials)

    yes, no = ask(house, headers, NUMBERS["given"]), ask(house, headers, NUMBERS["withdrawn"])
    taken = house.client().post(REQUESTS, json=request(NUMBERS["never"]), headers=headers)

    said = [asking.said(house, each.get_json()["answer"])["status"] for each in (yes, no)]
    assert (said, taken.status_code) == (["VALID", "NOT_VALID"], 202)
    me = citizen_id(house, NUMBERS["given"])
    log = citizens_browser(house, me).get(f"/api/v1/citizens/{me}/log").get_json()["entries"]
    asked = next(each for each in log if each["action"] == "consent:status")
    assert (asked["actor"], asked["organisation"]) == (f"case-system:{credentials['client_id']}", MUNICIPALITY)


def test_a_token_is_told_once_and_ends_after_ten_minutes(house: House, shell: Shell) -> None:
    credentials = added(shell)
    response = ask_token(house, credentials)
    headers = {"Authorization": f"Bearer {response.get_json()['access_token']}"}

    assert (response.get_json()["token_type"], response.get_json()["expires_in"]) == ("Bearer", 600)
    assert response.headers["Cache-Control"] == "no-store"
    house.wait(minutes=9, seconds=59)
    assert ask(house, headers).status_code == 200
    house.wait(seconds=1)
    refused = ask(house, headers)
    assert (refused.status_code, refused.get_json()["code"]) == (401, "not_logged_in")
    bearer(house, credentials)  # which clears the old one away
    with house.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM case_system_token")).scalar_one() == 1


def test_credentials_may_stand_in_the_header_form_encoded(light_house: House, capsys: Any) -> None:
    credentials = added(Shell(light_house, capsys))
    pair = f"{quote_plus(credentials['client_id'])}:{quote_plus(credentials['client_secret'])}"
    headers = {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}

    response = light_house.client().post(TOKEN, data={"grant_type": "client_credentials"}, headers=headers)

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"client_secret": "made up"}, 401, "invalid_client"),
        ({"client_secret": ""}, 401, "invalid_client"),
        ({"client_id": "made up"}, 401, "invalid_client"),
        ({"client_id": ""}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_what_is_not_right_gets_no_token(
    light_house: House, capsys: Any, change: dict[str, str], status: int, code: str
) -> None:
    response = ask_token(light_house, added(Shell(light_house, capsys)), **change)

    assert (response.status_code, response.get_json()["code"], response.get_json()["error"]) == (status, code, code)
    assert "access_token" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "written", ["Basic !", "Basic " + base64.b64encode(b"\xff\xfe").decode(), "Basic", "Basic Og=="]
)
def test_a_header_that_cannot_be_read_is_no_client(light_house: House, written: str) -> None:
    response = light_house.client().post(
        TOKEN, data={"grant_type": "client_credentials"}, headers={"Authorization": written}
    )

    assert response.status_code == 401


def test_one_that_was_ended_asks_no_more_with_token_or_secret(house: House, shell: Shell) -> None:
    credentials, other = added(shell), added(shell)
    headers, others = bearer(house, credentials), bearer(house, other)

    assert shell.run("case-systems", "end", credentials["client_id"]) == (0, {"ended": credentials["client_id"]})

    assert ask(house, headers).status_code == 401
    assert ask_token(house, credentials).status_code == 401
    assert ask(house, others).status_code == 200
    listed = shell.run("case-systems", "list")[1]["case_systems"]
    assert {each["client_id"]: each["ended_at"] is None for each in listed} == {
        credentials["client_id"]: False,
        other["client_id"]: True,
    }


def test_limits_of_a_case_system_hold(light_house: House, capsys: Any) -> None:
    asking.populate(light_house)
    shell = Shell(light_house, capsys)
    headers = bearer(light_house, added(shell, "--text", "forskning"))

    assert ask(light_house, headers, NUMBERS["given"]).status_code == 403
    listed = light_house.client().get("/api/v1/consent-templates", headers=headers).get_json()["templates"]
    assert [each["id"] for each in listed] == ["forskning"]
    assert shell.run("case-systems", "list")[1]["case_systems"][0]["texts"] == ["forskning"]


def test_a_token_opens_nothing_of_a_citizens_and_a_session_beside_it_does_not_count(
    light_house: House, capsys: Any
) -> None:
    asking.populate(light_house)
    me = citizen_id(light_house, NUMBERS["given"])
    headers = bearer(light_house, added(Shell(light_house, capsys)))

    assert light_house.client().get(f"/api/v1/citizens/{me}/card", headers=headers).status_code == 401
    browser = citizens_browser(light_house, me)
    made_up = {"Authorization": "Bearer made-up"}
    assert browser.post(STATUS, json=status_question(UNKNOWN), headers=made_up).status_code == 401


def test_neither_secret_nor_token_nor_name_stands_in_the_database(light_house: House, capsys: Any) -> None:
    credentials = added(Shell(light_house, capsys))
    token = bearer(light_house, credentials)["Authorization"].removeprefix("Bearer ")

    with light_house.database.reading() as session:
        tables = [text("SELECT * FROM case_system"), text("SELECT * FROM case_system_token")]
        rows = [str(session.execute(table).all()) for table in tables]
    assert not any(secret in row for row in rows for secret in (credentials["client_secret"], token, "Sagsbasen"))


@pytest.mark.parametrize(
    "change", [{"organisation": "11111111"}, {"organisation": "cvr:1"}, {"name": ""}, {"organisation_name": "x" * 201}]
)
def test_one_that_is_not_named_as_it_should_is_refused(light_house: House, capsys: Any, change: dict[str, str]) -> None:
    told = {"organisation": MUNICIPALITY, "name": "Sagsbasen", "organisation_name": "Bakkeby Kommune", **change}
    words = [each for name, value in told.items() for each in (f"--{name.replace('_', '-')}", value)]

    code, printed = Shell(light_house, capsys).run("case-systems", "add", *words)

    assert (code, printed["code"]) == (1, "invalid")
    assert Shell(light_house, capsys).run("case-systems", "end", "made-up")[0] == 1
    with light_house.database.reading() as session:
        assert case_systems.registered(session, light_house.at) == []
