"""The story of the citizen's own consents: a question, the answer, the receipt, and a yes that is taken back."""

import json
import re
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.asked import ask, given
from tests.browser.conftest import ROOT
from tests.browser.phone import Phone, phone_on, wait_until
from tests.browser.story import Press, by_keyboard, by_touch

DANISH = {
    "count": "Samtykker 1 venter på svar",
    "read": re.compile("^Læs og svar"),
    "asks": "Må vi se din medicin, når du får hjælp hjemme?",
    "yes": "Ja",
    "said yes": "Du har sagt ja.",
    "see": "Se samtykket",
    "withdraw": "Fortryd samtykket",
    "really": "Ja, fortryd samtykket",
    "keep": "Nej, behold det",
    "withdrawn": "Du fortrød",
    "place": "Samtykker",
}
ENGLISH = {
    "count": "Consents 1 waits for an answer",
    "read": re.compile("^Read and answer"),
    "asks": "May we see your medicine when you get help at home?",
    "yes": "Yes",
    "said yes": "You have said yes.",
    "see": "See the consent",
    "withdraw": "Withdraw the consent",
    "really": "Yes, withdraw the consent",
    "keep": "No, keep it",
    "withdrawn": "You withdrew",
    "place": "Consents",
}
TELLINGS = [
    pytest.param(DANISH, by_touch, "390-light"),
    pytest.param(DANISH, by_keyboard, "320-dark"),
    pytest.param(ENGLISH, by_keyboard, "390-light", marks=pytest.mark.long),
    pytest.param(ENGLISH, by_touch, "390-dark"),
    pytest.param(DANISH, by_touch, "320-light", marks=pytest.mark.long),
    pytest.param(DANISH, by_touch, "1280-light", marks=pytest.mark.long),
]


@pytest.mark.parametrize(("words", "press", "look"), TELLINGS)
def test_a_question_is_read_answered_seen_and_taken_back(
    browser: Browser, address: str, words: dict[str, Any], press: Press, look: str
) -> None:
    context, phone = phone_on(browser, address, look)
    page, prefix = phone.page, "" if words is DANISH else "en-"
    phone.open()
    if words is ENGLISH:
        press(page.get_by_role("button", name="English", exact=True))
        page.get_by_role("button", name="Dansk", exact=True).wait_for()
    press(page.get_by_role("button", name=re.compile("Karen")).first)
    press(phone.bar().get_by_role("link", name=words["count"], exact=True))
    press(page.get_by_role("link", name=words["read"]))

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(words["asks"])
    expect(heading).to_be_focused()
    phone.check(prefix + "10-spoergsmaal")
    press(page.get_by_role("button", name=words["yes"], exact=True))
    expect(heading).to_have_text(words["said yes"])
    expect(heading).to_be_focused()
    expect(phone.bar().get_by_role("link", name=words["place"], exact=True)).to_be_visible()
    phone.check(prefix + "10-sagt-ja")

    press(page.get_by_role("link", name=words["see"]))
    phone.settle()
    phone.check(prefix + "11-eget-samtykke")
    press(page.get_by_role("button", name=words["withdraw"], exact=True))
    expect(page.get_by_role("dialog")).to_be_visible()
    phone.check(prefix + "11-fortryd")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name=words["withdraw"], exact=True)).to_be_focused()
    page.get_by_role("button", name=words["withdraw"], exact=True).click()
    press(page.get_by_role("button", name=words["really"]))
    expect(page.get_by_text(words["withdrawn"], exact=True).first).to_be_visible()
    expect(heading).to_be_focused()
    phone.check(prefix + "11-fortrudt")
    [consent] = given(phone)
    assert (consent["state"], [each["kind"] for each in consent["events"]]) == ("withdrawn", ["grant", "withdraw"])
    context.close()
    assert phone.complaints == []
    assert phone.hosts <= {"localhost"}


def test_a_no_is_a_no_without_a_reason_and_stands_among_what_is_over(karen: Phone) -> None:
    page = karen.page
    ask(karen)
    page.get_by_role("button", name="Nej", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har sagt nej.")
    karen.check("10-sagt-nej")

    assert given(karen) == []
    karen.go("Samtykker")
    expect(page.get_by_role("link", name=re.compile("Bakkeby Kommune.*Du sagde nej"))).to_be_visible()


def test_two_taps_are_one_answer_and_one_withdrawal(karen: Phone) -> None:
    page, sent = karen.page, []
    page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    ask(karen)
    page.get_by_role("button", name="Ja", exact=True).dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har sagt ja.")
    page.get_by_role("link", name="Se samtykket").tap()
    page.get_by_role("button", name="Fortryd samtykket", exact=True).tap()
    page.get_by_role("button", name="Ja, fortryd samtykket").dblclick()
    expect(page.get_by_text("Du fortrød", exact=True).first).to_be_visible()

    assert len(sent) == 2
    [consent] = given(karen)
    assert [each["kind"] for each in consent["events"]] == ["grant", "withdraw"]


def test_a_receipt_that_was_saved_can_be_verified_by_anybody(karen: Phone, tmp_path: Path) -> None:
    page = karen.page
    ask(karen)
    page.get_by_role("button", name="Ja", exact=True).tap()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Gem kvittering").tap()
    saving.value.save_as(tmp_path / "receipt.txt")
    assert re.fullmatch(r"kvittering-\d{4}-\d\d-\d\d-grant\.txt", saving.value.suggested_filename)
    keys = page.evaluate("fetch('/.well-known/jwks.json').then(answer => answer.text())")
    (tmp_path / "jwks.json").write_text(keys)

    command = [sys.executable, "-m", "app", "receipt", "verify", "--jwks", str(tmp_path / "jwks.json")]
    told = subprocess.run(
        [*command, str(tmp_path / "receipt.txt")], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert json.loads(told.stdout)["verified"] is True


@pytest.mark.parametrize("can_share", [True, False])
def test_a_receipt_is_shared_where_the_phone_can_and_copied_where_not(
    browser: Browser, server: str, can_share: bool
) -> None:
    with ExitStack() as stack:
        context, phone = phone_on(browser, server, "390-light")
        stack.callback(context.close)
        remember = "window.told = []; const tell = async what => void window.told.push(what);"
        share = "tell" if can_share else "undefined"
        context.add_init_script(
            f"{remember} Object.defineProperty(navigator, 'clipboard', {{value: {{writeText: tell}}}});"
            f"if ({share}) Object.assign(Navigator.prototype, {{share: tell, canShare: () => false}});"
            "else { delete Navigator.prototype.share; delete Navigator.prototype.canShare; }"
        )
        phone.log_in("Karen")
        phone.go("Samtykker")
        phone.page.locator("a[href*=eget]", has_text="Du har sagt ja").tap()
        phone.page.get_by_role("button", name="Del" if can_share else "Kopiér", exact=True).tap()
        wait_until(phone.page, "window.told.length === 1")
        [told] = phone.page.evaluate("window.told")
        receipt = told["text"] if can_share else told
        assert receipt.count(".") == 2, told
        if not can_share:
            expect(phone.page.get_by_text("Kvitteringen er kopieret.")).to_be_visible()
