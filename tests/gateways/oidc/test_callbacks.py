"""Ways back that are not the way out's: foreign, repeated, late, or made up."""

import base64
import logging
from urllib.parse import urlencode

import pytest
import urllib3

from tests.conftest import NOW
from tests.gateways.oidc.journey import Journey
from tests.house import house_in
from tests.openid_provider import BODIL, CPR


def where(journey: Journey, answer: dict[str, str]) -> str:
    return journey.back(answer).headers["Location"]


def test_a_forged_state_is_refused_and_does_not_end_the_attempt(journey: Journey) -> None:
    answer = journey.at_provider(journey.leave())

    assert where(journey, {**answer, "state": "made up"}) == "/?login=refused"
    assert journey.session()["logged_in"] is False
    assert where(journey, answer) == "/"


def test_a_missing_state_is_refused(light: Journey) -> None:
    answer = light.at_provider(light.leave())
    del answer["state"]

    assert where(light, answer) == "/?login=refused"


def test_the_answer_to_another_browsers_attempt_is_refused(light: Journey) -> None:
    other = light.another_browser()
    theirs = other.at_provider(other.leave())
    light.leave()

    assert where(light, theirs) == "/?login=refused"
    assert light.session()["logged_in"] is False


def test_a_browser_that_began_nothing_cannot_finish_anything(light: Journey) -> None:
    answer = light.at_provider(light.leave())

    assert where(light.another_browser(), answer) == "/?login=expired"


def test_the_cookie_of_another_attempt_does_not_fit(light: Journey) -> None:
    answer = light.at_provider(light.leave())
    other = light.another_browser()
    other.leave()
    cookie = other.client.get_cookie("naerblik-login")
    assert cookie is not None
    light.client.set_cookie("naerblik-login", cookie.value)

    assert where(light, answer) == "/?login=refused"


def test_a_cookie_whose_way_home_was_changed_does_not_hold(light: Journey) -> None:
    answer = light.at_provider(light.leave(return_to="/medicin"))
    cookie = light.client.get_cookie("naerblik-login")
    assert cookie is not None
    secret = cookie.value.partition(".")[0]
    changed = base64.urlsafe_b64encode(b'["//evil.example", false]').decode().rstrip("=")
    light.client.set_cookie("naerblik-login", f"{secret}.{changed}")

    assert where(light, answer) == "/?login=expired"


@pytest.mark.parametrize("cookie", ["", ".", "x", "x.y", "\u00e6", "x" * 3000])
def test_a_made_up_cookie_is_no_attempt(light: Journey, cookie: str) -> None:
    answer = light.at_provider(light.leave())
    light.client.set_cookie("naerblik-login", cookie)

    assert where(light, answer) == "/?login=expired"


def test_a_callback_holds_only_once(journey: Journey) -> None:
    answer = journey.at_provider(journey.leave())
    cookie = journey.client.get_cookie("naerblik-login")
    assert cookie is not None
    assert where(journey, answer) == "/"
    journey.client.set_cookie("naerblik-login", cookie.value)
    journey.client.delete_cookie("naerblik")

    assert where(journey, answer) == "/?login=expired"
    assert journey.session()["logged_in"] is False


def test_a_code_that_was_used_is_refused(light: Journey) -> None:
    first = light.at_provider(light.leave())
    light.back(first)
    second = light.at_provider(light.leave())

    assert where(light, {**second, "code": first["code"]}) == "/?login=refused"


def test_a_code_stolen_from_another_browsers_login_is_refused(light: Journey) -> None:
    other = light.another_browser()
    stolen = other.at_provider(other.leave())["code"]
    own = light.at_provider(light.leave())

    assert where(light, {**own, "code": stolen}) == "/?login=refused"


def test_the_suites_provider_demands_the_verifier(light: Journey) -> None:
    provider = light.provider
    code = light.at_provider(light.leave())["code"]
    form = {
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "code": code,
        "redirect_uri": "http://localhost:8000/api/v1/login/oidc/callback",
    }

    answer = urllib3.request("POST", f"{provider.url}/token", body=urlencode(form))

    assert (answer.status, answer.json()) == (400, {"error": "invalid_grant"})


@pytest.mark.parametrize("code", ["", "x" * 5000, "made up"])
def test_a_code_that_is_none_is_refused(light: Journey, code: str) -> None:
    answer = light.at_provider(light.leave())

    assert where(light, {**answer, "code": code}) == "/?login=refused"


def test_an_attempt_lasts_ten_minutes(journey: Journey) -> None:
    answer = journey.at_provider(journey.leave())
    journey.house.wait(minutes=10)

    assert where(journey, answer) == "/?login=expired"


def test_who_cancels_is_told_so(light: Journey) -> None:
    light.provider.error = "access_denied"

    assert light.log_in() == "/?login=cancelled"
    assert light.session()["logged_in"] is False


@pytest.mark.parametrize(
    ("error", "fault"),
    [("server_error", "unreachable"), ("temporarily_unavailable", "unreachable"), ("login_required", "refused")],
)
def test_other_errors_of_the_provider_are_told_apart(light: Journey, error: str, fault: str) -> None:
    light.provider.error = error

    assert light.log_in() == f"/?login={fault}"


def test_an_error_that_nobody_asked_for_ends_nothing(light: Journey) -> None:
    answer = light.at_provider(light.leave())

    assert where(light, {"error": "access_denied", "state": "made up"}) == "/?login=refused"
    assert where(light, answer) == "/"


@pytest.mark.parametrize("issuer", ["https://evil.example", ""])
def test_the_answer_of_another_provider_is_refused(light: Journey, issuer: str) -> None:
    answer = light.at_provider(light.leave())

    assert where(light, {**answer, "iss": issuer}) == "/?login=refused"


def test_a_provider_that_does_not_name_itself_need_not(light: Journey) -> None:
    light.provider.metadata["authorization_response_iss_parameter_supported"] = False
    answer = light.at_provider(light.leave())
    del answer["iss"]

    assert where(light, answer) == "/"


def test_what_more_the_provider_sends_along_is_not_read(light: Journey) -> None:
    answer = light.at_provider(light.leave())

    assert where(light, {**answer, "session_state": "x", "return_to": "//evil.example"}) == "/"


def test_without_a_provider_there_is_no_such_login(light: Journey) -> None:
    url = light.house.config.database_url
    with house_in(light.house.config.data_dir, url, NOW) as plain:
        client = plain.client()

        assert client.get("/api/v1/session").get_json()["oidc"] is False
        assert client.get("/api/v1/login/oidc").status_code == 404
        assert client.get("/api/v1/login/oidc/callback").status_code == 404


def test_no_number_code_token_or_secret_is_in_the_log_or_an_address(
    light: Journey, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = light.at_provider(light.leave(return_to="/medicin"))
    gone_on = light.back(answer).headers["Location"]
    light.provider.claims[CPR] = None
    refused = light.at_provider(light.leave())
    caplog.clear()
    gone_on += light.back(refused).headers["Location"]

    ours = "".join(record.getMessage() for record in caplog.records if record.name.startswith("app."))
    assert "no_cpr" in ours
    for secret in (BODIL[CPR], BODIL["sub"], refused["code"], refused["state"], light.provider.client_secret):
        assert secret not in ours + gone_on
    assert urlencode({"code": answer["code"]}) not in gone_on
    assert light.provider.client_secret not in repr(light.house.config)
