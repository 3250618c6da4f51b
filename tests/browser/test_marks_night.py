"""After midnight the dose of the night that began yesterday is still there, and marked on its own date."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.marking import ASKED, group_of, turn_to, yesterday
from tests.browser.phone import Phone
from tests.browser.serving import Installation
from tests.browser.test_copy import set_up

NAME = "Paracetamol 500 mg"


def night(phone: Phone) -> Locator:
    return group_of(phone.page, "Nat siden i går")


def test_the_dose_of_last_night_is_marked_after_midnight_and_stands_on_the_day_before(karen: Phone) -> None:
    page = karen.page
    turn_to(karen, yesterday(23, 50))
    expect(group_of(page, "Nat").get_by_role("group", name=ASKED)).to_have_count(1)
    turn_to(karen, yesterday(0, 10))
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har 1\u00a0dosis til natten.")
    night(karen).get_by_role("link").click()
    history = group_of(page, "Dine svar de sidste 7 dage")
    expect(history.get_by_role("heading", level=3)).to_contain_text("nat")
    history.get_by_role("button", name="Taget", exact=True).click()
    expect(history.locator(".chip").get_by_text("Taget kl. 00.10")).to_be_visible()
    karen.go("I dag")
    expect(night(karen).locator(".chip").get_by_text("Taget kl. 00.10")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("her til morgen[.]$"))
    karen.check("61-nattens-dosis")

    night(karen).get_by_role("button", name=f"Ret tid, {NAME}").click()
    page.get_by_label("Hvornår tog du den?").fill("23:55")
    page.get_by_role("button", name="Gem tiden").click()
    expect(night(karen).locator(".chip").get_by_text("Taget kl. 23.55")).to_be_visible()

    # Tonight's dose is another, and waits.
    turn_to(karen, yesterday(22))
    expect(night(karen)).to_have_count(0)
    expect(group_of(page, "Nat").get_by_role("group", name=ASKED)).to_have_count(1)
    # The evening before, the same dose has its answer.
    turn_to(karen, yesterday(22) - timedelta(days=1))
    expect(group_of(page, "Nat").locator(".chip").get_by_text("Taget kl. 23.55")).to_be_visible()


def test_when_the_morning_begins_last_night_is_over_while_the_page_stands_open(karen: Phone) -> None:
    page = karen.page
    page.clock.install(time=yesterday(4, 58))
    page.reload()
    expect(night(karen)).to_be_visible()
    page.clock.run_for(180_000)
    expect(night(karen)).to_have_count(0)
    expect(group_of(page, "Morgen").locator(".chip", has_text="Nu")).to_be_visible()


def test_that_last_night_cannot_be_fetched_is_told_and_the_day_stands(karen: Phone) -> None:
    page = karen.page

    def night_is_lost(route: Route) -> None:
        route.abort() if f"date={yesterday(0) - timedelta(days=1):%Y-%m-%d}" in route.request.url else route.continue_()

    page.route("**/dose-plan?**", night_is_lost)
    turn_to(karen, yesterday(0, 10))
    expect(page.get_by_role("heading", name="Vi kunne ikke hente nattens doser.")).to_be_visible()
    expect(group_of(page, "Morgen")).to_be_visible()
    karen.check("62-natten-ikke-hentet")
    page.unroute("**/dose-plan?**")
    page.get_by_role("button", name="Prøv igen nu").click()
    expect(night(karen).get_by_role("group", name=ASKED)).to_have_count(1)


@pytest.mark.worker
def test_last_night_is_read_from_the_copy_and_marked_without_a_net(visitor: Phone, installation: Installation) -> None:
    visitor.log_in("Karen")
    turn_to(visitor, yesterday(0, 10))
    set_up(visitor)
    installation.stop()
    visitor.go("I dag")
    night(visitor).get_by_role("button", name="Taget", exact=True).click()
    expect(night(visitor).locator(".chip").get_by_text("Taget kl. 00.10, ikke sendt")).to_be_visible()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(re.compile("her til morgen[.]$"))
