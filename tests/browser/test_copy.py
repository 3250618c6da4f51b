"""A copy on the phone: set up, locked, read without a net, and gone when the device is ended."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Phone, phone_on
from tests.browser.serving import Installation
from tests.browser.test_worker import IN_CHARGE, wait_until

PIN, WRONG = "204618", "123123"

pytestmark = pytest.mark.worker


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    installation = Installation(tmp_path)
    installation.start()
    yield installation
    installation.stop()


@pytest.fixture
def karen(browser: Browser, installation: Installation) -> Iterator[Phone]:
    """Karen's phone, logged in, with a worker in charge."""
    context, phone = phone_on(browser, installation.address, "390-light", worker=True)
    phone.open()
    wait_until(phone.page, IN_CHARGE)
    phone.log_in("Karen")
    yield phone
    context.close()
    assert phone.hosts <= {"localhost"}


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
