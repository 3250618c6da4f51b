"""The server is put back to an older backup without a word: what was acknowledged since is sent once more."""

import re
import shutil

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.phone import Phone, phone_on
from tests.browser.serving import Installation
from tests.browser.test_copy import TRAINING, doses, reopened, set_up, take, unlock

TAKEN = re.compile(r"^Taget kl\. [\d.]+$")

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


def back_up(installation: Installation) -> None:
    installation.stop()
    shutil.copytree(installation.folder / "var", installation.folder / "backup")
    installation.start()


def put_back(installation: Installation) -> None:
    installation.stop()
    shutil.rmtree(installation.folder / "var")
    shutil.copytree(installation.folder / "backup", installation.folder / "var")
    installation.start()


def test_what_was_acknowledged_before_a_restore_is_there_again_after_it_once(
    karen: Phone, installation: Installation, browser: Browser
) -> None:
    back_up(installation)
    karen.go("I dag")
    page, before = karen.page, doses(karen.page)
    with page.expect_response("**/sync/push"):
        take(page)
    expect(page.locator(".chip", has_text=TAKEN)).to_have_count(1)
    karen.go("Aftaler")
    page.get_by_role("link", name=TRAINING).first.click()
    with page.expect_response("**/sync/push"):
        page.get_by_role("button", name="Jeg kommer").click()
    expect(page.get_by_text("Du har svaret, at du kommer.")).to_be_visible()
    karen.settle()

    put_back(installation)
    with page.expect_response("**/sync/push"):
        page.evaluate("dispatchEvent(new Event('online'))")
    karen.settle()
    karen.go("I dag")
    expect(page.locator(".chip", has_text=TAKEN)).to_have_count(1)
    assert doses(page) == before - 1
    karen.go("Mere")
    page.get_by_role("link", name="Din kopi på telefonen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi er frisk.")
    expect(page.get_by_text(re.compile("ikke sendt|ikke modtaget|gået tabt|Mens du var væk"))).to_have_count(0)
    karen.check("85-efter-gendannelse")

    context, other = phone_on(browser, installation.address, "390-light", worker=True)
    other.log_in("Karen")
    expect(other.page.locator(".chip", has_text=TAKEN)).to_have_count(1)
    other.go("Aftaler")
    other.page.get_by_role("link", name=TRAINING).first.click()
    expect(other.page.get_by_text("Du har svaret, at du kommer.")).to_be_visible()
    context.close()


def test_after_a_restore_to_before_the_copy_was_made_the_phone_is_taken_in_again(
    visitor: Phone, installation: Installation
) -> None:
    visitor.log_in("Karen")
    back_up(installation)
    set_up(visitor)
    visitor.go("I dag")
    page = visitor.page
    with page.expect_response("**/sync/push"):
        take(page)
    expect(page.locator(".chip", has_text=TAKEN)).to_have_count(1)
    visitor.settle()

    put_back(installation)
    # Her session is in the backup too, and so nobody is asked to log in.
    with page.expect_response("**/proof"):
        page.evaluate("dispatchEvent(new Event('online'))")
    visitor.settle()
    visitor.go("Mere")
    page.get_by_role("link", name="Din kopi på telefonen").click()
    page.get_by_role("button", name="Hent og send nu").click()
    visitor.settle()
    visitor.go("I dag")
    expect(page.locator(".chip", has_text=TAKEN)).to_have_count(1)
    expect(page.get_by_text(re.compile("ikke sendt|Log ind for at"))).to_have_count(0)


def test_a_copy_of_a_server_that_lost_everything_is_left_and_made_anew(
    karen: Phone, installation: Installation
) -> None:
    installation.stop()
    shutil.rmtree(installation.folder / "var")
    installation.start()
    page = reopened(karen)
    unlock(page)
    karen.bar().wait_for()
    expect(page.get_by_text("Log ind for at hente nyt")).to_be_visible()
    page.get_by_role("link", name="Se hvad").click()
    page.get_by_role("button", name="Log ind", exact=True).click()
    page.get_by_role("button", name="Karen Mikkelsen").click()
    karen.bar().wait_for()
    karen.go("Mere")
    page.get_by_role("link", name=re.compile("Din kopi på telefonen")).click()
    expect(page.get_by_role("heading", name="Kopien her er ikke din.")).to_be_visible()
    page.get_by_role("button", name="Slet kopien her").click()
    page.get_by_role("button", name="Ja, slet kopien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se din dag, også uden net.")
    set_up(karen)
