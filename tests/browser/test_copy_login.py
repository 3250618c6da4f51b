"""A copy whose phone must log in again: said, with the way there and back, and all that waited is sent after it."""

import re
import sqlite3
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone import Phone
from tests.browser.serving import Installation
from tests.browser.test_copy import reopened, set_up, take, unlock

TAKEN = re.compile(r"^Taget kl\. [\d.]+$")
# What a browser that loses the keys of the device leaves of it.
LOSE_KEYS = """async () => {
    const told = asked => new Promise(done => { asked.onsuccess = () => done(asked.result); });
    const db = await told(indexedDB.open('naerblik'));
    const devices = db.transaction('device', 'readwrite').objectStore('device');
    await told(devices.put({ ...await told(devices.get('device')), keys: null }, 'device'));
    db.close();
}"""

pytestmark = pytest.mark.worker


@pytest.fixture
def look() -> str:
    return "320-dark"


@pytest.fixture
def karen(visitor: Phone) -> Phone:
    """Karen's phone, with a copy."""
    visitor.log_in("Karen")
    set_up(visitor)
    return visitor


def grow_old(installation: Installation, **age: int) -> None:
    """Let the last login of all devices be so long ago. The server is stopped."""
    [path] = (installation.folder / "var").rglob("*.db")
    with sqlite3.connect(path) as database:
        for device, at in database.execute("select id, signed_in_at from device").fetchall():
            before = datetime.fromisoformat(at) - timedelta(**age)
            database.execute("update device set signed_in_at = ? where id = ?", (str(before), device))
    database.close()


def log_out_of_browser(phone: Phone) -> None:
    """The session is gone, as after a night; that this browser is a device is remembered."""
    phone.page.context.clear_cookies(domain=urlsplit(phone.address).hostname)


def mark_without_net(phone: Phone, installation: Installation) -> Page:
    installation.stop()
    log_out_of_browser(phone)
    page = reopened(phone)
    unlock(page)
    phone.bar().wait_for()
    phone.settle()
    take(page)
    expect(page.get_by_text("1 ting er ikke sendt")).to_be_visible()
    return page


def assert_sent(phone: Phone) -> None:
    phone.go("I dag")
    expect(phone.page.locator(".chip", has_text=TAKEN)).to_have_count(1)
    expect(phone.page.get_by_text(re.compile("ikke sendt|Log ind for at"))).to_have_count(0)


def test_after_a_month_the_copy_asks_for_a_login_which_sends_what_waits(
    karen: Phone, installation: Installation
) -> None:
    page = mark_without_net(karen, installation)
    grow_old(installation, days=31)
    installation.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Log ind for at hente nyt")).to_be_visible()
    page.get_by_role("link", name="Se hvad").click()
    expect(page.get_by_text("Log ind igen for at hente og sende.")).to_be_visible()
    expect(page.get_by_text("Markering af medicin")).to_be_visible()
    expect(page.get_by_text("Venter på, at du logger ind")).to_be_visible()
    karen.check("78-log-ind-for-at-sende")

    page.get_by_role("button", name="Log ind", exact=True).click()
    expect(page.get_by_role("button", name="Karen Mikkelsen")).to_be_visible()
    karen.check("79-log-ind-ved-siden-af-kopien")
    page.get_by_role("button", name="Brug din kopi i stedet").click()
    expect(page.get_by_text("Log ind igen for at hente og sende.")).to_be_visible()
    page.get_by_role("button", name="Log ind", exact=True).click()
    with page.expect_response("**/stamp") as stamped:
        page.get_by_role("button", name="Karen Mikkelsen").click()
    assert stamped.value.ok
    karen.bar().wait_for()
    assert_sent(karen)


def test_a_copy_that_is_locked_and_needs_a_login_says_so_and_opens_by_it(
    karen: Phone, installation: Installation
) -> None:
    page = mark_without_net(karen, installation)
    grow_old(installation, days=31)
    page.context.clock.set_system_time(datetime.now().astimezone() + timedelta(days=8))
    page = reopened(karen)
    unlock(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi venter på net.")
    page.context.clock.set_system_time(datetime.now().astimezone())
    installation.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log ind for at åbne din kopi.")
    karen.check("80-log-ind-for-at-aabne")
    page.get_by_role("button", name="Log ind", exact=True).click()
    page.get_by_role("button", name="Karen Mikkelsen").click()
    karen.bar().wait_for()
    unlock(reopened(karen))
    assert_sent(karen)


@pytest.mark.parametrize("is_logged_in", [True, False])
def test_a_device_that_lost_its_keys_is_taken_in_again_with_all_that_waits(
    karen: Phone, installation: Installation, is_logged_in: bool
) -> None:
    page = karen.page
    if is_logged_in:
        installation.stop()
        karen.go("I dag")
        take(page)
    else:
        page = mark_without_net(karen, installation)
    page.evaluate(LOSE_KEYS)
    installation.start()
    page = reopened(karen)
    unlock(page)
    karen.bar().wait_for()
    if not is_logged_in:
        page.get_by_role("link", name="Se hvad").click()
        page.get_by_role("button", name="Log ind", exact=True).click()
        page.get_by_role("button", name="Karen Mikkelsen").click()
        karen.bar().wait_for()
    assert_sent(karen)
