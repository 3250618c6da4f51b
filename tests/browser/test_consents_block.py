"""The story of a block: whom, what, which data; what it does before it is set; and the end of it."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.asked import held
from tests.browser.phone import Phone, phone_on
from tests.browser.story import Press, by_keyboard, by_touch

DANISH = {
    "open": "Spær for nogen",
    "whom": "Østbyens Hospital",
    "what": "Min medicin",
    "more": "Kun nogle af oplysningerne",
    "from": "Fra dag",
    "to": "Til og med dag",
    "show": "Se, hvad det gør",
    "then": "Så kan Østbyens Hospital ikke se din medicin.",
    "limit": re.compile(r"gælder kun oplysninger fra 1\.\s+marts\s+2020 til og med 31\.\s+marts\s+2020"),
    "set": "Ja, sæt spærringen",
    "blocked": "Du har spærret",
    "lift": "Ophæv spærringen",
    "really": "Ja, ophæv spærringen",
    "lifted": "Du ophævede den",
    "place": "Samtykker",
}
ENGLISH = {
    "open": "Block somebody",
    "whom": "Østbyens Hospital",
    "what": "My medicine",
    "more": "Only some of the information",
    "from": "From day",
    "to": "Until and including day",
    "show": "See what it does",
    "then": "Then Østbyens Hospital cannot see your medicine.",
    "limit": re.compile(r"covers only information from 1\s+March\s+2020 until and including 31\s+March\s+2020"),
    "set": "Yes, set the block",
    "blocked": "You have blocked this",
    "lift": "Lift the block",
    "really": "Yes, lift the block",
    "lifted": "You lifted it",
    "place": "Consents",
}
TELLINGS = [
    pytest.param(DANISH, by_touch, "390-light"),
    pytest.param(ENGLISH, by_keyboard, "320-dark"),
    pytest.param(DANISH, by_keyboard, "390-dark", marks=pytest.mark.long),
    pytest.param(ENGLISH, by_touch, "320-light", marks=pytest.mark.long),
    pytest.param(DANISH, by_touch, "1280-light", marks=pytest.mark.long),
]


def choose(phone: Phone, *names: str) -> None:
    for name in names:
        phone.page.locator("label").get_by_text(name, exact=True).tap()


@pytest.mark.parametrize(("words", "press", "look"), TELLINGS)
def test_a_block_says_what_it_does_before_it_is_set_and_is_lifted_again(
    browser: Browser, address: str, words: dict[str, str], press: Press, look: str
) -> None:
    context, phone = phone_on(browser, address, look)
    page, prefix = phone.page, "" if words is DANISH else "en-"
    phone.open()
    if words is ENGLISH:
        press(page.get_by_role("button", name="English", exact=True))
        page.get_by_role("button", name="Dansk", exact=True).wait_for()
    press(page.get_by_role("button", name=re.compile("Karen")).first)
    press(phone.place(words["place"]))
    press(page.get_by_role("link", name=words["open"], exact=True))
    phone.settle()

    press(page.get_by_role("radio", name=words["whom"], exact=True))
    press(page.get_by_role("radio", name=words["what"], exact=True))
    press(page.locator("summary", has_text=words["more"]))
    page.get_by_label(words["from"], exact=True).fill("2020-03-01")
    page.get_by_label(words["to"], exact=True).fill("2020-03-31")
    phone.check(prefix + "09-spaer")
    press(page.get_by_role("button", name=words["show"]))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    expect(page.get_by_text(words["then"])).to_be_visible()
    expect(page.get_by_text(words["limit"])).to_be_visible()
    phone.check(prefix + "09-spaer-virkning")
    before = len(held(phone)["own"])

    press(page.get_by_role("button", name=words["set"]))
    expect(page.get_by_text(words["blocked"], exact=True).first).to_be_visible()
    expect(heading).to_be_focused()
    phone.check(prefix + "11-spaerring")
    [block, *others] = held(phone)["own"]
    assert len(others) == before
    assert (block["concerns"], block["state"], block["grantee"]["name"]) == ("block", "now", words["whom"])
    assert (block["data"]["from"], block["data"]["to"]) == ("2020-03-01", "2020-03-31")

    press(page.get_by_role("button", name=words["lift"], exact=True))
    press(page.get_by_role("button", name=words["really"]))
    expect(page.get_by_text(words["lifted"], exact=True).first).to_be_visible()
    assert held(phone)["own"][0]["state"] == "withdrawn"
    context.close()
    assert phone.complaints == []
    assert phone.hosts <= {"localhost"}


def test_what_is_missing_is_said_where_it_is_missing_and_nothing_is_lost(small: Phone) -> None:
    page = small.page
    small.log_in("Karen")
    small.open("/samtykker?vis=spaer")
    page.get_by_role("button", name="Se, hvad det gør").tap()
    expect(page.get_by_text("Vælg, hvem du vil spærre for.")).to_be_visible()
    expect(page.get_by_text("Vælg, hvad de ikke må se.")).to_be_visible()
    expect(page.get_by_role("radio", name="Alle andre end mig")).to_be_focused()
    small.check("09-spaer-mangler")

    choose(small, "Bakkeby Kommune", "Alt")
    page.locator("summary", has_text="Kun nogle").tap()
    page.get_by_label("Fra dag", exact=True).fill("2020-03-31")
    page.get_by_label("Til og med dag", exact=True).fill("2020-03-01")
    page.get_by_role("button", name="Se, hvad det gør").tap()
    expect(page.get_by_text(re.compile("Den sidste dag skal komme efter den første"))).to_be_visible()
    expect(page.get_by_label("Fra dag", exact=True)).to_be_focused()

    small.go("Aftaler")
    small.go("Samtykker")
    page.get_by_role("link", name="Spær for nogen").tap()
    expect(page.get_by_role("radio", name="Bakkeby Kommune", exact=True)).to_be_checked()
    expect(page.get_by_label("Fra dag", exact=True)).to_have_value("2020-03-31")


def test_everybody_can_be_blocked_but_for_some_and_each_yes_behind_it_is_named(small: Phone) -> None:
    page = small.page
    small.log_in("Karen")
    small.open("/samtykker?vis=spaer")
    choose(small, "Alle andre end mig", "Alt")
    page.locator("summary", has_text="Nogen, der stadig må se").tap()
    page.get_by_role("checkbox", name="Sagsbehandlere hos Bakkeby Kommune").check()
    small.check("09-spaer-undtagelser")
    page.get_by_role("button", name="Se, hvad det gør").tap()

    expect(page.get_by_text(re.compile("Så kan ingen andre end dig se"))).to_be_visible()
    expect(page.get_by_text(re.compile("gælder ikke for sagsbehandlere hos Bakkeby Kommune"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"\(Østbyens Hospital\)"))).to_be_visible()
    small.check("09-spaer-alle")
    page.get_by_role("button", name="Nej, ret den først").tap()
    expect(page.get_by_role("radio", name="Alle andre end mig")).to_be_checked()


def test_a_person_who_has_asked_can_be_blocked_by_name(karen: Phone) -> None:
    page = karen.page
    karen.open("/samtykker?vis=spaer")
    choose(karen, "Medarbejderen Birgit hos Bakkeby Kommune", "Mine aftaler")
    page.get_by_role("button", name="Se, hvad det gør").tap()
    page.get_by_role("button", name="Ja, sæt spærringen").dblclick()
    expect(page.get_by_text("Du har spærret", exact=True)).to_be_visible()

    blocks = [each for each in held(karen)["own"] if each["grantee"]["type"] == "person"]
    assert [each["grantee"]["id"] for each in blocks] == ["staff:birgit"]
    assert blocks[0]["actions"] == ["appointments:read", "appointments:respond"]


def test_a_block_that_is_changed_after_it_may_have_been_set_is_another_one(karen: Phone) -> None:
    page = karen.page
    karen.open("/samtykker?vis=spaer")
    choose(karen, "Bakkeby Kommune", "Alt")
    page.get_by_role("button", name="Se, hvad det gør").tap()
    page.route("**/blocks/*", lambda route: (route.fetch(), route.abort())[1])
    page.get_by_role("button", name="Ja, sæt spærringen").tap()
    expect(page.get_by_text("Spærringen er ikke sat endnu. Dine valg står her.")).to_be_visible()
    page.unroute("**/blocks/*")
    page.get_by_role("button", name="Nej, ret den først").tap()
    choose(karen, "Mine aftaler")
    page.get_by_role("button", name="Se, hvad det gør").tap()
    page.get_by_role("button", name="Ja, sæt spærringen").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dine aftaler")

    blocks = [each for each in held(karen)["own"] if each["grantee"]["organisation"] == "cvr:20202020"]
    assert sorted(len(each["actions"]) for each in blocks) == [2, 8]


def test_a_block_that_is_not_set_for_want_of_a_net_is_set_once_when_it_is_tried_again(karen: Phone) -> None:
    page = karen.page
    karen.open("/samtykker?vis=spaer")
    choose(karen, "Bakkeby Kommune", "Alt")
    page.get_by_role("button", name="Se, hvad det gør").tap()
    page.route("**/blocks/*", lambda route: (route.fetch(), route.abort())[1])
    page.get_by_role("button", name="Ja, sæt spærringen").tap()
    expect(page.get_by_text("Spærringen er ikke sat endnu. Dine valg står her.")).to_be_visible()
    karen.check("22-spaer-fejl")
    page.unroute("**/blocks/*")
    page.get_by_role("button", name="Prøv igen nu").tap()
    expect(page.get_by_text("Du har spærret", exact=True)).to_be_visible()

    assert len([each for each in held(karen)["own"] if each["grantee"]["organisation"] == "cvr:20202020"]) == 1
    karen.open("/samtykker?vis=spoergsmaal&id=demo-karen-medicin-hjemmehjaelp")
    expect(page.get_by_text("Du har spærret for dem")).to_be_visible()
    karen.check("10-spoergsmaal-bag-spaerring")


def test_question_consent_and_block_stand_in_large_letters(phone: Phone) -> None:
    phone.page.add_init_script("localStorage.setItem('naerblik.size', 'large')")
    phone.log_in("Karen")
    own = held(phone)["own"]
    consent = next(each["grant_id"] for each in own if each["concerns"] == "consent" and each["state"] == "now")
    paths = {
        "spoergsmaal": "?vis=spoergsmaal&id=demo-karen-medicin-hjemmehjaelp",
        "spaer": "?vis=spaer",
        "eget": f"?vis=eget&id={consent}",
    }
    for name, path in paths.items():
        phone.open(f"/samtykker{path}")
        phone.check(f"stor-{name}")
    phone.page.get_by_role("button", name="Fortryd samtykket", exact=True).click()
    phone.check("stor-fortryd")
