"""A copy on the phone: set up, locked, read without a net, and gone when the device is ended."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phone import Phone, phone_on
from tests.browser.serving import Installation

PIN, WRONG = "204618", "123123"
# Days away, so that it can be answered at any time of today.
TRAINING = re.compile("Træning på hold")

pytestmark = pytest.mark.worker


@pytest.fixture
def karen(visitor: Phone) -> Phone:
    """Karen's phone, logged in, with a worker in charge."""
    visitor.log_in("Karen")
    return visitor


def set_up(phone: Phone, pin: str = PIN) -> None:
    """Make a copy behind a PIN, from Mere."""
    page = phone.page
    phone.go("Mere")
    page.get_by_role("link", name=re.compile("Din kopi på telefonen")).click()
    page.get_by_role("button", name="Brug en pinkode").click()
    page.get_by_label("Pinkode med 6 tal").fill(pin)
    page.get_by_label("Skriv koden igen").fill(pin)
    page.get_by_role("button", name="Gem kopien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi er frisk.", timeout=10_000)


def unlock(page: Page, pin: str = PIN) -> None:
    page.get_by_label("Pinkode med 6 tal").fill(pin)
    page.get_by_role("button", name="Lås op").click()


def test_a_copy_is_set_up_and_read_cold_while_the_server_is_gone(karen: Phone, installation: Installation) -> None:
    set_up(karen)
    karen.check("40-kopi-frisk")
    karen.go("Medicin")
    listed = karen.page.locator("main").inner_text()
    installation.stop()

    karen.page.close()
    page = karen.page = karen.page.context.new_page()
    page.set_default_timeout(15_000)
    karen.open("/medicin")
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv din pinkode")
    karen.check("41-laas-op")
    unlock(page, WRONG)
    expect(page.get_by_text("Koden passede ikke. Du har 4 forsøg tilbage.")).to_be_visible()
    karen.check("42-forkert-kode")
    unlock(page)
    karen.bar().wait_for()

    assert page.locator("main").inner_text() == listed
    karen.check("43-medicin-uden-net")
    for name in ("I dag", "Aftaler"):
        karen.go(name)
        karen.check(f"44-{name}-uden-net")


def reopened(phone: Phone, path: str = "/") -> Page:
    """The app in a new page of the same browser, as after the phone was restarted."""
    phone.page.close()
    phone.page = phone.page.context.new_page()
    phone.page.set_default_timeout(15_000)
    phone.open(path)
    return phone.page


def doses(page: Page) -> int:
    """How many doses can still be marked, of which there is one at least."""
    groups = page.get_by_role("group", name=re.compile("^Har du taget"))
    # The buttons are fetched after the page: until then none would be counted.
    groups.first.wait_for()
    return groups.count()


def take(page: Page) -> str:
    """Mark the first dose that nothing was said about; gives the medicine's name."""
    groups = page.get_by_role("group", name=re.compile("^Har du taget"))
    group, before = groups.first, doses(page)
    name = (group.get_attribute("aria-label") or "").removeprefix("Har du taget ").removesuffix("?")
    group.get_by_role("button", name="Taget", exact=True).click()
    # It is kept on the disk first; until then the next press would be on the same dose.
    expect(groups).to_have_count(before - 1)
    return name


def test_what_is_done_without_a_net_is_kept_sent_once_and_seen_elsewhere(
    karen: Phone, installation: Installation, browser: Browser
) -> None:
    set_up(karen)
    installation.stop()
    page = reopened(karen)
    unlock(page)
    karen.bar().wait_for()
    karen.settle()
    before = doses(page)

    for _ in range(2):
        take(page)
    expect(page.get_by_text("ikke sendt").first).to_be_visible()
    expect(page.locator(".chip", has_text=re.compile(r"Taget kl\. .*, ikke sendt"))).to_have_count(2)
    karen.check("49-markeret-uden-net")
    karen.go("Aftaler")
    page.get_by_role("link", name=TRAINING).first.click()
    page.get_by_role("button", name="Jeg kommer").click()
    expect(page.get_by_text("Du har svaret, at du kommer.")).to_be_visible()
    # Everything is on the disk: the phone may be restarted before the net comes back.
    page = reopened(karen)
    unlock(page)
    karen.bar().wait_for()
    expect(page.locator(".chip", has_text=re.compile(r"Taget kl\. .*, ikke sendt"))).to_have_count(2)
    expect(page.get_by_text("3 ting er ikke sendt")).to_be_visible()

    installation.start()
    page.get_by_role("link", name="Se hvad").click()
    page.get_by_role("button", name="Hent og send nu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi er frisk.")
    expect(page.get_by_text(re.compile("ikke sendt|ikke modtaget"))).to_have_count(0)
    karen.go("I dag")
    expect(page.locator(".chip", has_text=re.compile(r"^Taget kl\."))).to_have_count(2)
    assert doses(page) == before - 2

    other_context, other = phone_on(browser, installation.address, "390-light", worker=True)
    other.log_in("Karen")
    expect(other.page.locator(".chip", has_text=re.compile(r"^Taget kl\."))).to_have_count(2)
    other.go("Aftaler")
    other.page.get_by_role("link", name=TRAINING).first.click()
    expect(other.page.get_by_text("Du har svaret, at du kommer.")).to_be_visible()
    other_context.close()
