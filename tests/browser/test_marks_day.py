"""A day's doses are marked: the short message that undoes, and all doses of one time at once."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.marking import ASKED, group_of, toast, turn_to, yesterday
from tests.browser.phone import Phone, phone_on


@pytest.fixture(params=["390-light", "320-dark"])
def noon(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Phone]:
    """Karen's phone at noon."""
    context, phone = phone_on(browser, address, request.param)
    phone.log_in("Karen")
    turn_to(phone, yesterday(12, 6))
    yield phone
    context.close()
    assert phone.hosts <= {"localhost"}


def test_both_doses_of_now_are_taken_at_once_and_the_message_takes_both_back(noon: Phone) -> None:
    page, now = noon.page, group_of(noon.page, "Middag")
    expect(now.get_by_role("group", name=ASKED)).to_have_count(2)
    now.get_by_role("button", name="Begge er taget").click()
    expect(now.locator(".chip").get_by_text("Taget kl. 12.06")).to_have_count(2)
    expect(now.get_by_role("button", name="Begge er taget")).to_have_count(0)
    expect(page.get_by_role("status").get_by_text("2 doser er markeret som taget.")).to_be_visible()
    noon.check("55-begge-er-taget")
    page.reload()
    expect(now.locator(".chip").get_by_text("Taget kl. 12.06")).to_have_count(2)

    now.get_by_role("button", name=re.compile("^Fortryd, ")).first.click()
    expect(now.get_by_role("group", name=ASKED)).to_have_count(1)
    expect(now.get_by_role("button", name=re.compile("er taget$"))).to_have_count(0)
    now.get_by_role("button", name=re.compile("^Fortryd, ")).click()
    now.get_by_role("button", name="Begge er taget").click()
    toast(page).get_by_role("button", name="Fortryd").click()
    expect(now.get_by_role("group", name=ASKED)).to_have_count(2)
    expect(page.get_by_role("status").get_by_text("Markeringen er fortrudt.")).to_be_visible()
    page.reload()
    expect(now.get_by_role("group", name=ASKED)).to_have_count(2)


def test_the_message_undoes_goes_by_itself_and_leaves_the_undo_on_the_row(noon: Phone) -> None:
    page, now = noon.page, group_of(noon.page, "Middag")
    page.clock.install(time=yesterday(12, 10))
    page.reload()
    now.get_by_role("button", name="Sprunget over").first.click()
    expect(toast(page).get_by_text("Metformin 500 mg er markeret som sprunget over.")).to_be_visible()
    noon.check("56-besked-med-fortryd")
    toast(page).get_by_role("button", name="Fortryd").focus()
    page.clock.run_for(20_000)
    # It does not go from under who stands on it.
    toast(page).get_by_role("button", name="Fortryd").press("Enter")
    expect(now.get_by_role("group", name=ASKED)).to_have_count(2)

    now.get_by_role("button", name="Taget", exact=True).first.click()
    expect(toast(page).get_by_text("Metformin 500 mg er markeret som taget.")).to_be_visible()
    page.clock.run_for(11_000)
    expect(toast(page)).to_have_count(0)
    now.get_by_role("button", name="Fortryd, Metformin 500 mg").click()
    expect(now.get_by_role("group", name=ASKED)).to_have_count(2)


def test_of_doses_marked_at_once_only_what_stands_is_told_and_the_rest_is_tried_again(noon: Phone) -> None:
    page, now, sent = noon.page, group_of(noon.page, "Middag"), list[str]()

    def second_is_lost(route: Route) -> None:
        sent.append(route.request.url)
        route.abort() if len(sent) == 2 else route.continue_()

    page.route("**/dose-marks/**", second_is_lost)
    now.get_by_role("button", name="Begge er taget").click()
    expect(toast(page).get_by_text("Metformin 500 mg er markeret som taget.")).to_be_visible()
    expect(now.get_by_role("heading", name="Din markering blev ikke gemt.")).to_have_count(1)
    page.get_by_role("button", name="Prøv igen nu").click()
    expect(now.locator(".chip").get_by_text("Taget kl. 12.06")).to_have_count(2)
    assert len(sent) == 3
    assert sent[1] == sent[2]
