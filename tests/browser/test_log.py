"""The story of Hvem har kigget: who, what, why and when; the refused too; further lines; and when it fails."""

import json
from typing import Any

from playwright.sync_api import Browser, Route, expect

from tests.browser.phone import Phone, phone_on

DRIFT = {"actor": "operator:drift", "role": "operator", "purpose": "operation"}


def entry(seq: int, at: str, **more: Any) -> dict[str, Any]:
    return {
        "seq": seq,
        "at": at,
        "organisation": None,
        "action": "medication:read",
        "category": "medication",
        "basis": "operation",
        "outcome": "permitted",
        "system": "Nærblik",
        **DRIFT,
        **more,
    }


def lines(phone: Phone) -> list[dict[str, Any]]:
    """A log with every kind of line in it, around now."""
    me = phone.page.evaluate("fetch('/api/v1/session').then(answer => answer.json()).then(body => body.citizen.id)")
    days = phone.page.evaluate("[0, 1, 6].map(ago => new Date(Date.now() - ago * 86400000).toISOString())")
    relative = {"actor": "s", "role": "citizen", "purpose": "relative"}
    caseworker = {"actor": "m", "role": "caseworker", "purpose": "casework", "organisation": "Bakkeby Kommune"}
    return [
        entry(9, days[0], action="consents:read", **caseworker),
        entry(8, days[0], **relative),
        entry(7, days[0], actor=me, role="citizen", purpose="self", action="record:export"),
        entry(6, days[1]),
        entry(5, days[1], actor="x", role="citizen", purpose="self", outcome="refused"),
        entry(4, days[2], action="record:refresh"),
        entry(3, days[2], action="something:new", role="robot", actor="r", purpose="treatment"),
    ]


def tell(phone: Phone, entries: list[dict[str, Any]], *, more: bool = False) -> None:
    """Let the server say these lines."""
    body = json.dumps({"entries": entries, "more": more})
    phone.page.route("**/log?*", lambda route: route.fulfill(content_type="application/json", body=body))


def open_log(phone: Phone) -> None:
    phone.go("Mere")
    phone.page.get_by_role("link", name="Hvem har kigget").click()
    phone.page.get_by_role("link", name="Mere").first.wait_for()
    phone.settle()


def test_every_line_says_who_what_and_why_by_day(phone: Phone) -> None:
    page = phone.page
    phone.log_in("Karen")
    tell(phone, lines(phone))
    open_log(phone)

    expect(page.get_by_role("heading", level=1)).to_have_text("4 har set dine oplysninger den sidste måned.")
    assert page.get_by_role("heading", level=2).all_inner_texts()[:2] == ["I dag", "I går"]
    own = page.get_by_role("listitem").filter(has_text="Dig selv")
    expect(own).to_contain_text("Tog en kopi af alle dine oplysninger")
    helper = page.get_by_role("listitem").filter(has_text="En pårørende")
    expect(helper).to_contain_text("På dine vegne. Grund: hjælp til dig.")
    refused = page.get_by_role("listitem").filter(has_text="En anden person")
    expect(refused).to_contain_text("Ville se din medicin")
    expect(refused).to_contain_text("Fik ikke lov")
    expect(page.get_by_role("listitem").filter(has_text="En sagsbehandler")).to_contain_text("Bakkeby Kommune")
    phone.check("12-hvem-har-kigget")


def test_an_attempt_by_somebody_else_stands_in_the_log_of_whom_it_was_about(small: Phone, browser: Browser) -> None:
    small.log_in("Oskar")
    citizen = small.page.evaluate("fetch('/api/v1/session').then(a => a.json()).then(body => body.citizen.id)")
    context, other = phone_on(browser, small.address, "390-light")
    other.log_in("Henrik")
    assert other.page.request.get(f"{small.address}/api/v1/citizens/{citizen}/card").status == 403
    context.close()
    open_log(small)

    expect(small.page.get_by_role("heading", level=1)).to_contain_text("Ingen andre har set")
    expect(small.page.get_by_role("listitem").filter(has_text="En anden person")).to_contain_text("Fik ikke lov")
    expect(small.page.get_by_text("Hentede dine oplysninger ind fra kilderne").first).to_be_visible()


def test_older_lines_come_when_asked_for(small: Phone) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        first = "before=" not in route.request.url
        entries = [entry(seq, f"2026-01-0{seq}T08:00:00Z") for seq in ((4, 3) if first else (2, 1))]
        route.fulfill(content_type="application/json", body=json.dumps({"entries": entries, "more": first}))

    small.log_in("Karen")
    small.page.route("**/log?*", answer)
    open_log(small)
    expect(small.page.get_by_text("Så din medicin")).to_have_count(2)
    small.page.get_by_role("button", name="Vis flere").click()

    expect(small.page.get_by_text("Så din medicin")).to_have_count(4)
    expect(small.page.get_by_role("button", name="Vis flere")).to_have_count(0)
    assert "before=3" in asked[-1]


def test_older_lines_that_cannot_be_fetched_leave_the_newer_ones_in_sight(small: Phone) -> None:
    small.log_in("Karen")
    tell(small, [entry(3, "2026-01-03T08:00:00Z")], more=True)
    open_log(small)
    small.page.route("**/log?*before=*", lambda route: route.fulfill(status=503, body="{}"))
    small.page.get_by_role("button", name="Vis flere").click()

    expect(small.page.get_by_role("heading", name="Vi kunne ikke hente flere linjer.")).to_be_visible()
    expect(small.page.get_by_text("Så din medicin")).to_be_visible()
    small.page.unroute("**/log?*before=*")
    tell(small, [entry(2, "2026-01-02T08:00:00Z")])
    small.page.get_by_role("button", name="Prøv igen nu").click()
    expect(small.page.get_by_text("Så din medicin")).to_have_count(2)


def test_an_empty_log_says_what_will_stand_there(phone: Phone) -> None:
    phone.log_in("Karen")
    tell(phone, [])
    open_log(phone)

    expect(phone.page.get_by_text("står det her. Det gør det også, når de ikke får lov.")).to_be_visible()
    phone.check("12-ingen-har-kigget")


def test_a_log_that_cannot_be_fetched_can_be_tried_again(small: Phone) -> None:
    small.log_in("Karen")
    small.page.route("**/log?*", lambda route: route.fulfill(status=503, body="{}"))
    open_log(small)
    expect(small.page.get_by_text("Hvad skete der?")).to_be_visible()
    small.check("22-fejl-log")

    small.page.unroute("**/log?*")
    small.page.get_by_role("button", name="Prøv igen nu").click()
    expect(small.page.get_by_role("heading", level=1)).to_contain_text("har set dine oplysninger")


def test_an_answer_that_a_later_question_has_overtaken_is_dropped(small: Phone) -> None:
    waiting = list[Route]()
    small.log_in("Karen")
    small.page.route("**/log?*", lambda route: waiting.append(route))
    # Mere asks too, for how many have looked.
    for link in (small.place("Mere"), small.page.get_by_role("main").get_by_role("link", name="Hvem har kigget")):
        with small.page.expect_request("**/log?*"):
            link.click()
    while len(waiting) < 2:
        small.page.wait_for_timeout(10)
    first, second = waiting
    for route, action in ((second, "medication:read"), (first, "appointments:read")):
        body = json.dumps({"entries": [entry(1, "2026-01-03T08:00:00Z", action=action)], "more": False})
        route.fulfill(content_type="application/json", body=body)
    small.settle()

    expect(small.page.get_by_text("Så din medicin")).to_be_visible()
    expect(small.page.get_by_text("Så dine aftaler")).to_have_count(0)
