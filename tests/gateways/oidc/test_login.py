"""The ways through a login that end well, and where the citizen then stands."""

import pytest
from sqlalchemy import text

from app.identity import logins
from tests.gateways.oidc.journey import CALLBACK, START, Journey
from tests.openid_provider import BODIL, CPR, LOA

NEW_NUMBER = "1501705678"


def test_a_citizen_logs_in_for_the_first_time(journey: Journey) -> None:
    assert journey.session() == {
        "logged_in": False,
        "mode": "demo",
        "oidc": True,
        "csrf": None,
        "authenticated_at": None,
        "citizen": None,
    }

    assert journey.log_in() == "/"

    session = journey.session()
    assert session["citizen"]["name"] == "Bodil Krogh"
    assert session["citizen"]["born"] == "1970-01-15"
    assert session["authenticated_at"] == "2026-11-25T09:29:55Z"


def test_a_citizen_whose_card_was_here_first_finds_it(journey: Journey) -> None:
    known = journey.house.citizen("1501701234", "Bodil K. Krogh")

    journey.log_in()

    citizen = journey.session()["citizen"]
    assert citizen["id"] == known
    assert citizen["name"] == "Bodil K. Krogh"


def test_the_second_login_finds_the_same_citizen(journey: Journey) -> None:
    journey.log_in()
    first = journey.session()["citizen"]["id"]
    elsewhere = journey.another_browser()

    elsewhere.log_in()

    assert elsewhere.session()["citizen"]["id"] == first
    assert journey.session()["citizen"]["id"] == first


def test_two_subjects_with_one_number_are_one_citizen(journey: Journey) -> None:
    journey.log_in()
    first = journey.session()["citizen"]["id"]
    journey.provider.claims["sub"] = "a newer MitID"

    journey.log_in()

    assert journey.session()["citizen"]["id"] == first


def test_a_changed_number_keeps_everything(journey: Journey) -> None:
    journey.log_in()
    first = journey.session()["citizen"]["id"]
    journey.house.wait(days=1)
    journey.provider.claims[CPR] = NEW_NUMBER

    journey.log_in()

    assert journey.session()["citizen"]["id"] == first
    assert journey.house.citizen(NEW_NUMBER) == journey.house.citizen("1501701234") == first


def test_every_login_is_in_the_citizens_log(journey: Journey) -> None:
    journey.log_in()
    journey.log_in()

    log = journey.log()

    assert [(each["action"], each["outcome"], each["actor"]) for each in log] == [
        ("login:begin", "permitted", journey.session()["citizen"]["id"])
    ] * 2


def test_the_citizen_arrives_where_they_wanted_to_go(light: Journey) -> None:
    assert light.log_in(return_to="/medicin/28103?vis=alle") == "/medicin/28103?vis=alle"


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/medicin//evil.example",
        "/\t/evil.example",
        "/ /evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        "/api/v1/login/oidc",
        "/" + "x" * 600,
        "/medicin\r\nSet-Cookie: a=b",
        "/medicin\n",
    ],
)
def test_no_address_but_a_path_of_the_app_is_returned_to(light: Journey, path: str) -> None:
    response = light.client.get(START, query_string={"return_to": path})

    assert (response.status_code, response.get_json()["code"]) == (422, "invalid")
    assert "Set-Cookie" not in response.headers


def test_logging_in_again_gives_a_new_token_and_ends_the_old(journey: Journey) -> None:
    journey.log_in()
    first = journey.client.get_cookie("naerblik")
    journey.log_in()
    second = journey.client.get_cookie("naerblik")
    assert first is not None
    assert second is not None
    journey.client.set_cookie("naerblik", first.value)

    assert first.value != second.value
    assert journey.session()["logged_in"] is False


def test_the_old_token_ends_though_browsers_keep_strict_cookies_back_on_the_way_home(journey: Journey) -> None:
    journey.log_in()
    first = journey.client.get_cookie("naerblik")
    assert first is not None
    answer = journey.at_provider(journey.leave())
    journey.client.delete_cookie("naerblik")

    journey.back(answer)
    journey.client.set_cookie("naerblik", first.value)

    assert journey.session()["logged_in"] is False


def test_the_attempts_cookie_is_lax_short_and_out_of_reach_of_scripts(light: Journey) -> None:
    response = light.client.get(START)

    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("naerblik-login=")
    for part in ("HttpOnly", "SameSite=Lax", "Max-Age=600", "Path=/"):
        assert part in cookie
    assert response.headers["Cache-Control"] == "no-store"


def test_the_way_back_takes_the_attempts_cookie_away_and_is_kept_by_nobody(light: Journey) -> None:
    response = light.back(light.at_provider(light.leave()))

    assert light.client.get_cookie("naerblik-login") is None
    assert any(
        "SameSite=Strict" in cookie and "HttpOnly" in cookie for cookie in response.headers.getlist("Set-Cookie")
    )
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.data == b""


def test_the_provider_is_asked_as_the_standard_says(light: Journey) -> None:
    light.log_in(fresh="true")

    path, asked = next(each for each in light.provider.asked if each[0] == "/authorize")
    assert path == "/authorize"
    assert asked["response_type"] == "code"
    assert asked["scope"] == "openid profile"
    assert asked["code_challenge_method"] == "S256"
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    assert asked["redirect_uri"] == f"http://localhost:8000{CALLBACK}"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3


def test_a_client_that_must_send_its_secret_in_the_form_does(light: Journey) -> None:
    light.provider.metadata["token_endpoint_auth_methods_supported"] = ["client_secret_post", "private_key_jwt"]

    assert light.log_in() == "/"

    form = next(form for path, form in light.provider.asked if path == "/token")
    assert form["client_secret"] == light.provider.client_secret


@pytest.mark.parametrize(
    "level", ["Substantial", "HIGH", "https://data.gov.dk/concept/core/nsis/Substantial", " substantial "]
)
def test_brokers_write_the_level_in_different_ways(light: Journey, level: str) -> None:
    light.provider.claims[LOA] = level

    assert light.log_in() == "/"


def test_several_audiences_are_good_when_we_are_who_it_was_issued_to(light: Journey) -> None:
    us = light.provider.client_id
    light.provider.claims |= {"aud": [us, "somebody else"], "azp": us}

    assert light.log_in() == "/"


def test_a_provider_without_a_name_for_the_citizen_is_no_hindrance(light: Journey) -> None:
    light.provider.claims["name"] = None

    assert light.log_in() == "/"
    assert light.session()["citizen"]["name"] is None


def test_neither_attempt_nor_account_stands_in_clear(light: Journey) -> None:
    light.leave(return_to="/medicin/hemmelig")
    light.log_in()

    with light.house.database.reading() as session:
        kept = [*session.execute(text("SELECT * FROM account")), *session.execute(text("SELECT * FROM login_attempt"))]

    assert len(kept) == 2
    assert not any(word in str(kept) for word in (BODIL["sub"], BODIL[CPR], "hemmelig"))


def test_expired_attempts_and_sessions_are_swept(journey: Journey) -> None:
    journey.leave()
    journey.another_browser().log_in()
    journey.house.at += logins.ABSOLUTE

    journey.log_in()

    with journey.house.database.reading() as session:
        counts = [
            session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608  names of ours
            for table in ("login_attempt", "login_session")
        ]
    assert counts == [0, 1]
