"""The story of the door: MitID where it is set up, the demo's people in the demo, and why one was not let in."""

import json
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.phone import Phone

OUTCOMES = [
    ("cancelled", "Du stoppede"),
    ("expired", "for lang tid"),
    ("no_cpr", "Ring til din læge eller din kommune."),
    ("too_weak", "ikke er sikker nok"),
    ("refused", "godkende svaret"),
    ("unreachable", "Vent lidt"),
]


def stranger(phone: Phone, **more: Any) -> None:
    """Let the server say that nobody is logged in, and how one can be."""
    body = json.dumps({"logged_in": False, "mode": "production", "csrf": None, "citizen": None, **more})
    phone.page.route("**/api/v1/session", lambda route: route.fulfill(content_type="application/json", body=body))


def test_mitid_is_one_large_button_that_leaves_the_app_and_knows_the_way_back(phone: Phone) -> None:
    stranger(phone, oidc=True)
    asked: list[str] = []

    def take(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/html", body="<!doctype html><title>MitID</title><h1>MitID</h1>")

    phone.page.route("**/api/v1/login/oidc*", take)
    phone.open("/medicin?id=a%20b")
    expect(phone.page.get_by_role("heading", level=2)).to_have_count(0)
    phone.check("01-log-ind-mitid")
    phone.page.get_by_role("link", name="Log ind med MitID").click()

    expect(phone.page.get_by_role("heading", name="MitID")).to_be_visible()
    assert asked == [f"{phone.address}/api/v1/login/oidc?return_to=%2Fmedicin%3Fid%3Da%2520b"]


@pytest.mark.parametrize("told", [{}, {"oidc": False}])
def test_without_mitid_the_door_is_closed_and_says_so(small: Phone, told: dict[str, bool]) -> None:
    stranger(small, **told)
    small.open()

    expect(small.page.get_by_text("Du kan ikke logge ind her endnu.")).to_be_visible()
    expect(small.page.get_by_role("link", name="MitID")).to_have_count(0)
    small.check("01-log-ind-lukket")


def test_the_demo_with_mitid_has_both_ways_in(small: Phone) -> None:
    stranger(small, mode="demo", oidc=True)
    small.open()

    expect(small.page.get_by_role("link", name="Log ind med MitID")).to_be_visible()
    expect(small.page.get_by_role("button", name="Karen Mikkelsen")).to_be_visible()


@pytest.mark.parametrize(("code", "said"), OUTCOMES)
def test_a_login_that_came_to_nothing_is_explained_once(small: Phone, code: str, said: str) -> None:
    stranger(small, oidc=True)
    small.open(f"/?login={code}")

    alert = small.page.get_by_role("alert")
    expect(alert).to_contain_text("Du blev ikke logget ind.")
    expect(alert).to_contain_text(said)
    expect(alert).to_contain_text("Er noget gået tabt?")
    assert small.page.url == f"{small.address}/"
    small.check(f"01-log-ind-{code}")
    small.page.reload()
    small.settle()
    expect(small.page.get_by_role("alert")).to_have_count(0)


def test_an_outcome_is_explained_in_every_look_and_in_english(phone: Phone) -> None:
    stranger(phone, oidc=True)
    phone.open("/?login=no_cpr")
    phone.check("01-log-ind-no_cpr")
    phone.page.get_by_role("button", name="English").click()

    expect(phone.page.get_by_role("alert")).to_contain_text("Call your doctor or your municipality.")
    phone.check("en-01-log-ind-no_cpr")


def test_a_code_that_nobody_knows_is_cleaned_away_and_the_rest_of_the_address_stays(small: Phone) -> None:
    stranger(small, oidc=True)
    small.open("/medicin?login=<b>&id=7")

    expect(small.page.get_by_role("alert")).to_have_count(0)
    assert small.page.url == f"{small.address}/medicin?id=7"


def test_a_stranger_can_read_what_nærblik_is_and_come_back(phone: Phone) -> None:
    phone.open()
    phone.page.get_by_role("link", name="Om Nærblik og dine data").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Nærblik viser, hvad dine kilder siger.")
    expect(phone.page.get_by_text("Log ind for at se, hvem der driver Nærblik her")).to_be_visible()
    phone.check("om-udefra")

    phone.page.get_by_role("link", name="Log ind", exact=True).click()
    expect(phone.page.get_by_role("button", name="Karen Mikkelsen")).to_be_visible()
