"""The ways through a login that end well, and where the citizen then stands."""

from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.gateways.oidc.conftest import environ
from tests.gateways.oidc.journey import CALLBACK, Journey
from tests.house import house_in
from tests.openid_provider import CPR, LOA

NEW_NUMBER = "1501705678"


def test_a_citizen_logs_in_for_the_first_time(journey: Journey) -> None:
    assert journey.session() == {
        "logged_in": False,
        "mode": "demo",
        "oidc": True,
        "csrf": None,
        "authenticated_at": None,
        "citizen": None,
        "staff": None,
        "staff_oidc": False,
        "has_device": False,
        "helps": False,
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


@pytest.mark.parametrize(("fresh", "end"), [("false", "/"), ("true", "/?login=refused")])
def test_a_fresh_login_is_one_that_was_made_after_it_was_asked_for(light: Journey, fresh: str, end: str) -> None:
    light.provider.claims["auth_time"] = int(light.house.at.timestamp()) - 600

    assert light.log_in(fresh=fresh) == end


def test_a_session_knows_how_old_the_login_at_the_provider_is(light: Journey) -> None:
    light.provider.claims["auth_time"] = int(light.house.at.timestamp()) - 600

    light.log_in()

    assert light.session()["authenticated_at"] == "2026-11-25T09:20:00Z"


@pytest.mark.parametrize(
    ("acr", "end"), [("mitid-high", "/"), ("mitid", "/?login=too_weak"), (None, "/?login=too_weak")]
)
def test_where_a_class_is_demanded_no_other_is_let_in(
    tmp_path: Path, light: Journey, acr: str | None, end: str
) -> None:
    demanded = [("NAERBLIK_OIDC_ACR_VALUES", "idp:mitid"), ("NAERBLIK_OIDC_ACR_ACCEPTED", "mitid-high")]
    light.provider.claims["acr"] = acr
    url = light.house.config.database_url
    with house_in(tmp_path / "data", url, NOW, [*environ(light.provider), *demanded]) as house:
        assert Journey(house, light.provider).log_in() == end

    assert "idp:mitid" in [form.get("acr_values") for _, form in light.provider.asked]
