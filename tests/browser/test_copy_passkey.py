"""A copy behind a passkey: made, opened, added to by nobody else, and refused where the passkey gives no secret."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.serving import Installation

pytestmark = pytest.mark.worker


@pytest.fixture
def karen(visitor: Phone) -> Phone:
    """Karen's phone, with a worker in charge; she is not logged in yet."""
    return visitor


def with_finger(phone: Phone, *, gives_secret: bool) -> None:
    """Let the phone have a reader of fingers that always says yes."""
    cdp = phone.page.context.new_cdp_session(phone.page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "hasPrf": gives_secret,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def to_set_up(phone: Phone) -> None:
    phone.log_in("Karen")
    phone.go("Mere")
    phone.page.get_by_role("link", name=re.compile("Din kopi på telefonen")).click()
    expect(phone.page.get_by_role("button", name="Brug finger eller ansigt")).to_be_visible()


def test_a_finger_opens_the_copy_without_a_net(karen: Phone, installation: Installation) -> None:
    with_finger(karen, gives_secret=True)
    to_set_up(karen)
    karen.check("55-gem-en-kopi")
    karen.page.get_by_role("button", name="Brug finger eller ansigt").click()
    expect(karen.page.get_by_role("heading", level=1)).to_have_text("Din kopi er frisk.", timeout=30_000)

    installation.stop()
    karen.page.goto(f"{karen.address}/medicin")
    expect(karen.page.get_by_role("heading", level=1)).to_have_text("Lås op for at se din dag.")
    karen.check("56-laas-op-finger")
    karen.page.get_by_role("button", name="Lås op med finger eller ansigt").click()
    karen.bar().wait_for()
    assert karen.page.locator("main a[href^='/medicin?id=']").count() > 3


def test_a_phone_whose_finger_gives_no_secret_offers_a_code_instead(karen: Phone) -> None:
    with_finger(karen, gives_secret=False)
    to_set_up(karen)
    karen.page.get_by_role("button", name="Brug finger eller ansigt").click()
    expect(karen.page.get_by_text("Denne telefon kan ikke låse kopien med finger eller ansigt.")).to_be_visible()
    karen.check("57-finger-giver-intet")
    karen.page.get_by_role("button", name="Brug en pinkode").click()
    expect(karen.page.get_by_label("Pinkode med 6 tal")).to_be_visible()
    karen.page.get_by_label("Pinkode med 6 tal").fill("204618")
    karen.page.get_by_label("Skriv koden igen").fill("204619")
    karen.page.get_by_role("button", name="Gem kopien").click()
    expect(karen.page.get_by_text("De to koder er ikke ens.")).to_be_visible()
    karen.check("58-koder-ikke-ens")
