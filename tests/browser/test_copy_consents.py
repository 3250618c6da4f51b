"""Consents in the copy: seen without a net, and withdrawn so that it takes effect when the net is back."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.asked import given
from tests.browser.phone import Phone
from tests.browser.serving import Installation
from tests.browser.test_copy import reopened, set_up, unlock

pytestmark = pytest.mark.worker


@pytest.fixture
def karen(visitor: Phone) -> Phone:
    """Karen's phone, logged in, with a worker in charge."""
    visitor.log_in("Karen")
    return visitor


def test_a_yes_is_in_the_copy_and_is_withdrawn_without_a_net(karen: Phone, installation: Installation) -> None:
    set_up(karen)
    page = karen.page
    karen.bar().get_by_role("link", name=re.compile("^Samtykker 1")).click()
    page.get_by_role("link", name=re.compile("^Læs og svar")).click()
    with page.expect_response(lambda answer: answer.url.endswith("/sync/pull")):
        page.get_by_role("button", name="Ja", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har sagt ja.")
    page.get_by_role("link", name="Se samtykket").click()
    expect(page.get_by_text("Det gælder nu.")).to_be_visible()
    [consent] = given(karen)
    karen.settle()
    installation.stop()

    page = reopened(karen, f"/samtykker?vis=eget&id={consent['grant_id']}")
    unlock(page)
    page.get_by_role("button", name="Fortryd samtykket", exact=True).click()
    page.get_by_role("button", name="Ja, fortryd samtykket").click()
    expect(page.get_by_text("Du fortrød, ikke sendt")).to_be_visible()
    expect(page.get_by_text("Det træder i kraft, når du har forbindelse.")).to_be_visible()
    expect(page.get_by_role("button", name="Fortryd samtykket", exact=True)).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    karen.check("54-fortrudt-uden-net")
    page = reopened(karen)
    unlock(page)
    karen.go("Samtykker")
    expect(page.get_by_role("link", name=re.compile("Bakkeby Kommune.*Du fortrød, ikke sendt"))).to_be_visible()
    karen.check("54-samtykker-uden-net")

    installation.start()
    page.get_by_role("link", name="Se hvad").click()
    page.get_by_role("button", name="Hent og send nu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi er frisk.")
    karen.go("Samtykker")
    expect(page.get_by_role("link", name=re.compile("Bakkeby Kommune.*Du fortrød$"))).to_be_visible()
    expect(page.get_by_text("ikke sendt")).to_have_count(0)
    [consent] = given(karen)
    assert (consent["state"], [each["kind"] for each in consent["events"]]) == ("withdrawn", ["grant", "withdraw"])


def test_a_yes_that_a_restore_lost_is_told_and_given_again(karen: Phone, installation: Installation) -> None:
    set_up(karen)
    page = karen.page
    data, backup = installation.folder / "var", installation.folder / "backup"
    installation.stop()
    shutil.copytree(data, backup)
    installation.start()
    karen.go("Samtykker")
    page.get_by_role("link", name=re.compile("^Læs og svar")).click()
    page.get_by_role("button", name="Ja", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har sagt ja.")
    karen.settle()
    installation.stop()
    shutil.rmtree(data)
    backup.rename(data)
    installation.start()

    karen.go("Mere")
    page.get_by_role("link", name=re.compile("^Din kopi")).click()
    page.get_by_role("button", name="Hent og send nu").click()
    lost = page.get_by_role("region", name="Dit ja er gået tabt.")
    expect(lost).to_contain_text("Bakkeby Kommune")
    expect(page.get_by_text("1 valg om samtykke er gået tabt")).to_be_visible()
    karen.check("63-ja-gaaet-tabt")
    assert given(karen) == []
    lost.get_by_role("link", name="Svar igen").click()
    with page.expect_response(lambda answer: answer.url.endswith("/sync/pull")):
        page.get_by_role("button", name="Ja", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har sagt ja.")
    expect(page.get_by_text("1 valg om samtykke er gået tabt")).to_have_count(0)
    assert [each["state"] for each in given(karen)] == ["now"]
