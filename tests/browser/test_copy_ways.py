"""The ways to open a copy: another PIN, and a finger beside it, each only for who shows a way that there is."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone import Phone
from tests.browser.test_copy import PIN, WRONG, reopened, set_up, unlock
from tests.browser.test_copy_passkey import with_finger

NEXT_PIN = "731905"

pytestmark = pytest.mark.worker


@pytest.fixture
def look() -> str:
    return "320-dark"


@pytest.fixture
def karen(visitor: Phone) -> Phone:
    """Karen's phone, with a worker in charge and a copy behind a PIN."""
    with_finger(visitor, gives_secret=True)
    visitor.log_in("Karen")
    set_up(visitor)
    return visitor


def change_pin(page: Page, *, now: str) -> None:
    page.get_by_label("Din pinkode nu").fill(now)
    page.get_by_label("Ny pinkode med 6 tal").fill(NEXT_PIN)
    page.get_by_label("Skriv koden igen").fill(NEXT_PIN)
    page.get_by_role("button", name="Gem pinkoden").click()


def test_a_pin_is_changed_only_by_who_knows_the_one_before(karen: Phone) -> None:
    page = karen.page
    page.get_by_role("button", name="Skift pinkode").click()
    change_pin(page, now=WRONG)
    expect(page.get_by_text("Koden passede ikke. Du har 4 forsøg tilbage.")).to_be_visible()
    karen.check("64-skift-pinkode")
    change_pin(page, now=PIN)
    expect(page.get_by_text("Det er gemt.")).to_be_visible()

    page = reopened(karen)
    unlock(page, PIN)
    expect(page.get_by_text("Koden passede ikke.")).to_be_visible()
    unlock(page, NEXT_PIN)
    karen.bar().wait_for()


def test_a_finger_is_added_beside_the_pin_and_either_opens(karen: Phone) -> None:
    page = karen.page
    page.get_by_role("button", name="Tilføj finger eller ansigt").click()
    page.get_by_label("Din pinkode nu").fill(PIN)
    page.get_by_role("button", name="Brug finger eller ansigt").click()
    expect(page.get_by_text("Det er gemt.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Finger eller ansigt")).to_be_visible()
    karen.check("65-finger-og-pinkode")

    page.get_by_role("button", name="Lås nu").click()
    page.get_by_role("button", name="Lås op med finger eller ansigt").click()
    karen.bar().wait_for()
    page.get_by_role("button", name="Lås nu").click()
    page.get_by_role("button", name="Brug pinkode").click()
    unlock(page)
    karen.bar().wait_for()
