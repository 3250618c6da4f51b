"""The story of the first page: choose a person, see the day, the card and the appointments, and leave."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.phone import Phone


def check(phone: Phone, name: str) -> None:
    phone.settle()
    phone.shoot(name)
    assert phone.violations() == [], name
    assert not phone.overflows(), name


def test_choose_a_person_and_see_their_day_their_medicine_and_their_appointments(phone: Phone) -> None:
    page = phone.page
    phone.open()
    check(phone, "01-log-ind")

    phone.log_in("Karen")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("dos|medicin", re.IGNORECASE))
    expect(page.get_by_text("Fælles Medicinkort (FMK)").last).to_contain_text("hentet i dag")
    check(phone, "03-i-dag")

    phone.go("Medicin")
    expect(page.get_by_role("heading", level=1)).to_contain_text("lægemidler")
    check(phone, "05-medicin")
    page.get_by_role("link", name=re.compile("Metformin")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Metformin")
    check(phone, "06-medicin-detalje")

    phone.go("Aftaler")
    expect(page.get_by_role("heading", level=1)).to_contain_text("aftale")
    check(phone, "07-aftaler")

    page.get_by_role("button", name="Log ud").click()
    expect(page.get_by_role("button", name="Karen Mikkelsen")).to_be_visible()


def test_past_medicines_and_prescriptions_are_a_touch_away(phone: Phone) -> None:
    phone.log_in("Karen")
    phone.go("Medicin")

    for name in ("Tidligere", "Recepter"):
        phone.page.get_by_role("link", name=name, exact=True).or_(
            phone.page.get_by_role("button", name=name, exact=True)
        ).first.click()
        check(phone, f"05-medicin-{name.lower()}")


def test_somebody_without_medicine_reads_why_it_is_empty(phone: Phone) -> None:
    phone.log_in("Line")
    check(phone, "18-tom-i-dag")
    phone.go("Medicin")
    check(phone, "19-tom-medicin")


def test_somebody_without_appointments_reads_why_it_is_empty(phone: Phone) -> None:
    phone.page.route("**/appointments", lambda route: route.fulfill(json={"appointments": []}))
    phone.log_in("Line")
    phone.go("Aftaler")

    expect(phone.page.get_by_role("heading", name="Du har ingen nye aftaler.")).to_be_visible()
    check(phone, "20-tom-aftaler")
    phone.page.get_by_role("link", name="Tidligere", exact=True).click()
    check(phone, "20-tom-tidligere-aftaler")


def test_appointments_of_a_source_that_does_not_answer_say_since_when(phone: Phone) -> None:
    def silent(route: Route) -> None:
        told = route.fetch().json()
        for each in told["appointments"]:
            each["not_fetched_since"] = "2026-03-03T10:00:00+01:00"
        route.fulfill(json=told)

    phone.page.route("**/appointments", silent)
    phone.log_in("Karen")
    phone.go("Aftaler")

    told = phone.page.get_by_text("steder kan være ændret siden.")
    expect(told).to_be_visible()
    phone.check("07-aftaler-kilder-foldet")
    told.click()
    expect(phone.page.get_by_text("Kilden har ikke svaret siden").first).to_be_visible()
    check(phone, "07-aftaler-kilde-svarer-ikke")


def test_the_whole_app_speaks_english_when_asked(phone: Phone) -> None:
    page = phone.page
    phone.open()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    phone.log_in("Karen")
    for name in ("Today", "Medicine", "Appointments"):
        phone.go(name)
        check(phone, f"en-{name.lower()}")


def test_the_story_works_by_keyboard_alone(small: Phone) -> None:
    page = small.page
    small.open()
    _tab_to(small, "Karen Mikkelsen")
    page.keyboard.press("Enter")
    small.bar().wait_for()
    _tab_to(small, "Medicin")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("lægemidler")
    _tab_to(small, "Log ud")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Karen Mikkelsen")).to_be_visible()


def test_who_went_on_by_the_keyboard_before_a_slow_screen_came_keeps_the_focus(small: Phone) -> None:
    page, waiting = small.page, list[Route]()
    page.route("**/citizens/**", lambda route: waiting.append(route))
    small.open()
    _tab_to(small, "Karen Mikkelsen")
    page.keyboard.press("Enter")
    small.bar().wait_for()
    _tab_to(small, "Medicin")
    assert waiting
    for route in waiting:
        route.continue_()

    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("dosis|doser"))
    small.settle()  # a heading takes the focus only after it is painted
    expect(small.bar().get_by_role("link", name="Medicin")).to_be_focused()


def _tab_to(phone: Phone, text: str) -> None:
    for _ in range(80):
        phone.page.keyboard.press("Tab")
        focused = phone.page.evaluate(
            "document.activeElement?.matches('a, button') ? document.activeElement.innerText : ''"
        )
        if text in focused:
            return
    pytest.fail(f"the keyboard never reached {text}")


@pytest.mark.worker  # it keeps the parts of the app that were not opened yet
def test_an_unreachable_server_is_said_in_plain_words_until_it_answers_again(phone: Phone) -> None:
    page = phone.page
    phone.log_in("Karen")
    phone.settle()
    banner = page.get_by_role("status").filter(has_text="Ingen forbindelse.")
    page.context.set_offline(True)
    phone.place("Samtykker").click()
    expect(banner).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("venter på dit svar")
    phone.place("Mere").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("Hvem har kigget")).click()
    expect(page.get_by_text("Hvad kan du gøre?")).to_be_visible()
    phone.check("22-uden-net")
    phone.place("Medicin").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("lægemidler")
    phone.check("05-medicin-uden-net")

    page.context.set_offline(False)
    expect(banner).to_have_count(0)
    phone.complaints.clear()  # the browser's own, about the questions that found no net


def test_a_source_that_fails_says_what_happened_what_is_safe_and_what_to_do(small: Phone) -> None:
    page = small.page
    page.route("**/card", lambda route: route.fulfill(status=503, content_type="application/problem+json", body="{}"))
    small.log_in("Karen")
    small.go("Medicin")

    for words in ("Hvad skete der?", "Er noget gået tabt?", "Hvad kan du gøre?"):
        expect(page.get_by_text(words)).to_be_visible()
    small.shoot("22-fejl")
    assert small.violations() == []
    page.unroute("**/card")
    page.get_by_role("button", name=re.compile("igen", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("lægemidler")


def test_a_session_that_ended_leads_back_to_the_door(small: Phone) -> None:
    page = small.page
    small.log_in("Karen")
    page.context.clear_cookies()
    small.open("/medicin")

    expect(page.get_by_role("button", name="Karen Mikkelsen")).to_be_visible()


def test_nothing_about_a_person_stays_in_the_browser_after_leaving(small: Phone) -> None:
    page = small.page
    small.log_in("Karen")
    small.go("Medicin")
    page.get_by_role("button", name="Log ud").click()
    page.get_by_role("button", name="Karen Mikkelsen").wait_for()

    kept = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert "Mikkelsen" not in kept
    # What the caches hold is looked through in test_worker.py.
    assert all(name.startswith("naerblik-shell-") for name in page.evaluate("caches.keys()"))
    assert page.context.cookies() == []
