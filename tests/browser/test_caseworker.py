"""The caseworker's desk, and the story over two browsers: asked, given, a yes, seen, withdrawn, a no at once."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import served
from tests.browser.desk import KAREN, NOBODY, come_in, look_up, says, title
from tests.browser.phone import Phone, phone_on

LOOKS = [
    "1280-light",
    "390-dark",
    pytest.param("1280-dark", marks=pytest.mark.long),
    pytest.param("390-light", marks=pytest.mark.long),
    pytest.param("320-light", marks=pytest.mark.long),
]


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo of its own: what is given and withdrawn here must not meet the other stories."""
    with served(tmp_path_factory.mktemp("desk"), NAERBLIK_ASKS_PER_PERSON="1000 per minute") as address:
        yield address


@pytest.fixture(params=LOOKS)
def desk(request: pytest.FixtureRequest, browser: Browser, own_server: str) -> Iterator[Phone]:
    context, desk = phone_on(browser, own_server, request.param)
    yield desk
    context.close()
    assert desk.complaints == []
    assert desk.hosts <= {"localhost"}


@pytest.fixture
def karen(browser: Browser, own_server: str) -> Iterator[Phone]:
    context, phone = phone_on(browser, own_server, "390-light")
    phone.log_in("Karen")
    yield phone
    context.close()


def read_by(citizen: Phone) -> dict[str, Any]:
    found: dict[str, Any] = citizen.page.evaluate(
        """async () => {
            const me = await (await fetch('/api/v1/session')).json();
            return (await fetch(`/api/v1/citizens/${me.citizen.id}/consents`)).json();
        }"""
    )
    return found


def test_the_desk_in_every_state(desk: Phone) -> None:
    page = desk.page
    desk.open("/sagsbehandler")
    expect(title(desk)).to_have_text("Nærblik for sagsbehandlere")
    desk.check("23-sagsbehandler-log-ind")
    come_in(desk)
    desk.check("23-sagsbehandler-tom")

    page.get_by_role("button", name="Slå status op").click()
    expect(page.get_by_text("Skriv 10 tal, for eksempel")).to_be_visible()
    expect(page.get_by_label("CPR-nummer")).to_have_attribute("aria-invalid", "true")
    desk.check("23-sagsbehandler-fejl")

    look_up(page, NOBODY)
    says(page, "Ikke gyldigt samtykke")
    expect(page.get_by_label("CPR-nummer")).to_have_value("")
    page.get_by_text("Hvad betyder").click()
    expect(page.get_by_text("Du kan ikke se grunden.")).to_be_visible()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Ikke gyldigt")
    desk.check("23-sagsbehandler-nej")

    page.get_by_role("link", name="Bed om samtykke").click()
    expect(title(desk)).to_have_text("Bed en borger om samtykke")
    expect(title(desk)).to_be_focused()
    desk.check("23-sagsbehandler-spoerg")

    page.get_by_role("link", name="Min log").click()
    expect(title(desk)).to_have_text("Det har du spurgt om")
    assert NOBODY.replace("-", "") not in page.content()
    desk.check("23-sagsbehandler-min-log")

    page.get_by_role("button", name="Log ud").click()
    expect(title(desk)).to_have_text("Nærblik for sagsbehandlere")


def test_asked_given_used_seen_withdrawn_and_a_no_at_once(desk: Phone, karen: Phone) -> None:
    page, sag = desk.page, f"26-{desk.look}"
    come_in(desk)
    look_up(page, KAREN, sag)
    says(page, "Ikke gyldigt samtykke")

    page.get_by_role("link", name="Bed om et samtykke").click()
    page.get_by_label("CPR-nummer").fill(KAREN)
    page.get_by_label("Samtykke").select_option("Din medicin, når du får hjælp hjemme")
    page.get_by_label("CPR-nummer").fill(KAREN)  # another text begins another question
    page.get_by_label("Sagsnummer").fill(sag)
    page.get_by_role("button", name="Send spørgsmålet").click()
    expect(page.get_by_text("Spørgsmålet er sendt.")).to_be_visible()
    desk.check("23-sagsbehandler-sendt")

    asked = next(each for each in read_by(karen)["requests"] if each["case_number"] == sag)
    karen.open(f"/samtykker?vis=spoergsmaal&id={asked['id']}")
    karen.page.get_by_role("button", name="Ja", exact=True).tap()
    expect(title(karen)).to_have_text("Du har sagt ja.")

    page.get_by_role("link", name="Status").click()
    look_up(page, KAREN, sag)
    says(page, "Gyldigt samtykke")
    desk.check("23-sagsbehandler")

    karen.go("Mere")
    karen.page.get_by_role("link", name=re.compile("Hvem har kigget")).click()
    expect(karen.page.get_by_text(f"Sag {sag}.").first).to_be_visible()
    expect(karen.page.get_by_text("Spurgte, om et samtykke gælder").first).to_be_visible()
    karen.check(f"12-hvem-har-kigget-sagsbehandler-{desk.look}")

    own = [each for each in read_by(karen)["own"] if each["grantee"]["organisation"] == "cvr:20202020"]
    given = next(each for each in own if each["state"] == "now")
    karen.open(f"/samtykker?vis=eget&id={given['grant_id']}")
    karen.page.get_by_role("button", name="Fortryd samtykket", exact=True).tap()
    karen.page.get_by_role("button", name="Ja, fortryd samtykket").tap()
    expect(karen.page.get_by_text("Du fortrød", exact=True).first).to_be_visible()
    look_up(page, KAREN, sag)
    says(page, "Ikke gyldigt samtykke")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Ikke gyldigt")
    expect(page.get_by_role("row").nth(2)).to_contain_text("Gyldigt")
