"""Medicine as needed: every taking is written down by itself, with its amount and time, and taken back."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.marking import group_of, toast
from tests.browser.phone import Phone
from tests.browser.serving import Installation
from tests.browser.test_copy import reopened, set_up, unlock

WRITE = "Skriv, at du har taget Salbutamol 0,1 mg/dosis"


def row_of(page: Page, medicine: str = "Salbutamol") -> Locator:
    """The medicine among those as needed."""
    return group_of(page, "Efter behov").locator("ul.rows > li").filter(has_text=medicine)


def write(row: Locator, amount: str, time: str | None = None) -> None:
    """Write down that it was taken."""
    row.get_by_role("button", name=re.compile("^Skriv, at du har taget")).click()
    row.get_by_label("Hvor meget tog du? Skriv antal pust.").fill(amount)
    if time is not None:
        row.get_by_label("Hvornår tog du den?").fill(time)
    row.get_by_role("button", name="Gem", exact=True).click()


def taken(row: Locator) -> Locator:
    return row.locator(".chip").get_by_text(re.compile("^Taget kl."))


def test_each_taking_is_written_down_with_amount_and_time_and_taken_back_by_itself(phone: Phone) -> None:
    phone.log_in("Karen")
    row = row_of(phone.page)
    row.get_by_role("button", name=WRITE).click()
    field = row.get_by_label("Hvor meget tog du? Skriv antal pust.")
    # Of one or two the card does not say how much it was.
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    row.get_by_role("button", name="Gem", exact=True).click()
    expect(row.get_by_text("Skriv et tal, for eksempel 1 eller 1,5.")).to_be_visible()
    phone.check("57-efter-behov-skema")
    row.get_by_role("button", name="Luk uden at gemme").click()
    expect(row.get_by_role("button", name=WRITE)).to_be_focused()

    write(row, "2", "00:00")
    expect(row.locator(".chip").get_by_text("Taget kl. 00.00: 2 pust")).to_be_visible()
    expect(row.get_by_text("Taget 1 gang i dag.")).to_be_visible()
    write(row, "1")
    expect(row.get_by_text("Taget 2 gange i dag.")).to_be_visible()
    expect(row.locator(".chip").get_by_text(re.compile("1 pust$"))).to_be_visible()
    phone.check("58-efter-behov-taget")
    toast(phone.page).get_by_role("button", name="Fortryd").click()
    expect(row.get_by_text("Taget 1 gang i dag.")).to_be_visible()

    # Another time is another statement; the amount goes with it.
    row.get_by_role("button", name=re.compile("^Ret tid")).click()
    row.get_by_label("Hvornår tog du den?").fill("00:01")
    row.get_by_role("button", name="Gem tiden").click()
    expect(row.locator(".chip").get_by_text("Taget kl. 00.01: 2 pust")).to_be_visible()
    phone.page.reload()
    expect(taken(row)).to_have_count(1)
    row.get_by_role("button", name=re.compile("^Fortryd")).click()
    expect(taken(row)).to_have_count(0)
    expect(row.get_by_text(re.compile("i dag[.]$"))).to_have_count(0)


def test_a_dose_as_needed_is_no_other_dose_of_its_medicine(small: Phone) -> None:
    small.log_in("Karen")
    row = row_of(small.page, "Furosemid")
    asked = small.page.get_by_role("group", name="Har du taget Furosemid 40 mg?").count()
    row.get_by_role("button", name=re.compile("^Skriv, at du har taget")).click()
    # One tablet, as the card says.
    expect(row.get_by_label(re.compile("Hvor meget"))).to_have_value("1")
    row.get_by_role("button", name="Gem", exact=True).click()
    expect(taken(row)).to_have_count(1)
    assert small.page.get_by_role("group", name="Har du taget Furosemid 40 mg?").count() == asked
    row.get_by_role("button", name=re.compile("^Fortryd")).click()
    expect(taken(row)).to_have_count(0)


def test_a_taking_that_found_no_server_is_tried_again_as_the_same_and_not_written_twice(small: Phone) -> None:
    small.log_in("Karen")
    row, sent = row_of(small.page), list[str]()

    def answer_is_lost(route: Route) -> None:
        sent.append(route.request.url)
        if len(sent) > 1:
            return route.continue_()
        route.fetch()
        return route.abort()

    small.page.route("**/dose-marks/**", answer_is_lost)
    write(row, "2")
    expect(row.get_by_role("heading", name="Din markering blev ikke gemt.")).to_be_visible()
    expect(row.get_by_role("button", name=WRITE)).to_have_count(0)
    small.check("59-efter-behov-ikke-gemt")
    row.get_by_role("button", name="Prøv igen nu").click()
    expect(taken(row)).to_have_count(1)
    assert len(sent) == 2
    assert sent[0] == sent[1]
    row.get_by_role("button", name=re.compile("^Fortryd")).click()
    expect(row.get_by_role("button", name=WRITE)).to_be_visible()


def test_a_taking_is_written_down_on_the_page_of_the_medicine_too(small: Phone) -> None:
    small.log_in("Karen")
    row_of(small.page).get_by_role("link").click()
    history = group_of(small.page, "Dine svar de sidste 7 dage")
    write(history, "2")
    expect(history.get_by_role("heading", level=3)).to_have_text("I dag, i løbet af dagen")
    expect(taken(history)).to_have_count(1)
    expect(toast(small.page).get_by_text("er markeret som taget.")).to_be_visible()
    small.check("67-efter-behov-paa-medicinen")
    small.go("I dag")
    expect(row_of(small.page).get_by_text("Taget 1 gang i dag.")).to_be_visible()
    row_of(small.page).get_by_role("button", name=re.compile("^Fortryd")).click()
    expect(taken(row_of(small.page))).to_have_count(0)


@pytest.mark.worker
def test_takings_are_written_without_a_net_and_sent_when_it_is_back(visitor: Phone, installation: Installation) -> None:
    visitor.log_in("Karen")
    set_up(visitor)
    installation.stop()
    unlock(reopened(visitor))
    page = visitor.page
    row = row_of(page)
    for amount in ("2", "1,5"):
        write(row, amount)
        expect(row.locator(".chip", has_text=re.compile(f": {amount} pust, ikke sendt$"))).to_be_visible()
    expect(row.get_by_text("Taget 2 gange i dag.")).to_be_visible()
    toast(page).get_by_role("button", name="Fortryd").click()
    expect(row.get_by_text("Taget 1 gang i dag.")).to_be_visible()
    visitor.check("60-efter-behov-uden-net")
    installation.start()
    visitor.go("Mere")
    page.get_by_role("link", name=re.compile("Din kopi på telefonen")).click()
    page.get_by_role("button", name="Hent og send nu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi er frisk.")
    visitor.go("I dag")
    expect(row.locator(".chip", has_text=re.compile(": 2 pust$"))).to_be_visible()
    expect(taken(row)).to_have_count(1)
