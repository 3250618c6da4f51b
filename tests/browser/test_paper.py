"""A consent on paper at two desks: recorded, approved with the same file, a letter, seen by the citizen, ended."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import served
from tests.browser.phone import Phone, phone_on

HENRIK = "080979-1537"
LOOKS = [
    "1280-light",
    pytest.param("1280-dark", marks=pytest.mark.long),
    pytest.param("390-light", marks=pytest.mark.long),
    "320-dark",
]


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo of its own: what is given and ended here must not meet the other stories."""
    with served(tmp_path_factory.mktemp("paper"), NAERBLIK_ASKS_PER_PERSON="1000 per minute") as address:
        yield address


def come_in(desk: Phone, name: str) -> None:
    desk.open("/sagsbehandler")
    desk.page.get_by_role("button", name=name).click()
    desk.page.get_by_role("link", name="På papir").click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Samtykke på papir")


def fill(desk: Phone, document: Path, button: str, sag: str = "26-4102") -> None:
    page = desk.page
    page.get_by_label("Det skannede papir").set_input_files(document)
    page.get_by_label("CPR-nummer").fill(HENRIK)
    page.get_by_label("Samtykke", exact=True).select_option("Din medicin, når du får hjælp hjemme")
    page.get_by_label("Sagsnummer").fill(sag)
    page.get_by_role("button", name=button, exact=True).click()


@pytest.mark.parametrize("look", LOOKS)
def test_a_paper_takes_two_desks_and_is_seen_by_the_citizen(
    browser: Browser, own_server: str, tmp_path: Path, look: str
) -> None:
    document = tmp_path / "underskrevet.pdf"
    document.write_bytes(look.encode() * 1000)
    with ExitStack() as stack:
        desks = [phone_on(browser, own_server, look) for _ in range(2)]
        for context, _ in desks:
            stack.callback(context.close)
        (_, birgit), (_, anders) = desks

        come_in(birgit, "Birgit Nørlund")
        birgit.check("23-papir-tom")
        birgit.page.get_by_role("button", name="Skriv papiret ind", exact=True).click()
        expect(birgit.page.get_by_text("Vælg filen med det skannede papir.")).to_be_visible()
        birgit.check("23-papir-mangler")
        fill(birgit, document, "Skriv papiret ind")
        expect(birgit.page.get_by_text("Papiret er skrevet ind.")).to_be_visible()
        expect(birgit.page.get_by_label("CPR-nummer")).to_have_value("")
        birgit.check("23-papir-skrevet-ind")

        come_in(anders, "Anders Vium")
        anders.page.get_by_text("Godkend en kollegas papir").first.click()
        fill(anders, document, "Godkend papiret", sag="26-0000")
        expect(anders.page.get_by_text("Der er ikke skrevet et papir ind, der passer.")).to_be_visible()
        anders.check("23-papir-passer-ikke")
        fill(anders, document, "Godkend papiret")
        expect(anders.page.get_by_role("heading", name="Bakkeby Kommune har skrevet dit samtykke ind")).to_be_visible()
        expect(anders.page.get_by_role("button", name="Udskriv brevet")).to_be_visible()
        anders.check("23-papir-brev")

        context, henrik = phone_on(browser, own_server, "390-light")
        stack.callback(context.close)
        henrik.log_in("Henrik")
        henrik.go("Samtykker")
        consent = henrik.page.get_by_role("link", name="Din medicin, når du får hjælp hjemme").first
        consent.click()
        expect(henrik.page.get_by_text("Du sagde ja på papir").first).to_be_visible()
        henrik.check("11-paa-papir")
        henrik.go("Mere")
        henrik.page.get_by_role("link", name="Hvem har kigget").click()
        expect(henrik.page.get_by_text("Godkendte, hvad du sagde på papir").first).to_be_visible()
        expect(henrik.page.get_by_text("Sag 26-4102.").first).to_be_visible()

        birgit.page.get_by_text("Afslut et samtykke på papir").first.click()
        fill(birgit, document, "Afslut samtykket")
        expect(birgit.page.get_by_text("Det er gjort.")).to_be_visible()
        birgit.check("23-papir-afsluttet")
        henrik.go("Samtykker")
        henrik.page.reload()
        expect(henrik.page.get_by_text("Du fortrød").first).to_be_visible()


def test_nobody_approves_their_own_paper(browser: Browser, own_server: str, tmp_path: Path) -> None:
    document = tmp_path / "eget.pdf"
    document.write_bytes(b"mit eget")
    context, birgit = phone_on(browser, own_server, "1280-light")
    come_in(birgit, "Birgit Nørlund")
    fill(birgit, document, "Skriv papiret ind")
    birgit.page.get_by_text("Godkend en kollegas papir").first.click()
    fill(birgit, document, "Godkend papiret")

    expect(birgit.page.get_by_text("Du har selv skrevet papiret ind")).to_be_visible()
    context.close()
