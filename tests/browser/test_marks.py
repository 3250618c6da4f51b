"""Doses are marked: taken, skipped, at another time, and taken back."""

import re

from playwright.sync_api import Locator, Route, expect

from tests.browser.phone import Phone


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
    expect(row.locator(".chip").get_by_text(re.compile(r"^Taget kl\."))).to_be_visible()
    assert phone.page.get_by_role("group", name=re.compile(r"^Har du taget")).count() == count - 1
    phone.check("45-taget")

    row.get_by_role("button", name=f"Ret tid, {name}").click()
    phone.page.get_by_label("Hvornår tog du den?").fill("00:01")
    phone.check("46-ret-tid")
    phone.page.get_by_role("button", name="Gem tiden").click()
    expect(row.locator(".chip").get_by_text("Taget kl. 00.01")).to_be_visible()
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


def test_what_failed_is_told_on_other_screens_too_and_only_what_failed_is_tried_again(small: Phone) -> None:
    small.log_in("Karen")
    group = first_group(small)
    name, marked, undone = name_of(group), list[str](), list[str]()

    def undo_fails_once(route: Route) -> None:
        (undone if route.request.url.endswith("/undo") else marked).append(route.request.url)
        route.abort() if len(undone) == 1 and route.request.url.endswith("/undo") else route.continue_()

    group.get_by_role("button", name="Taget", exact=True).focus()
    small.page.keyboard.press("Enter")
    # The button that was pressed is gone; who goes by keys is still in the row.
    expect(small.page.get_by_role("button", name=f"Ret tid, {name}").first).to_be_focused()
    small.page.route("**/dose-marks/**", undo_fails_once)
    small.page.keyboard.press("Enter")
    expect(small.page.get_by_label("Hvornår tog du den?")).to_be_focused()
    small.page.get_by_label("Hvornår tog du den?").fill("00:02")
    small.page.keyboard.press("Enter")
    expect(small.page.get_by_role("heading", name="Markeringen blev ikke fortrudt.")).to_be_visible()

    small.go("Aftaler")
    small.go("I dag")
    expect(small.page.get_by_role("heading", name="Markeringen blev ikke fortrudt.")).to_be_visible()
    small.check("49-ikke-fortrudt")
    small.page.get_by_role("button", name="Prøv igen nu").click()
    expect(small.page.get_by_role("button", name=f"Fortryd, {name}")).to_have_count(1)
    assert (len(marked), len(undone)) == (1, 2)
    small.page.get_by_role("button", name=f"Fortryd, {name}").click()
    expect(small.page.get_by_role("button", name=f"Fortryd, {name}")).to_have_count(0)


def test_the_day_stands_and_nothing_is_claimed_when_what_was_said_cannot_be_fetched(small: Phone) -> None:
    small.page.route("**/dose-marks?**", lambda route: route.abort())
    small.log_in("Karen")
    title = "Vi kunne ikke hente, hvad du har svaret om dine doser."
    expect(small.page.get_by_role("heading", name=title)).to_be_visible()
    expect(small.page.get_by_text("intet svar")).to_have_count(0)
    assert small.page.get_by_role("group", name=re.compile(r"^Har du taget")).count() == 0
    small.check("50-svar-ikke-hentet")
    small.page.unroute("**/dose-marks?**")
    small.page.get_by_role("button", name="Prøv igen nu").click()
    expect(first_group(small)).to_be_visible()


def test_the_day_counts_what_waits_and_the_medicine_shows_its_answers(karen: Phone) -> None:
    page = karen.page
    karen.settle()
    expect(page.get_by_text(re.compile(r"^Der står \d+ doser på dit kort i dag"))).to_be_visible()
    group = first_group(karen)
    name = name_of(group)
    group.get_by_role("button", name="Taget", exact=True).click()
    expect(page.get_by_text(re.compile(r"^Du har svaret om 1 af \d+"))).to_be_visible()

    page.locator("li").filter(has=page.get_by_role("button", name=f"Fortryd, {name}")).get_by_role("link").click()
    history = page.locator("section").filter(has=page.get_by_role("heading", name="Dine svar de sidste 7 dage"))
    expect(history.locator(".chip").get_by_text(re.compile(r"^Taget kl\."))).to_be_visible()
    karen.check("53-svar-paa-medicinen")
    history.get_by_role("button", name=f"Fortryd, {name}").click()
    expect(history.get_by_role("button", name=f"Fortryd, {name}")).to_have_count(0)
    karen.go("I dag")
    expect(page.get_by_text(re.compile(r"^Der står \d+ doser på dit kort i dag"))).to_be_visible()


def test_two_who_say_different_things_are_both_shown_until_one_is_taken_back(small: Phone) -> None:
    small.log_in("Karen")
    group = first_group(small)
    name = name_of(group)
    group.get_by_role("button", name="Taget", exact=True).click()
    expect(small.page.get_by_role("button", name=f"Fortryd, {name}").first).to_be_visible()

    def another_too(route: Route) -> None:
        told = route.fetch().json()
        own = next(mark for mark in told["marks"] if not mark["undone"])
        told["marks"].append({**own, "key": "another", "by": "other", "said": "skipped", "at": None})
        route.fulfill(json=told)

    small.page.route("**/dose-marks?**", another_too)
    small.page.reload()
    expect(small.page.get_by_text("Der er svaret forskelligt om denne dosis.")).to_be_visible()
    expect(small.page.locator(".chip").get_by_text(re.compile(r"^Dig: Taget kl\."))).to_be_visible()
    expect(small.page.locator(".chip").get_by_text("En anden: Sprunget over")).to_be_visible()
    small.check("54-svaret-forskelligt")
    small.page.unroute("**/dose-marks?**")
    small.page.reload()
    small.page.get_by_role("button", name=f"Fortryd, {name}").first.click()
    expect(small.page.get_by_role("button", name=f"Fortryd, {name}")).to_have_count(0)
