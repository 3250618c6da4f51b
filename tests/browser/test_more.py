"""The story of Mere: the five places, who is logged in, language, look and size, what Nærblik is, and the ways out."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.phone import Phone


def test_the_five_places_lie_in_the_bar_and_each_is_a_touch_away(phone: Phone) -> None:
    phone.log_in("Karen")

    for name in ("Medicin", "Aftaler", "Samtykker", "Mere", "I dag"):
        phone.go(name)
    assert phone.bar().get_by_role("link").count() == 5


def test_mere_says_who_is_logged_in_and_leads_on(phone: Phone) -> None:
    page = phone.page
    phone.log_in("Karen")
    phone.go("Mere")
    expect(page.get_by_role("main")).to_contain_text("Karen Mikkelsen")
    phone.check("24-mere")

    for name, path in (("Hvem har kigget", "/mere/log"), ("Sprog og visning", "/mere/visning"), ("Om", "/mere/om")):
        page.get_by_role("main").get_by_role("link", name=re.compile(f"^{name}")).click()
        page.wait_for_url(f"**{path}")
        phone.settle()
        expect(phone.bar().get_by_role("link", name="Mere")).to_have_attribute("aria-current", "page")
        page.get_by_role("main").get_by_role("link", name="Mere", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mere")


def test_the_name_on_top_leads_to_mere(small: Phone) -> None:
    small.log_in("Karen")
    small.page.get_by_role("link", name=re.compile("^Karen")).click()

    expect(small.page.get_by_role("heading", level=1)).to_have_text("Mere")


def test_what_nærblik_is_and_is_not_is_said_with_whom_to_ring(phone: Phone) -> None:
    page = phone.page
    phone.log_in("Karen")
    phone.go("Mere")
    page.get_by_role("link", name=re.compile("Om Nærblik")).click()

    for number in ("112", "1813"):
        expect(page.get_by_role("link", name=f"Ring {number}")).to_have_attribute("href", f"tel:{number}")
    expect(page.get_by_text("Det er ikke oplyst, hvem der driver Nærblik her.")).to_be_visible()
    expect(page.get_by_text("EUPL-1.2")).to_be_visible()
    phone.check("om")
    page.get_by_role("link", name="Se, hvem der har kigget").click()
    page.wait_for_url("**/mere/log")


def test_whoever_runs_it_is_named_when_they_have_said_so(small: Phone) -> None:
    body = '{"run_by": "Bakkeby Kommune", "contact": "mailto:hjaelp@bakkeby.example"}'
    small.page.route("**/about", lambda route: route.fulfill(content_type="application/json", body=body))
    small.log_in("Karen")
    small.open("/mere/om")

    expect(small.page.get_by_text("Bakkeby Kommune")).to_be_visible()
    link = small.page.get_by_role("link", name="hjaelp@bakkeby.example")
    expect(link).to_have_attribute("href", "mailto:hjaelp@bakkeby.example")


def test_a_weakness_is_reported_at_an_address_that_the_server_answers(small: Phone) -> None:
    small.log_in("Karen")
    small.open("/mere/om")
    small.page.get_by_role("link", name=re.compile("hul i sikkerheden")).click()

    small.page.wait_for_url("**/.well-known/security.txt")
    expect(small.page.get_by_text("Contact:")).to_be_visible()


def test_language_look_and_size_hold_until_they_are_chosen_anew(phone: Phone) -> None:
    page, root = phone.page, phone.page.locator("html")
    phone.log_in("Karen")
    phone.open("/mere/visning")
    phone.check("visning")
    page.get_by_text("Mørkt").click()
    page.get_by_text("Stor", exact=True).click()
    phone.check("visning-stor")
    page.reload()
    phone.settle()

    expect(root).to_have_attribute("data-size", "large")
    expect(root).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).fontSize").startswith("20.99") or page.evaluate(
        "getComputedStyle(document.body).fontSize"
    ).startswith("21")
    page.get_by_text("Almindelig").click()
    page.get_by_text("Som telefonen").click()
    assert root.get_attribute("data-size") is None
    assert root.get_attribute("data-theme") is None


def test_every_screen_stands_in_large_letters(phone: Phone) -> None:
    phone.log_in("Karen")
    phone.open("/mere/visning")
    phone.page.get_by_text("Stor", exact=True).click()

    assert [each.split("\n")[0] for each in phone.bar().get_by_role("link").all_inner_texts()] == ["I dag", "Menu"]
    phone.go("I dag")
    phone.check("stor-i-dag")
    for name in ("Medicin", "Aftaler", "Samtykker"):
        phone.go("Menu")
        phone.page.get_by_role("main").get_by_role("link", name=re.compile(f"^{name}")).click()
        phone.settle()
        expect(phone.bar().get_by_role("link", name="Menu")).to_have_attribute("aria-current", "page")
        phone.check(f"stor-{name.lower()}")
    phone.go("Menu")
    phone.check("stor-menu")


def test_large_letters_are_left_in_one_step_from_the_day(small: Phone) -> None:
    small.log_in("Karen")
    small.open("/mere/visning")
    small.page.get_by_text("Stor", exact=True).click()
    small.go("I dag")
    small.page.get_by_role("button", name="Tilbage til almindelig størrelse").click()

    expect(small.page.locator("html")).not_to_have_attribute("data-size", "large")
    assert small.bar().get_by_role("link").count() == 5


def test_who_has_large_letters_on_the_phone_is_asked_once_about_larger_ones(small: Phone) -> None:
    page = small.page
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 24}})
    small.log_in("Karen")
    expect(page.get_by_role("heading", name="Vil du have alt større?")).to_be_visible()
    small.check("i-dag-tilbyder-stor")
    page.get_by_role("button", name="Nej, det er fint sådan").click()
    expect(page.get_by_role("heading", name="Vil du have alt større?")).to_have_count(0)
    page.reload()
    small.settle()

    expect(page.get_by_role("heading", name="Vil du have alt større?")).to_have_count(0)


def test_the_old_address_of_the_choices_leads_to_the_new_one(small: Phone) -> None:
    small.log_in("Karen")
    small.open("/valg")

    expect(small.page.get_by_role("heading", level=1)).to_have_text("Sådan vil du have det.")
    assert small.page.url.endswith("/mere/visning")


def test_the_new_screens_speak_english(phone: Phone) -> None:
    page = phone.page
    phone.log_in("Karen")
    phone.open("/mere/visning")
    page.get_by_text("English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    phone.go("Consents")
    phone.check("en-09-samtykker")
    page.get_by_role("link", name=re.compile("Birgit Nørlund")).click()
    phone.check("en-10-samtykke")

    for path, name in (("/mere", "24-mere"), ("/mere/log", "12-log"), ("/mere/visning", "visning"), ("/mere/om", "om")):
        phone.open(path)
        phone.check(f"en-{name}")


def test_logging_out_in_mere_leads_to_the_door(small: Phone) -> None:
    small.log_in("Karen")
    small.go("Mere")
    small.page.get_by_role("button", name="Log ud her").click()

    expect(small.page.get_by_role("button", name="Karen Mikkelsen")).to_be_visible()
    assert small.page.context.cookies() == []


def test_logging_out_everywhere_asks_the_server_with_the_sessions_token(small: Phone) -> None:
    asked: list[tuple[str, str | None]] = []

    def answer(route: Route) -> None:
        asked.append((route.request.method, route.request.header_value("X-CSRF-Token")))
        route.fulfill(status=204)

    small.page.route("**/api/v1/sessions", answer)
    small.log_in("Karen")
    csrf = small.page.evaluate("fetch('/api/v1/session').then(told => told.json()).then(body => body.csrf)")
    small.go("Mere")
    small.page.get_by_role("button", name="Log ud alle steder").click()

    expect(small.page.get_by_role("button", name="Karen Mikkelsen")).to_be_visible()
    assert asked == [("DELETE", csrf)]


@pytest.mark.parametrize("name", ["Log ud her", "Log ud alle steder"])
def test_a_logout_that_fails_says_that_one_is_still_logged_in(small: Phone, name: str) -> None:
    small.page.route(re.compile("/api/v1/sessions?$"), _fail_changes)
    small.log_in("Karen")
    small.go("Mere")
    small.page.get_by_role("button", name=name).click()

    expect(small.page.get_by_role("alert")).to_contain_text("Du er stadig logget ind.")
    small.check("24-mere-fejl")


def _fail_changes(route: Route) -> None:
    if route.request.method == "DELETE":
        route.fulfill(status=503, content_type="application/problem+json", body="{}")
    else:
        route.fallback()
