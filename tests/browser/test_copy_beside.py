"""Logged in beside a locked copy: by its person, who forgot the PIN, and by somebody else."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.serving import Installation
from tests.browser.test_copy import WRONG, reopened, set_up, take, unlock

pytestmark = pytest.mark.worker


@pytest.fixture
def look() -> str:
    return "320-dark"


@pytest.fixture
def karen(visitor: Phone, installation: Installation) -> Phone:
    """Karen's phone with a copy that is locked again, and a mark in it that waits."""
    visitor.log_in("Karen")
    set_up(visitor)
    visitor.go("I dag")
    installation.stop()
    take(visitor.page)
    reopened(visitor)
    installation.start()
    return visitor


def pass_by(phone: Phone, name: str) -> None:
    phone.page.get_by_role("button", name="Glemt pinkode? Log ind med MitID").click()
    phone.page.get_by_role("button", name=name).click()
    phone.bar().wait_for()
    # As on the way back from MitID: the page is another one.
    phone.page.reload()
    phone.bar().wait_for()


def to_copy(phone: Phone) -> None:
    phone.go("Mere")
    phone.page.get_by_role("link", name=re.compile("Din kopi på telefonen")).click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Skriv din pinkode")


def test_who_forgot_the_pin_goes_on_with_a_login_and_makes_the_copy_anew(karen: Phone) -> None:
    page = karen.page
    unlock(page, WRONG)
    pass_by(karen, "Karen Mikkelsen")
    to_copy(karen)
    expect(page.get_by_role("heading", name="Har du glemt pinkoden?")).to_be_visible()
    karen.check("81-glemt-pinkode")
    page.get_by_role("button", name="Slet kopien her").click()
    expect(page.get_by_text("1 ting er ikke sendt. Den går tabt.")).to_be_visible()
    page.get_by_role("button", name="Ja, slet kopien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se din dag, også uden net.")
    set_up(karen, "731905")
    page = reopened(karen)
    unlock(page, "731905")
    karen.bar().wait_for()


def test_somebody_else_sees_and_sends_nothing_of_the_copy_and_its_person_takes_it_back(karen: Phone) -> None:
    page = karen.page
    pass_by(karen, "Line Thygesen")
    karen.settle()
    expect(page.get_by_text(re.compile("Metformin|ikke sendt|Log ind for at"))).to_have_count(0)
    to_copy(karen)
    expect(page.get_by_role("heading", name="Kopien her er ikke din.")).to_be_visible()
    karen.check("82-en-andens-kopi")

    unlock(page)
    expect(karen.bar()).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Karen"))).to_be_visible()
    karen.go("I dag")
    expect(page.locator(".chip", has_text=re.compile(r"^Taget kl\. [\d.]+$"))).to_have_count(1)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv din pinkode")


def test_a_start_without_a_net_is_no_way_around_the_lock(karen: Phone, installation: Installation) -> None:
    page = karen.page
    installation.stop()
    reopened(karen)
    page = karen.page
    page.get_by_role("button", name="Glemt pinkode? Log ind med MitID").click()
    expect(page.get_by_text("Du kan først logge ind, når der er net. Din kopi er her stadig.")).to_be_visible()
    installation.start()
    page.get_by_role("button", name="Glemt pinkode? Log ind med MitID").click()
    # Her session of before was still good, and is over now.
    expect(page.get_by_role("button", name="Karen Mikkelsen")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Karen Mikkelsen")).to_be_visible()
    page.get_by_role("button", name="Brug din kopi i stedet").click()
    unlock(page)
    karen.bar().wait_for()
