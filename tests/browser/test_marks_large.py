"""Large letters ask about one dose at a time: taken, later or skipped, with the whole day one step away."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.marking import ASKED, group_of, toast, turn_to, yesterday
from tests.browser.phone import Phone, phone_on

METFORMIN, PARACETAMOL = "Metformin 500 mg", "Paracetamol 500 mg"


@pytest.fixture(params=["390-light", "320-dark"])
def large(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Phone]:
    """Karen's phone at noon, with large letters."""
    context, phone = phone_on(browser, address, request.param)
    phone.page.add_init_script("localStorage.setItem('naerblik.size', 'large')")
    phone.log_in("Karen")
    turn_to(phone, yesterday(12, 6))
    yield phone
    context.close()
    assert phone.hosts <= {"localhost"}


def asked(phone: Phone, name: str, place: str) -> None:
    """This dose is asked about now, and none beside it."""
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Har du taget denne?")
    expect(phone.page.get_by_role("heading", level=2, name=name)).to_be_visible()
    expect(phone.page.get_by_text(place, exact=True)).to_be_visible()
    expect(phone.page.get_by_role("group", name=ASKED)).to_have_count(1)


def press(phone: Phone, name: str) -> None:
    phone.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_one_dose_at_a_time_is_taken_put_off_and_skipped(large: Phone) -> None:
    page = large.page
    asked(large, METFORMIN, "Middag · 1 af 2")
    large.check("63-stor-en-ad-gangen")
    press(large, "Taget")
    asked(large, PARACETAMOL, "Middag · 2 af 2")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(toast(page).get_by_text(f"{METFORMIN} er markeret som taget.")).to_be_visible()
    toast(page).get_by_role("button", name="Fortryd").click()
    asked(large, METFORMIN, "Middag · 1 af 2")

    press(large, "Ikke nu")
    expect(page.get_by_role("heading", level=1)).to_have_text("Senere eller sprunget over?")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    large.check("64-stor-ikke-nu")
    press(large, "Sprunget over")
    asked(large, PARACETAMOL, "Middag · 2 af 2")
    press(large, "Ikke nu")
    press(large, "Senere")
    # Nothing was said about it: those of any time come now, and it still waits on the whole day.
    asked(large, "Carmellose", "I løbet af dagen · 1 af 4")
    expect(toast(page).get_by_text(f"{PARACETAMOL} venter. Den står under hele dagen.")).to_be_visible()
    press(large, "Se hele dagen")
    noon = group_of(page, "Middag")
    expect(noon.locator(".chip").get_by_text("Sprunget over")).to_be_visible()
    expect(noon.get_by_role("group", name=f"Har du taget {PARACETAMOL}?")).to_have_count(1)
    large.check("65-stor-hele-dagen")
    press(large, "Svar om én dosis ad gangen")
    asked(large, PARACETAMOL, "Middag · 2 af 2")


def test_when_all_is_answered_the_whole_day_stands_there(large: Phone) -> None:
    page = large.page
    for _ in range(6):
        before = page.locator(".blik__over").inner_text()
        press(large, "Taget")
        expect(page.locator(".blik__over")).not_to_have_text(before)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("til aften[.]$"))
    expect(page.get_by_role("button", name="Svar om én dosis ad gangen")).to_have_count(0)
    expect(group_of(page, "Middag").locator(".chip").get_by_text("Taget kl. 12.06")).to_have_count(2)


def test_two_quick_taps_are_one_answer_and_what_failed_stays_until_it_stands(large: Phone) -> None:
    page, sent = large.page, list[str]()

    def first_is_lost(route: Route) -> None:
        sent.append(route.request.url)
        route.abort() if len(sent) == 1 else route.continue_()

    page.route("**/dose-marks/**", first_is_lost)
    press(large, "Taget")
    expect(page.get_by_role("heading", name="Din markering blev ikke gemt.")).to_be_visible()
    expect(page.get_by_role("heading", level=2, name=METFORMIN)).to_be_visible()
    # It may have arrived: nothing else is said of it.
    expect(page.get_by_role("group", name=ASKED)).to_have_count(0)
    large.check("66-stor-ikke-gemt")
    press(large, "Prøv igen nu")
    asked(large, PARACETAMOL, "Middag · 2 af 2")
    assert sent[0] == sent[1]
    page.get_by_role("main").get_by_role("button", name="Taget", exact=True).dblclick()
    asked(large, "Carmellose", "I løbet af dagen · 1 af 4")
    # The second of two quick taps falls on the dose that came meanwhile.
    taken = page.get_by_role("main").get_by_role("button", name="Taget", exact=True)
    taken.dispatch_event("click", {"detail": 2})
    large.settle()
    asked(large, "Carmellose", "I løbet af dagen · 1 af 4")
    assert len(sent) == 3
