"""When a consent goes wrong on its way: nothing is lost, it is said in words, and it can be tried again."""

import json
import re

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.asked import ASKS, QUESTION, ask, given, held
from tests.browser.conftest import ROOT
from tests.browser.phone import IN_CHARGE, Phone, wait_until


def test_an_answer_that_does_not_arrive_is_kept_and_sent_when_the_net_is_back(karen: Phone) -> None:
    page = karen.page
    ask(karen)
    page.route("**/answer", lambda route: route.abort())
    page.get_by_role("button", name="Ja", exact=True).tap()
    expect(page.get_by_text("Dit ja er ikke sendt.").first).to_be_visible()
    expect(page.get_by_text("Er noget gået tabt?")).to_be_visible()
    karen.check("22-svar-ikke-sendt")

    karen.go("Aftaler")
    karen.go("Samtykker")
    page.get_by_role("link", name=re.compile("^Læs og svar")).tap()
    expect(page.get_by_role("heading", name="Dit ja er ikke sendt.")).to_be_visible()
    karen.check("10-ikke-sendt-endnu")
    page.unroute("**/answer")
    page.get_by_role("button", name="Send svaret nu").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har sagt ja.")
    assert len(given(karen)) == 1


def test_an_answer_that_arrived_though_nobody_heard_is_one_answer(karen: Phone) -> None:
    page, sent = karen.page, []

    def lose(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "{}"))
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/answer", lose)
    ask(karen)
    page.get_by_role("button", name="Ja", exact=True).tap()
    page.get_by_role("button", name="Prøv igen nu").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har sagt ja.")

    assert sent[0] == sent[1]
    [consent] = given(karen)
    assert len(consent["events"]) == 1


def test_a_question_that_was_answered_elsewhere_meanwhile_is_shown_as_it_stands(karen: Phone) -> None:
    page = karen.page
    ask(karen)
    page.route("**/answer", lambda route: route.fulfill(status=409, json={"code": "conflict"}))
    page.get_by_role("button", name="Nej", exact=True).tap()
    expect(page.get_by_text("Det kan ikke lade sig gøre, som det står nu.")).to_be_visible()
    page.get_by_role("button", name="Prøv igen nu").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(ASKS)
    expect(page.get_by_text("ikke sendt")).to_have_count(0)


def test_a_withdrawal_that_fails_says_so_and_can_be_tried_again(karen: Phone) -> None:
    page = karen.page
    karen.go("Samtykker")
    page.locator("a[href*=eget]", has_text="Du har sagt ja").tap()
    page.route("**/end", lambda route: route.abort())
    page.get_by_role("button", name="Fortryd samtykket", exact=True).tap()
    page.get_by_role("button", name="Ja, fortryd samtykket").tap()
    expect(page.get_by_role("dialog").get_by_text("Samtykket er ikke fortrudt endnu.")).to_be_visible()
    karen.check("22-fortryd-fejl")

    page.unroute("**/end")
    page.get_by_role("dialog").get_by_role("button", name="Prøv igen nu").tap()
    expect(page.get_by_text("Du fortrød", exact=True).first).to_be_visible()


def test_a_part_of_the_app_that_does_not_come_says_so_and_can_be_tried_again(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="da-DK", service_workers="block")
    phone = Phone(context.new_page(), server, "390-light", [], set())
    phone.page.route("**/assets/screen-*.js", lambda route: route.abort())
    phone.log_in("Karen")
    phone.go("Samtykker")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Vi kunne ikke åbne siden.")
    phone.shoot("22-del-mangler")
    assert phone.violations() == []

    phone.page.unroute("**/assets/screen-*.js")
    phone.page.get_by_role("button", name="Prøv igen nu").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("1\u00a0spørgsmål venter på dit svar.")
    context.close()


def test_a_question_that_is_gone_or_over_leads_to_the_others(small: Phone) -> None:
    small.log_in("Karen")
    small.open("/samtykker?vis=spoergsmaal&id=gone")
    expect(small.page.get_by_role("heading", level=1)).to_have_text("Spørgsmålet findes ikke mere.")
    body = held(small)
    body["requests"][0]["last_day"] = "2020-01-01"
    small.page.route("**/consents", lambda route: route.fulfill(json=body))
    small.open(f"/samtykker?vis=spoergsmaal&id={QUESTION}")
    expect(small.page.get_by_role("heading", level=1)).to_have_text("Spørgsmålet er udløbet.")
    small.check("10-udloebet")
    small.page.get_by_role("link", name="Se alle samtykker").click()
    expect(small.page.get_by_text("Ikke besvaret")).to_be_visible()


def test_a_yes_long_after_the_login_asks_first_who_one_is_and_comes_back_to_the_question(karen: Phone) -> None:
    page = karen.page
    ask(karen)
    page.route("**/answer", lambda route: route.fulfill(status=403, json={"code": "fresh_login_needed"}))
    page.get_by_role("button", name="Ja", exact=True).tap()
    expect(page.get_by_role("heading", name="Vis først, at det er dig.")).to_be_visible()
    karen.check("10-log-ind-igen")
    page.unroute("**/answer")

    page.get_by_role("button", name="Log ind igen").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(ASKS)
    expect(page.get_by_role("heading", name="Vis først, at det er dig.")).to_have_count(0)
    assert given(karen) == []
    page.get_by_role("button", name="Ja", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har sagt ja.")
    assert len(given(karen)) == 1


@pytest.mark.worker
def test_every_part_of_the_app_is_there_without_a_net(small: Phone) -> None:
    page = small.page
    small.open()
    wait_until(page, IN_CHARGE)
    page.context.set_offline(True)

    parts = [f"/assets/{file.name}" for file in (ROOT / "static" / "dist" / "assets").glob("*.js")]
    assert len(parts) > 5
    fetched = page.evaluate(
        "parts => Promise.all(parts.map(part => fetch(part).then(each => each.ok, () => false)))", parts
    )
    assert dict(zip(parts, fetched, strict=True)) == dict.fromkeys(parts, True)


def test_the_day_leads_to_what_waits_for_an_answer(phone: Phone) -> None:
    phone.log_in("Karen")
    phone.settle()
    phone.page.get_by_role("link", name=re.compile("Et spørgsmål om samtykke Fra Bakkeby Kommune")).click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("1\u00a0spørgsmål venter på dit svar.")


def test_names_of_any_length_stay_on_the_screen(phone: Phone) -> None:
    phone.log_in("Karen")
    body = held(phone)
    [asked] = [each for each in body["requests"] if each["answer"] is None]
    endless = {"organisation_name": "Ø" * 200, "case_number": "<b>" + "9" * 190}
    body["requests"] = [{**asked, **endless, "id": f"asked-{number}"} for number in range(12)] + body["requests"]
    body["organisations"] = [{"id": "cvr:1", "name": "Ø" * 200}]
    for each in body["own"]:
        each["grantee"]["name"] = "Ø" * 200
    phone.page.route("**/consents", lambda route: route.fulfill(json=body))
    for path in ("", "?vis=spaer", "?vis=spoergsmaal&id=asked-3", f"?vis=eget&id={body['own'][0]['grant_id']}"):
        phone.open(f"/samtykker{path}")
        phone.check("endeloest" + path.partition("&")[0].replace("?vis=", "-"))
    expect(phone.bar().get_by_role("link", name="Samtykker 13 venter på svar")).to_be_visible()
