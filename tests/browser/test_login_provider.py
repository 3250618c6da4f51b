"""A citizen logs in at a provider on another site, in a real browser with its rules for cookies and redirects."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app import clock
from app.gateways import demo
from tests.browser.conftest import served
from tests.browser.phone import Phone, phone_on
from tests.openid_provider import CPR, OpenidProvider, openid_provider

START = "/api/v1/login/oidc?return_to=/medicin"


@pytest.fixture
def provider() -> Iterator[OpenidProvider]:
    """On 127.0.0.1, which browsers take for another site than localhost."""
    with openid_provider(clock.now) as provider:
        provider.shows_form = True
        karen = next(each for each in demo.PEOPLE if each.id == "karen")
        provider.claims |= {CPR: karen.number.value, "name": karen.name}
        yield provider


@pytest.fixture
def small(tmp_path: Path, browser: Browser, provider: OpenidProvider) -> Iterator[Phone]:
    """A phone before a demo that has this provider."""
    settings = {
        "NAERBLIK_OIDC_ISSUER": provider.url,
        "NAERBLIK_OIDC_CLIENT_ID": provider.client_id,
        "NAERBLIK_OIDC_CLIENT_SECRET": provider.client_secret,
    }
    with served(tmp_path / "data", **settings) as address:
        context, phone = phone_on(browser, address, "390-light")
        yield phone
        context.close()
    assert phone.complaints == []
    assert phone.hosts <= {"localhost", "127.0.0.1"}


def test_a_citizen_logs_in_at_another_site_and_sees_their_medicine(small: Phone) -> None:
    page = small.page
    page.goto(small.address + START)
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("lægemidler")
    assert page.url == f"{small.address}/medicin"
    assert [cookie["name"] for cookie in page.context.cookies()] == ["naerblik"]


def test_a_second_login_ends_the_session_that_the_browser_had(small: Phone) -> None:
    page = small.page
    page.goto(small.address + START)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("lægemidler")
    first = page.context.cookies()

    page.goto(small.address + START)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("lægemidler")
    page.context.add_cookies(first)  # type: ignore[arg-type]  # what cookies() gave, add_cookies() takes

    assert page.evaluate("fetch('/api/v1/session').then(answer => answer.json())")["logged_in"] is False


def test_who_cancels_is_back_at_the_door(small: Phone) -> None:
    page = small.page
    page.goto(small.address + START)
    page.get_by_role("button", name="Cancel").click()

    expect(page.get_by_text("Du stoppede, før du var logget ind.")).to_be_visible()
    assert page.url == f"{small.address}/"  # the app has cleaned the address, so that a reload does not say it again
