"""The copy and the clock: locked when its time is over or the clock goes back, and opened by a contact."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone import Phone
from tests.browser.serving import Installation
from tests.browser.test_copy import reopened, set_up, take, unlock

TAKEN = re.compile(r"^Taget kl\. [\d.]+$")

pytestmark = pytest.mark.worker


@pytest.fixture
def look() -> str:
    return "320-dark"


@pytest.fixture
def karen(visitor: Phone, installation: Installation) -> Phone:
    """Karen's phone with a copy, in front of which the server is gone, and with a mark that waits."""
    visitor.log_in("Karen")
    set_up(visitor)
    installation.stop()
    page = reopened(visitor)
    unlock(page)
    visitor.bar().wait_for()
    take(page)
    expect(page.get_by_text("1 ting er ikke sendt")).to_be_visible()
    return visitor


def reopened_after(phone: Phone, **time: int) -> Page:
    """The app in a new page, on a phone whose clock then shows so much more, or less."""
    phone.page.context.clock.set_system_time(datetime.now(UTC) + timedelta(**time))
    page = reopened(phone)
    unlock(page)
    return page


def to_net(page: Page, installation: Installation) -> None:
    """The net is back, of which the browser tells."""
    installation.start()
    page.evaluate("dispatchEvent(new Event('online'))")


def assert_held(phone: Phone, why: str) -> None:
    """The copy is unlocked, and says why nothing of it is shown, what is safe and what to do."""
    page = phone.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi venter på net.")
    expect(page.get_by_text(why)).to_be_visible()
    expect(page.get_by_text("1 ting, du gjorde her, er ikke sendt endnu.")).to_be_visible()
    expect(page.get_by_text("Metformin")).to_have_count(0)


def assert_open_and_sent(phone: Phone) -> None:
    phone.bar().wait_for()
    # The page looks at the clock now and then only.
    unlock(reopened(phone))
    phone.bar().wait_for()
    expect(phone.page.locator(".chip", has_text=TAKEN)).to_have_count(1)
    expect(phone.page.get_by_text("ikke sendt")).to_have_count(0)


def test_a_copy_without_contact_for_a_week_is_locked_with_its_outbox_and_opened_by_a_contact(
    karen: Phone, installation: Installation
) -> None:
    page = reopened_after(karen, days=6, hours=23)
    karen.bar().wait_for()
    page = reopened_after(karen, days=7, hours=1)
    assert_held(karen, "Telefonen har været uden net for længe.")
    karen.check("74-uden-net-for-laenge")
    # Set back afterwards it stays locked: the later time was seen.
    page = reopened_after(karen, days=1)
    assert_held(karen, "Telefonens ur er stillet tilbage.")

    page.context.clock.set_system_time(datetime.now(UTC))
    to_net(page, installation)
    assert_open_and_sent(karen)


def test_a_clock_that_is_set_back_locks_the_copy_until_a_contact(karen: Phone, installation: Installation) -> None:
    page = reopened_after(karen, hours=-1)
    assert_held(karen, "Telefonens ur er stillet tilbage.")
    karen.check("75-uret-er-stillet-tilbage")
    page.get_by_role("button", name="Prøv igen nu").click()
    assert_held(karen, "Telefonens ur er stillet tilbage.")
    # It is not opened by setting the clock forward again either.
    page = reopened_after(karen, hours=1)
    assert_held(karen, "Telefonens ur er stillet tilbage.")

    page.context.clock.set_system_time(datetime.now(UTC))
    to_net(page, installation)
    assert_open_and_sent(karen)


@pytest.mark.parametrize("years", [10, -10])
def test_with_a_clock_ten_years_off_the_copy_opens_by_a_contact_and_the_clock_is_told_of(
    karen: Phone, installation: Installation, years: int
) -> None:
    page = reopened_after(karen, days=365 * years)
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi venter på net.")
    karen.check("76-uret-ti-aar-forkert")
    to_net(page, installation)
    karen.bar().wait_for()
    expect(page.get_by_text("Telefonens ur går forkert")).to_be_visible()
    page.get_by_role("link", name="Se hvad").click()
    expect(page.get_by_text("Rigtigt er")).to_be_visible()
    karen.check("77-uret-gaar-forkert")

    page.context.clock.set_system_time(datetime.now(UTC))
    if years < 0:
        # By its clock nobody has touched the phone for ten years.
        page.get_by_role("button", name="Hent og send nu").dispatch_event("pointerdown")
        unlock(page)
    page.get_by_role("button", name="Hent og send nu").click()
    expect(page.get_by_text("Telefonens ur går forkert")).to_have_count(0)
    assert_open_and_sent(karen)
