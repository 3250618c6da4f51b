"""The story of the consents: what was said yes and no to, what each says, and what the screen is without them."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.phone import Phone

CONSENT: dict[str, Any] = {
    "id": "1",
    "status": "active",
    "decision": "permit",
    "scope": None,
    "category": "Samtykke til deling",
    "given_at": "2026-03-01T09:12:00+01:00",
    "valid_from": "2026-03-01T09:12:00+01:00",
    "valid_to": "2099-07-01T00:00:00+02:00",
    "actors": ["Bakkeby Kommune"],
    "purposes": ["Behandling"],
    "actions": ["Se oplysninger"],
    "data": ["Medicin"],
    "data_from": "2019-01-01T00:00:00+01:00",
    "data_to": "2020-01-01T00:00:00+01:00",
    "exceptions": 2,
    "source": "fhir",
    "as_of": "2026-03-01T09:12:00+01:00",
    "fetched_at": "2026-03-02T09:12:00+01:00",
    "not_fetched_since": "2026-03-03T10:00:00+01:00",
    "decides": True,
    "reason": None,
    "reason_text": None,
}


def tell(phone: Phone, *consents: dict[str, Any]) -> None:
    """Let the server say these consents."""
    said = {"consents": [{**CONSENT, **each} for each in consents], "own": [], "requests": [], "organisations": []}
    body = json.dumps(said)
    phone.page.route("**/consents", lambda route: route.fulfill(content_type="application/json", body=body))


def test_the_consents_are_sorted_by_how_they_stand_and_each_opens(phone: Phone) -> None:
    page = phone.page
    phone.log_in("Karen")
    phone.go("Samtykker")

    expect(page.get_by_role("heading", level=1)).to_have_text("1\u00a0spørgsmål venter på dit svar.")
    expect(page.locator(".lead")).to_have_text("Du har sagt ja til 4\u00a0ting. Du har spærret for 2\u00a0ting.")
    headings = ["Venter på dig", "Gælder nu", "Spærret", "Tidligere"]
    assert page.get_by_role("heading", level=2).all_inner_texts() == headings
    expect(page.get_by_text("Samtykker fra andre systemer")).to_contain_text("hentet i dag")
    phone.check("09-samtykker")

    page.get_by_role("link", name=re.compile("Birgit Nørlund")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samarbejde om hjælp og pleje")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_text("Se oplysninger")).to_be_visible()
    phone.check("10-samtykke")
    page.get_by_role("main").get_by_role("link", name="Samtykker").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1\u00a0spørgsmål venter på dit svar.")


def test_a_blocked_and_a_refused_consent_say_so(small: Phone) -> None:
    small.log_in("Karen")
    for name, said in (("Fysioterapien", "Hvad de ikke må"), ("Forskningsenheden", "De må ikke.")):
        small.go("Samtykker")
        small.page.get_by_role("link", name=re.compile(name)).click()
        expect(small.page.get_by_text(said, exact=True)).to_be_visible()


def test_somebody_without_consents_reads_that_nobody_asks(phone: Phone) -> None:
    phone.log_in("Line")
    phone.go("Samtykker")

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Ingen spørger dig om noget.")
    phone.check("21-tom-samtykker")


def test_what_the_source_leaves_out_is_said_and_old_data_are_marked(phone: Phone) -> None:
    page = phone.page
    tell(
        phone,
        {"id": "open", "status": "proposed", "purposes": ["Hjemmehjælp"]},
        {"id": "unsaid", "decision": None, "purposes": [], "category": None, "actors": [], "valid_to": None},
        {"id": "odd", "status": "waiting"},
        {"id": "mistake", "status": "entered-in-error"},
        {"id": "withdrawn", "status": "inactive"},
        {"id": "1"},
    )
    phone.log_in("Karen")
    phone.go("Samtykker")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har sagt ja til 1\u00a0ting.")
    expect(page.locator(".lead")).to_have_text("1\u00a0spørgsmål venter et andet sted.")
    expect(page.get_by_text("Kan være ændret siden.")).to_contain_text("Kilden har ikke svaret siden")
    phone.check("09-samtykker-alle-slags")

    page.get_by_role("link", name=re.compile("Du har sagt ja")).click()
    expect(page.get_by_text("Samtykket har 2\u00a0undtagelser")).to_be_visible()
    expect(page.get_by_text(re.compile("januar.2019 til og med 31"))).to_be_visible()
    phone.check("10-samtykke-med-undtagelser")


@pytest.mark.parametrize(
    ("standing", "said"), [("open", "Spørg det sted"), ("odd", "waiting"), ("unsaid", "ja eller et nej")]
)
def test_every_standing_is_explained_on_its_own_screen(small: Phone, standing: str, said: str) -> None:
    shapes: dict[str, dict[str, Any]] = {
        "open": {"status": "proposed"},
        "odd": {"status": "waiting"},
        "unsaid": {"decision": None},
    }
    tell(small, {"id": standing, **shapes[standing]})
    small.log_in("Karen")
    small.open(f"/samtykker?id={standing}")

    expect(small.page.locator(".lead")).to_contain_text(said)


def test_an_address_of_a_consent_that_is_gone_leads_to_the_others(small: Phone) -> None:
    small.log_in("Karen")
    small.open("/samtykker?id=gone")

    small.page.get_by_role("link", name="Se alle samtykker").click()
    expect(small.page.get_by_role("heading", level=1)).to_contain_text("venter på dit svar")


def test_consents_that_cannot_be_fetched_can_be_tried_again(small: Phone) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=503, content_type="application/problem+json", body="{}")

    small.page.route("**/consents", fail)
    small.log_in("Karen")
    small.go("Samtykker")
    expect(small.page.get_by_text("Er noget gået tabt?")).to_be_visible()
    small.check("22-fejl-samtykker")

    small.page.unroute("**/consents")
    small.page.get_by_role("button", name="Prøv igen nu").click()
    expect(small.page.get_by_role("heading", level=1)).to_contain_text("venter på dit svar")
