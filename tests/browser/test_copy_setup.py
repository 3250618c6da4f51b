"""Setting up a copy in haste, twice at once, and cut off in the middle: one copy comes of it, and one device."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.phone import Phone
from tests.browser.test_copy import PIN, reopened, unlock

PULL = "**/api/v1/sync/pull"

pytestmark = pytest.mark.worker


@pytest.fixture
def look() -> str:
    return "320-dark"


@pytest.fixture
def karen(visitor: Phone) -> Phone:
    """Karen's phone, logged in, at the choice of a PIN."""
    visitor.log_in("Karen")
    to_pin(visitor.page, visitor.address)
    return visitor


def to_pin(page: Page, address: str) -> None:
    """Both fields filled, and nothing pressed."""
    page.goto(f"{address}/mere/kopi")
    page.get_by_role("button", name="Brug en pinkode").click()
    page.get_by_label("Pinkode med 6 tal").fill(PIN)
    page.get_by_label("Skriv koden igen").fill(PIN)


def devices(page: Page) -> int:
    """How many devices the server counts as Karen's."""
    told = page.evaluate("async () => (await (await fetch('/api/v1/devices')).json()).devices")
    return len([each for each in told if each["state"] == "active"])


def test_pressed_twice_it_makes_one_copy(karen: Phone) -> None:
    page = karen.page
    page.get_by_role("button", name="Gem kopien").evaluate("button => { button.click(); button.click(); }")
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi er frisk.")
    karen.settle()
    assert devices(page) == 1
    page = reopened(karen)
    unlock(page)
    karen.bar().wait_for()
    expect(page.get_by_text("Metformin").first).to_be_visible()


def test_two_tabs_at_once_make_one_copy_which_both_open(karen: Phone) -> None:
    page = karen.page
    second = page.context.new_page()
    to_pin(second, karen.address)
    for each in (page, second):
        each.get_by_role("button", name="Gem kopien").evaluate("button => setTimeout(() => button.click())")
    made = re.compile("Din kopi er frisk.|Skriv din pinkode")
    for each in (page, second):
        expect(each.get_by_role("heading", level=1)).to_have_text(made, timeout=20_000)
    assert devices(page) == 1
    for each in (page, second):
        if each.get_by_role("heading", name="Skriv din pinkode").count() > 0:
            unlock(each)
        expect(each.get_by_role("heading", level=1)).to_have_text("Din kopi er frisk.")


def test_who_goes_back_while_it_is_made_finds_it_made(karen: Phone) -> None:
    page = karen.page
    held: list[Route] = []
    page.route(PULL, lambda route: held.append(route))
    page.get_by_role("button", name="Gem kopien").click()
    expect(page.get_by_role("button", name="Gemmer kopien …")).to_be_visible()
    page.get_by_role("link", name="Mere").first.click()
    expect(page.get_by_role("link", name=re.compile("^Enheder"))).to_be_visible()
    # The first fill is asked for while she is elsewhere.
    while not held:
        page.wait_for_timeout(20)
    for each in held:
        each.continue_()
    page.unroute(PULL)
    page.get_by_role("link", name=re.compile("Din kopi på telefonen")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi er frisk.")
    assert devices(page) == 1


@pytest.mark.parametrize("status", [500, None])
def test_a_first_fill_that_fails_is_told_and_taken_up_after_the_page_was_loaded_anew(
    karen: Phone, status: int | None
) -> None:
    page = karen.page
    context = page.context

    def fail(route: Route) -> None:
        if status is None:
            route.abort()
        else:
            route.fulfill(status=status, body="")

    context.route(PULL, fail)
    page.get_by_role("button", name="Gem kopien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi er ikke hentet endnu.")
    expect(page.get_by_text("Vi fik ikke svar. Vi prøver igen af os selv.")).to_be_visible()
    karen.check("83-ikke-hentet-endnu")
    page = reopened(karen)
    unlock(page)
    # She is logged in, and so everything is to be seen meanwhile.
    karen.bar().wait_for()
    context.clear_cookies()
    page = reopened(karen)
    unlock(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi er ikke hentet endnu.")
    karen.check("84-ikke-hentet-endnu-uden-login")
    context.unroute(PULL)
    page.get_by_role("button", name="Prøv igen nu").click()
    karen.bar().wait_for()
    expect(page.get_by_text("Metformin").first).to_be_visible()
    expect(page.get_by_text("Log ind for at")).to_have_count(0)
