"""A caseworker's desk in the browser, for the stories: the way in, and a question."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.phone import Phone

KAREN = "190351-2846"
NOBODY = "010170-1234"


def come_in(desk: Phone) -> None:
    desk.open("/sagsbehandler")
    desk.page.get_by_role("button", name="Birgit Nørlund").click()
    expect(title(desk)).to_have_text("Har borgeren givet samtykke?")


def title(desk: Phone) -> Any:
    return desk.page.get_by_role("heading", level=1)


def look_up(page: Page, number: str, sag: str = "26-11837") -> None:
    page.get_by_label("CPR-nummer").fill(number)
    page.get_by_label("Samtykke").select_option("Din medicin, når du får hjælp hjemme")
    page.get_by_label("Sagsnummer").fill(sag)
    page.get_by_role("button", name="Slå status op").click()


def says(page: Page, word: str) -> None:
    expect(page.locator(".verdict__word")).to_have_text(word)
