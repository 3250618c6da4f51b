"""Doses are marked: taken, skipped, at another time, and taken back."""

import re

from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import Phone


def first_group(phone: Phone) -> Locator:
    """The buttons of the first dose that nothing was said about."""
    return phone.page.get_by_role("group", name=re.compile(r"^Har du taget")).first


def name_of(group: Locator) -> str:
    label = group.get_attribute("aria-label") or ""
    return label.removeprefix("Har du taget ").removesuffix("?")


def test_a_dose_is_taken_corrected_taken_back_and_skipped(phone: Phone) -> None:
    phone.log_in("Karen")
    group = first_group(phone)
    name = name_of(group)
    count = phone.page.get_by_role("group", name=re.compile(r"^Har du taget")).count()
    row = phone.page.locator("li").filter(has=group).first
    place = row.evaluate("each => [...each.parentElement.children].indexOf(each)")
    row = phone.page.locator("ul.rows, ul.stack").filter(has=group).first.locator("> li").nth(place)

    row.get_by_role("button", name="Taget", exact=True).click()
    expect(row.get_by_text(re.compile(r"^Taget kl\."))).to_be_visible()
    assert phone.page.get_by_role("group", name=re.compile(r"^Har du taget")).count() == count - 1
    phone.check("45-taget")

    row.get_by_role("button", name=f"Ret tid, {name}").click()
    phone.page.get_by_label("Hvornår tog du den?").fill("00:01")
    phone.check("46-ret-tid")
    phone.page.get_by_role("button", name="Gem tiden").click()
    expect(row.get_by_text("Taget kl. 00.01")).to_be_visible()
    expect(row.get_by_role("button", name=f"Fortryd, {name}")).to_have_count(1)

    row.get_by_role("button", name=f"Fortryd, {name}").click()
    row.get_by_role("button", name="Sprunget over").click()
    expect(row.locator(".chip").get_by_text("Sprunget over")).to_be_visible()
    phone.check("47-sprunget-over")

    phone.page.reload()
    expect(row.locator(".chip").get_by_text("Sprunget over")).to_be_visible()
    row.get_by_role("button", name=f"Fortryd, {name}").click()
    expect(row.get_by_role("button", name="Taget", exact=True)).to_be_visible()


def test_what_was_not_kept_is_told_and_tried_again_as_the_same(small: Phone) -> None:
    small.log_in("Karen")
    group = first_group(small)
    name, sent = name_of(group), list[str]()

    def out_of_order(route: Route) -> None:
        sent.append(route.request.url)
        route.abort() if len(sent) == 1 else route.continue_()

    small.page.route("**/dose-marks/**", out_of_order)
    group.get_by_role("button", name="Taget", exact=True).click()
    expect(small.page.get_by_role("heading", name="Din markering blev ikke gemt.")).to_be_visible()
    small.check("48-markering-ikke-gemt")
    small.page.get_by_role("button", name="Prøv igen nu").click()
    expect(small.page.get_by_role("button", name=f"Fortryd, {name}").first).to_be_visible()
    assert len(sent) == 2
    assert sent[0] == sent[1]
    small.page.get_by_role("button", name=f"Fortryd, {name}").first.click()
    expect(small.page.get_by_role("button", name=f"Fortryd, {name}")).to_have_count(0)
