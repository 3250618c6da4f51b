"""Karen's question in the demo, and what the server has of her consents."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.phone import Phone

QUESTION = "demo-karen-medicin-hjemmehjaelp"
ASKS = "Må vi se din medicin, når du får hjælp hjemme?"


def ask(phone: Phone) -> None:
    """Open the question."""
    phone.open(f"/samtykker?vis=spoergsmaal&id={QUESTION}")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(ASKS)


def held(phone: Phone) -> dict[str, Any]:
    """What the server has of Karen's consents."""
    get = "path => fetch('/api/v1' + path).then(answer => answer.json())"
    me = phone.page.evaluate(get, "/session")["citizen"]["id"]
    found: dict[str, Any] = phone.page.evaluate(get, f"/citizens/{me}/consents")
    return found


def given(phone: Phone) -> list[dict[str, Any]]:
    """The consents that the question became."""
    grants = [each["grant_id"] for each in held(phone)["requests"] if each["id"] == QUESTION]
    return [each for each in held(phone)["own"] if each["grant_id"] in grants]
