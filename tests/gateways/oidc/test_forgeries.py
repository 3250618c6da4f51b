"""Logins that must come to nothing, each with its one fault."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from sqlalchemy import text

from app.identity import citizens
from tests.gateways.oidc.journey import Journey
from tests.openid_provider import CPR, LOA, key


def refused(journey: Journey, fault: str = "refused") -> None:
    """The way ends at the door with this fault, and nobody is logged in."""
    assert journey.log_in() == f"/?login={fault}"
    assert journey.session()["logged_in"] is False


def with_header(header: dict[str, Any], signature: str) -> Callable[[dict[str, Any]], str]:
    def sign(claims: dict[str, Any]) -> str:
        parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (header, claims))
        return f"{'.'.join(parts)}.{signature}"

    return sign


def seconds_ago(journey: Journey, seconds: int) -> int:
    return int(journey.house.at.timestamp()) - seconds


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "made up"},
        {"nonce": None},
        {"aud": "somebody else"},
        {"aud": ["somebody else"]},
        {"aud": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"sub": ""},
        {"sub": None},
        {"sub": 7},
        {"sub": "x" * 256},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": float("inf")},
        {"exp": float("nan")},
        {"iat": None},
        {"auth_time": None},
        {"auth_time": "today"},
        {"auth_time": True},
        {"auth_time": float("nan")},
        {"auth_time": 1e300},
    ],
)
def test_a_token_with_a_wrong_claim_is_refused(light: Journey, claims: dict[str, Any]) -> None:
    light.provider.claims |= claims

    refused(light)


def test_a_token_of_staffs_client_makes_no_citizens_session(light: Journey) -> None:
    light.provider.claims["aud"] = "urn:naerblik:staff"

    refused(light)


def test_several_audiences_without_the_party_it_was_issued_to_are_refused(light: Journey) -> None:
    light.provider.claims["aud"] = [light.provider.client_id, "somebody else"]
    refused(light)

    light.provider.claims["azp"] = "somebody else"
    refused(light)


@pytest.mark.parametrize("audience", ["somebody else", ["somebody else"], []])
def test_being_who_it_was_issued_to_is_not_enough(light: Journey, audience: object) -> None:
    light.provider.claims |= {"aud": audience, "azp": light.provider.client_id}

    refused(light)


def test_an_expired_token_is_refused(light: Journey) -> None:
    light.provider.claims["exp"] = seconds_ago(light, 61)

    refused(light)


@pytest.mark.parametrize("seconds", [661, -61])
def test_a_token_made_long_ago_or_not_yet_is_refused(light: Journey, seconds: int) -> None:
    light.provider.claims["iat"] = seconds_ago(light, seconds)

    refused(light)


@pytest.mark.parametrize("seconds", [3661, -61])
def test_a_login_at_the_provider_too_long_ago_or_to_come_is_refused(light: Journey, seconds: int) -> None:
    light.provider.claims["auth_time"] = seconds_ago(light, seconds)

    refused(light)


def test_a_token_signed_by_another_key_of_the_same_name_is_refused(light: Journey) -> None:
    light.provider.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "first"}, claims, key("another"))

    refused(light)


def test_a_token_whose_claims_were_changed_after_signing_is_refused(light: Journey) -> None:
    def change(claims: dict[str, Any]) -> str:
        header, _, signature = jwt.encode({"alg": "RS256", "kid": "first"}, claims, key()).split(".")
        forged = base64.urlsafe_b64encode(json.dumps({**claims, CPR: "0202601234"}).encode()).decode().rstrip("=")
        return f"{header}.{forged}.{signature}"

    light.provider.sign = change

    refused(light)


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", ""])
@pytest.mark.parametrize("signature", ["", "AAAA"])
def test_a_token_without_a_signature_is_refused(light: Journey, algorithm: str, signature: str) -> None:
    light.provider.sign = with_header({"alg": algorithm, "kid": "first"}, signature)

    refused(light)


def with_secret(secret: bytes) -> Callable[[dict[str, Any]], str]:
    def sign(claims: dict[str, Any]) -> str:
        unsigned = with_header({"alg": "HS256", "kid": "first"}, "")(claims).rstrip(".")
        made = hmac.new(secret, unsigned.encode(), hashlib.sha256).digest()
        return f"{unsigned}.{base64.urlsafe_b64encode(made).decode().rstrip('=')}"

    return sign


def test_a_token_signed_with_the_public_key_as_a_shared_secret_is_refused(light: Journey) -> None:
    light.provider.sign = with_secret(key().as_pem(private=False))

    refused(light)


def test_a_token_signed_with_our_own_client_secret_is_refused(light: Journey) -> None:
    light.provider.sign = with_secret(light.provider.client_secret.encode())

    refused(light)


def test_a_shared_secret_among_the_providers_keys_signs_nothing(light: Journey) -> None:
    published = base64.urlsafe_b64encode(b"s" * 32).decode().rstrip("=")
    light.provider.keys = [{"kty": "oct", "kid": "first", "k": published}, *light.provider.keys]
    light.provider.sign = with_secret(b"s" * 32)

    refused(light)


@pytest.mark.parametrize("level", ["Low", "https://data.gov.dk/concept/core/nsis/Low", "https://evil.example/high", ""])
def test_a_login_below_substantial_is_too_weak(light: Journey, level: str) -> None:
    light.provider.claims[LOA] = level

    refused(light, "too_weak")


@pytest.mark.parametrize("level", [None, 3, ["Substantial"], True])
def test_a_login_that_does_not_tell_its_level_is_too_weak(light: Journey, level: object) -> None:
    light.provider.claims[LOA] = level

    refused(light, "too_weak")


@pytest.mark.parametrize("number", [None, "", "not a number", "9999999999", "010170AB12", 1501701234, ["1501701234"]])
def test_a_person_without_a_cpr_number_is_refused(light: Journey, number: object) -> None:
    light.provider.claims[CPR] = number

    refused(light, "no_cpr")


def test_a_number_in_the_address_is_no_number(light: Journey) -> None:
    light.provider.claims[CPR] = None
    answer = light.at_provider(light.leave())

    response = light.back({**answer, CPR: "1501701234"})

    assert response.headers["Location"] == "/?login=no_cpr"


def test_a_refused_login_to_a_known_account_is_in_the_citizens_log(journey: Journey) -> None:
    journey.log_in()
    journey.provider.claims[LOA] = "Low"
    elsewhere = journey.another_browser()

    refused(elsewhere, "too_weak")

    assert [(each["action"], each["outcome"]) for each in journey.log()] == [
        ("login:begin", "refused"),
        ("login:begin", "permitted"),
    ]


def test_a_forged_login_leaves_nothing_in_anybodys_log(journey: Journey) -> None:
    journey.log_in()
    journey.provider.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "first"}, claims, key("another"))

    refused(journey.another_browser())

    assert len(journey.log()) == 1


def test_a_new_number_that_is_somebody_elses_joins_no_records(journey: Journey) -> None:
    journey.log_in()
    other = journey.house.citizen("0202601234", "Ida Holt")
    journey.provider.claims[CPR] = "0202601234"
    elsewhere = journey.another_browser()

    refused(elsewhere)

    assert journey.session()["citizen"]["id"] != other
    assert journey.log()[0]["outcome"] == "refused"


def test_an_account_of_staff_never_becomes_a_citizens(journey: Journey) -> None:
    blind = journey.house.opened.vault.blind.of("account", journey.provider.url, journey.provider.claims["sub"])
    row = {"blind": blind, "at": "2026-11-25 09:00:00+00"}
    with journey.house.database.transaction() as session:
        session.execute(
            text("INSERT INTO account (blind, kind, citizen_id, created_at) VALUES (:blind, 'staff', NULL, :at)"), row
        )

    refused(journey)

    with journey.house.database.reading() as session:
        assert session.execute(text("SELECT kind, citizen_id FROM account")).one() == ("staff", None)
        assert citizens.all_ids(session) == []
