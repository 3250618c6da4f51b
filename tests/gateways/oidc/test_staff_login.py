"""A caseworker logs in at the staff's provider: with role, organisation and limits, and never as a citizen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app import config
from app.identity import citizens
from tests.conftest import NOW
from tests.gateways.oidc.conftest import Hands, environ
from tests.gateways.oidc.journey import Journey
from tests.gateways.oidc.staff import (
    CVR,
    DESK,
    LOA,
    ORGANISATION,
    ORGANISATION_NAME,
    PRIVILEGES,
    ROLE,
    V1_1,
    StaffJourney,
    group,
    mette,
    privileges,
)
from tests.house import House, house_in
from tests.openid_provider import BODIL, CPR, OpenidProvider


def staff_environ(provider: OpenidProvider, **more: str) -> list[tuple[str, str]]:
    settings = {
        "ISSUER": provider.url,
        "CLIENT_ID": provider.client_id,
        "CLIENT_SECRET": provider.client_secret,
        "ROLES": ROLE,
        **more,
    }
    return [(f"NAERBLIK_STAFF_OIDC_{name}", value) for name, value in settings.items()]


@pytest.fixture
def house(tmp_path: Path, database_url: str, provider: OpenidProvider, hands: Hands) -> Iterator[House]:
    with house_in(tmp_path / "data", database_url, NOW, staff_environ(provider)) as house:
        hands.house = house
        provider.claims = mette()
        yield house


@pytest.fixture
def light_house(tmp_path: Path, sqlite_url: str, provider: OpenidProvider, hands: Hands) -> Iterator[House]:
    with house_in(tmp_path / "data", sqlite_url, NOW, staff_environ(provider)) as house:
        hands.house = house
        provider.claims = mette()
        yield house


@pytest.fixture
def journey(house: House, provider: OpenidProvider) -> StaffJourney:
    return StaffJourney(house, provider)


@pytest.fixture
def light(light_house: House, provider: OpenidProvider) -> StaffJourney:
    return StaffJourney(light_house, provider)


def logged_in(journey: StaffJourney, **claims: Any) -> str:
    """Log in with these claims; where it ends."""
    journey.provider.claims = mette(**claims)
    return journey.log_in()


def templates(journey: StaffJourney) -> list[str]:
    listed = journey.client.get("/api/v1/consent-templates").get_json()["templates"]
    return [each["id"] for each in listed]


def test_a_caseworker_logs_in_for_their_organisation_and_is_no_citizen(journey: StaffJourney) -> None:
    assert journey.log_in() == DESK

    assert journey.session()["citizen"] is None
    assert journey.staff() == {
        "name": "Mette Aagaard",
        "organisation": "cvr:11111111",
        "organisation_name": "Bakkeby Kommune",
        "units": [],
    }
    assert len(templates(journey)) == 5
    with journey.house.database.reading() as session:
        assert citizens.all_ids(session) == []


def test_a_person_number_in_a_staff_login_leads_to_nobody(light: StaffJourney) -> None:
    known = light.house.citizen("1501701234")

    assert logged_in(light, **{CPR: "1501701234"}) == DESK

    assert light.session()["citizen"] is None
    assert light.client.get(f"/api/v1/citizens/{known}/card").status_code == 401


def test_limits_of_the_role_hold_for_what_can_be_asked(light: StaffJourney) -> None:
    held = group(urn_naerblik_text="forskning, kontakt-til-naere", urn_dk_kombit_orgUnit="hjemmeplejen")

    assert logged_in(light, **{PRIVILEGES: privileges(held)}) == DESK

    assert templates(light) == ["forskning", "kontakt-til-naere"]
    assert (light.staff() or {})["units"] == ["hjemmeplejen"]


def test_limits_of_several_groups_add_up_and_one_without_lifts_them(light: StaffJourney) -> None:
    first, second = group(urn_naerblik_text="forskning"), group(urn_naerblik_text="kontakt-til-naere")
    logged_in(light, **{PRIVILEGES: privileges(first, second)})
    assert templates(light) == ["forskning", "kontakt-til-naere"]

    logged_in(light, **{PRIVILEGES: privileges(first, group())})
    assert len(templates(light)) == 5

    logged_in(light, **{PRIVILEGES: privileges(first, group(f"{CVR}22222222"))})
    assert templates(light) == ["forskning"]


@pytest.mark.parametrize(
    "claims",
    [
        {PRIVILEGES: None},
        {PRIVILEGES: "not base64"},
        {PRIVILEGES: [privileges(group())]},
        {PRIVILEGES: privileges()},
        {PRIVILEGES: privileges(group(privileges=("urn:dk:andet:1",)))},
        {PRIVILEGES: privileges(group(privileges=(ROLE + "0",)))},
        {PRIVILEGES: privileges(group(f"{CVR}22222222"))},
        {PRIVILEGES: privileges(group("urn:dk:gov:saml:cprNumberIdentifier:1501701234"))},
        {PRIVILEGES: privileges(group("11111111"))},
        {PRIVILEGES: privileges(group(urn_dk_kombit_KLE="27.18.*"))},
        {ORGANISATION: "1111111"},
        {ORGANISATION: ["11111111"]},
        {ORGANISATION: None, PRIVILEGES: privileges(group(), group(f"{CVR}22222222"))},
    ],
)
def test_a_login_that_makes_nobody_a_caseworker_is_no_session(light: StaffJourney, claims: dict[str, Any]) -> None:
    assert logged_in(light, **claims) == f"{DESK}?login=no_role"
    assert light.session()["logged_in"] is False


def test_the_scope_tells_the_organisation_where_no_claim_does_and_version_1_1_is_read(light: StaffJourney) -> None:
    written = privileges(group(f"{CVR}22222222"), namespace=V1_1)

    assert logged_in(light, **{ORGANISATION: None, ORGANISATION_NAME: None, PRIVILEGES: written}) == DESK

    assert (light.staff() or {})["organisation_name"] == "cvr:22222222"


def test_a_weak_login_is_refused_and_a_cancelled_one_is_told(light: StaffJourney) -> None:
    assert logged_in(light, **{LOA: "Low"}) == f"{DESK}?login=too_weak"
    assert logged_in(light, **{LOA: None}) == f"{DESK}?login=too_weak"
    light.provider.error = "access_denied"
    assert light.log_in() == f"{DESK}?login=cancelled"


def test_an_account_of_a_citizen_never_becomes_staff_and_the_other_way_about(
    tmp_path: Path, sqlite_url: str, provider: OpenidProvider, hands: Hands
) -> None:
    both = [*environ(provider), *staff_environ(provider, CLIENT_ID="urn:naerblik:staff")]
    with house_in(tmp_path / "data", sqlite_url, NOW, both) as house:
        hands.house = house
        citizen, caseworker = Journey(house, provider), StaffJourney(house, provider)
        assert citizen.log_in() == "/"
        provider.client_id = "urn:naerblik:staff"
        provider.claims = mette(sub=BODIL["sub"])
        assert caseworker.log_in() == f"{DESK}?login=refused"
        provider.claims = mette()
        assert caseworker.log_in() == DESK
        provider.client_id = "urn:naerblik:test"
        provider.claims = {**BODIL, "sub": "urn:uuid:mette"}
        assert citizen.log_in() == "/?login=refused"


def test_a_login_begun_at_one_door_cannot_be_finished_at_the_other(
    tmp_path: Path, sqlite_url: str, provider: OpenidProvider, hands: Hands
) -> None:
    both = [*environ(provider), *staff_environ(provider, CLIENT_ID="urn:naerblik:staff")]
    with house_in(tmp_path / "data", sqlite_url, NOW, both) as house:
        hands.house = house
        citizen, caseworker = Journey(house, provider), StaffJourney(house, provider)
        answer = citizen.at_provider(citizen.leave())
        cookie = citizen.client.get_cookie("naerblik-login")
        assert cookie is not None
        caseworker.client.set_cookie("naerblik-staff-login", cookie.value)

        assert caseworker.back(answer).headers["Location"] == f"{DESK}?login=refused"
        assert caseworker.session()["logged_in"] is False
        assert citizen.back(answer).headers["Location"] == "/"


def test_a_plain_claim_of_roles_serves_too_with_limits_beside_it(
    tmp_path: Path, sqlite_url: str, provider: OpenidProvider, hands: Hands
) -> None:
    settings = staff_environ(
        provider, ROLE_FORM="plain", ROLE_CLAIM="roles", ROLES="naerblik-caseworker", LIMIT="texts", UNIT="units"
    )
    with house_in(tmp_path / "data", sqlite_url, NOW, settings) as house:
        hands.house = house
        light = StaffJourney(house, provider)
        assert logged_in(light, roles=["other", "naerblik-caseworker"], texts=["forskning"], units="nord") == DESK
        assert (templates(light), (light.staff() or {})["units"]) == (["forskning"], ["nord"])
        assert logged_in(light, roles="naerblik-caseworker", texts=7) == DESK
        assert templates(light) == []
        for roles in (None, "other", {"naerblik-caseworker": 1}, [7], "naerblik"):
            assert logged_in(light, roles=roles) == f"{DESK}?login=no_role"


def test_names_of_staff_are_sealed_in_the_database(light: StaffJourney) -> None:
    light.log_in()

    with light.house.database.reading() as session:
        row = str(session.execute(text("SELECT * FROM login_session")).one())
    assert "Mette" not in row
    assert "urn:uuid:mette" not in row


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"ROLES": ""}, "NAERBLIK_STAFF_OIDC_ROLES"),
        ({"CLIENT_SECRET": ""}, "NAERBLIK_STAFF_OIDC_CLIENT_SECRET"),
        ({"ROLE_FORM": "saml"}, "NAERBLIK_STAFF_OIDC_ROLE_FORM"),
        ({"ISSUER": "http://example.dk"}, "NAERBLIK_STAFF_OIDC_ISSUER"),
        ({}, "NAERBLIK_STAFF_OIDC_CLIENT_ID"),
    ],
)
def test_a_setting_that_is_missing_or_wrong_is_named(
    provider: OpenidProvider, change: dict[str, str], named: str
) -> None:
    citizens_too = environ(provider) if not change else []

    with pytest.raises(config.NotConfigured, match=named):
        config.from_environ(dict([*citizens_too, *staff_environ(provider, **change)]))
