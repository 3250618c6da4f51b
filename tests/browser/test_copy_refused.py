"""What was done without a net and is refused when it arrives: told in plain words, with its words kept and a way on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone import Phone
from tests.browser.serving import Installation
from tests.browser.test_copy import TRAINING, reopened, set_up, unlock

WISH = "Helst om fredagen."

pytestmark = pytest.mark.worker


@pytest.fixture(params=["390-light", "320-dark"])
def look(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def karen(visitor: Phone, installation: Installation) -> Phone:
    """Karen's phone with a copy, in front of which the server is gone, and the training is moved meanwhile."""
    visitor.log_in("Karen")
    set_up(visitor)
    installation.stop()
    visits = installation.folder / "app" / "gateways" / "demo" / "visits.py"
    moved = visits.read_text().replace('"10:30", "11:30"', '"10:45", "11:45"')
    assert moved != visits.read_text()
    visits.write_text(moved)
    unlock(reopened(visitor))
    visitor.bar().wait_for()
    return visitor


def wish_for_another_time(phone: Phone) -> None:
    phone.go("Aftaler")
    page = phone.page
    page.get_by_role("link", name=TRAINING).first.click()
    page.get_by_role("button", name="Bed om en anden tid").click()
    page.get_by_label("Hvornår passer det bedre?").fill(WISH)
    page.get_by_role("button", name="Send ønsket").click()
    expect(page.get_by_role("heading", name="Du har bedt om en anden tid.")).to_be_visible()


def send(page: Page) -> None:
    """The server is back: fetch and send, on the copy's own screen."""
    page.get_by_role("button", name="Hent og send nu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi er frisk.")


def test_an_answer_to_what_was_moved_is_asked_anew_with_its_words_kept(
    karen: Phone, installation: Installation
) -> None:
    page = karen.page
    wish_for_another_time(karen)
    karen.go("Mere")
    page.get_by_role("link", name="Se hvad").click()
    expect(page.get_by_text(WISH)).to_be_visible()
    karen.check("60-ikke-sendt")
    installation.start()
    send(page)
    expect(page.get_by_text("1 ting blev ikke modtaget")).to_be_visible()
    expect(page.get_by_text("Det, du svarede på, er ændret siden.")).to_be_visible()
    expect(page.get_by_text(WISH)).to_be_visible()
    karen.check("61-blev-ikke-modtaget")

    page.get_by_role("link", name="Se på det igen").click()
    asked = page.get_by_role("region", name="Dit svar blev ikke modtaget.")
    expect(asked).to_contain_text("10.45")
    expect(asked).to_contain_text(WISH)
    expect(page.get_by_role("heading", name="Hvad vil du svare nu?")).to_be_visible()
    karen.check("62-svar-igen")
    page.get_by_role("button", name="Bed om en anden tid").click()
    expect(page.get_by_label("Hvornår passer det bedre?")).to_have_value(WISH)
    page.get_by_role("button", name="Send ønsket").click()

    expect(page.get_by_role("heading", name="Du har bedt om en anden tid.")).to_be_visible()
    expect(asked).to_have_count(0)
    expect(page.get_by_text("blev ikke modtaget")).to_have_count(0)


def test_what_was_moved_meanwhile_is_told_and_an_answer_can_be_left(karen: Phone, installation: Installation) -> None:
    page = karen.page
    wish_for_another_time(karen)
    installation.start()
    page.get_by_role("link", name="Se hvad").click()
    send(page)
    expect(page.get_by_role("heading", name="Mens du var væk")).to_be_visible()
    karen.check("63-mens-du-var-vaek")
    page.get_by_role("link", name=re.compile(r"Ændret: \d aftaler")).click()
    expect(page.get_by_role("link", name=TRAINING).first).to_contain_text("10.45")
    page.go_back()
    page.get_by_role("link", name="Se på det igen").click()
    page.get_by_role("button", name="Lad være med at svare").click()

    expect(page.get_by_role("heading", name="Kommer du?")).to_be_visible()
    expect(page.get_by_text("blev ikke modtaget")).to_have_count(0)
    karen.go("Mere")
    page.get_by_role("link", name="Din kopi på telefonen").click()
    page.get_by_role("button", name="Jeg har set det").click()
    expect(page.get_by_role("heading", name="Mens du var væk")).to_have_count(0)
