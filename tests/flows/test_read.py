"""The story of reading over HTTP: choose a person, see the card, the doses, the appointments; nobody else's."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from app.cli import demo
from app.gateways import demo as people
from tests.house import CommandLine, House


@pytest.fixture
def client(house: House) -> FlaskClient:
    demo.put_in(CommandLine(house))
    return house.client()


def log_in(client: FlaskClient, place: int = 0) -> dict[str, Any]:
    person = client.get("/api/v1/login/demo/people").get_json()["people"][place]
    response = client.post("/api/v1/login/demo", json={"person": person["id"]})
    assert response.status_code == 200
    session: dict[str, Any] = response.get_json()
    return session


def test_a_stranger_sees_the_people_of_the_demo_and_nothing_else(client: FlaskClient) -> None:
    listed = client.get("/api/v1/login/demo/people").get_json()["people"]

    assert {each["id"] for each in listed} == {each.id for each in people.PEOPLE if each.logs_in}
    assert client.get("/api/v1/session").get_json() == {
        "logged_in": False,
        "mode": "demo",
        "oidc": False,
        "csrf": None,
        "staff": None,
        "staff_oidc": False,
        "has_device": False,
        "helps": False,
        "authenticated_at": None,
        "citizen": None,
    }


def test_a_citizen_sees_their_card_their_doses_and_their_appointments(client: FlaskClient) -> None:
    me = log_in(client)["citizen"]["id"]

    card = client.get(f"/api/v1/citizens/{me}/card")
    plan = client.get(f"/api/v1/citizens/{me}/dose-plan?date=2026-11-25")
    appointments = client.get(f"/api/v1/citizens/{me}/appointments")
    consents = client.get(f"/api/v1/citizens/{me}/consents")

    assert {each.status_code for each in (card, plan, appointments, consents)} == {200}
    assert len(card.get_json()["medications"]) >= 8
    assert len(plan.get_json()["doses"]) >= 4
    assert len(appointments.get_json()["appointments"]) >= 4
    assert len(consents.get_json()["consents"]) >= 3
    assert card.headers["Cache-Control"] == "no-store"


def test_http_says_what_the_command_line_says(
    house: House, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    from app.cli import main as cli

    me = log_in(client)["citizen"]["id"]
    number = next(each for each in people.PEOPLE if each.logs_in).number.value

    cli.run(["card", number], CommandLine(house))

    said = client.get(f"/api/v1/citizens/{me}/card").get_json()
    for medication in [*said["medications"], *said["off_card"]]:
        # What only the app needs, to act on it.
        assert medication.pop("key")
        medication.pop("takes_renewal")
    assert json.loads(capsys.readouterr().out) == said


def test_nobody_sees_somebody_elses_card_and_the_attempt_is_in_their_log(client: FlaskClient) -> None:
    other = log_in(client, 1)["citizen"]["id"]
    log_in(client, 0)

    refused = client.get(f"/api/v1/citizens/{other}/card")
    log_in(client, 1)
    log = client.get(f"/api/v1/citizens/{other}/log").get_json()["entries"]

    assert refused.status_code == 403
    assert refused.get_json()["code"] == "not_allowed"
    assert [(entry["action"], entry["outcome"]) for entry in log[:3]] == [
        ("login:begin", "permitted"),
        ("medication:read", "refused"),
        ("login:begin", "permitted"),
    ]
    assert [entry["outcome"] for entry in log].count("refused") == 1


def test_an_unknown_citizen_is_refused_like_a_known_one(client: FlaskClient) -> None:
    other = log_in(client, 1)["citizen"]["id"]
    log_in(client, 0)

    known, unknown = (client.get(f"/api/v1/citizens/{each}/card") for each in (other, "0" * 32))

    assert (known.status_code, known.data) == (unknown.status_code, unknown.data)


def test_logging_out_ends_the_session_for_whoever_kept_its_cookie(client: FlaskClient) -> None:
    session = log_in(client)
    kept = client.get_cookie("naerblik")
    assert kept is not None

    without_token = client.delete("/api/v1/session")
    ended = client.delete("/api/v1/session", headers={"X-CSRF-Token": session["csrf"]})
    client.set_cookie("naerblik", kept.value)

    assert (without_token.status_code, ended.status_code) == (403, 204)
    assert client.get(f"/api/v1/citizens/{session['citizen']['id']}/card").status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    person = client.get("/api/v1/login/demo/people").get_json()["people"][0]["id"]
    cookie = client.post("/api/v1/login/demo", json={"person": person}).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_logging_in_again_gives_a_new_token_and_ends_the_old(client: FlaskClient) -> None:
    log_in(client)
    first = client.get_cookie("naerblik")
    log_in(client)
    second = client.get_cookie("naerblik")
    assert first is not None
    assert second is not None
    client.set_cookie("naerblik", first.value)

    assert first.value != second.value
    assert client.get("/api/v1/session").get_json()["logged_in"] is False


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/citizens/x/dose-plan", 422, "invalid"),
        ("/api/v1/citizens/x/dose-plan?date=tomorrow", 422, "invalid"),
        ("/api/v1/citizens/x/dose-plan?date=2026-11-25&more=1", 422, "invalid"),
        ("/api/v1/nothing", 404, "not_found"),
    ],
)
def test_every_error_is_a_problem_with_a_code(client: FlaskClient, path: str, status: int, code: str) -> None:
    log_in(client)

    response = client.get(path)

    assert (response.status_code, response.get_json()["code"]) == (status, code)
    assert response.mimetype == "application/problem+json"
    assert response.get_json()["detail"]


@pytest.mark.parametrize("body", [b"{", b'{"person": 1}', b'{"person": "x", "more": 1}', b"[]", b"\xff"])
def test_a_malformed_body_is_a_problem_too(client: FlaskClient, body: bytes) -> None:
    response = client.post("/api/v1/login/demo", data=body, content_type="application/json")

    assert response.status_code in (400, 422)
    assert response.mimetype == "application/problem+json"


def test_a_person_who_is_not_in_the_demo_is_not_found(client: FlaskClient) -> None:
    response = client.post("/api/v1/login/demo", json={"person": "nobody"})

    assert (response.status_code, response.get_json()["code"]) == (404, "not_found")


def test_a_session_ends_by_itself(house: House, client: FlaskClient) -> None:
    me = log_in(client)["citizen"]["id"]
    house.wait(minutes=31)

    assert client.get(f"/api/v1/citizens/{me}/card").status_code == 401
