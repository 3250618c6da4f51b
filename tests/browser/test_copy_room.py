"""No room left on the phone: said where it is met, with nothing lost, and well again once there is room."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.serving import Installation
from tests.browser.test_copy import PIN, doses, set_up, take, unlock
from tests.browser.test_copy_ends import stored

# Enough for the pages of the app and a copy, and little enough to be filled at once.
ROOM, PLENTY = 3_000_000, 300_000_000
# As much as there is room for, down to 16 bytes, in a store of its own beside the copy's.
FILL = """async () => {
    const told = asked => new Promise((done, no) => {
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => no(asked.error);
    });
    const asked = indexedDB.open('other');
    asked.onupgradeneeded = () => asked.result.createObjectStore('other', { autoIncrement: true });
    const db = await told(asked);
    let size = 65536;
    while (size >= 16) {
        const writing = db.transaction('other', 'readwrite');
        writing.objectStore('other').put(crypto.getRandomValues(new Uint8Array(size)));
        const fits = await new Promise(done => {
            writing.oncomplete = () => done(true);
            writing.onabort = () => done(false);
        });
        if (!fits) size /= 2;
    }
    db.close();
}"""

pytestmark = pytest.mark.worker


@pytest.fixture
def look() -> str:
    return "320-dark"


@pytest.fixture
def karen(visitor: Phone) -> Phone:
    """Karen's phone, logged in, with a browser that may keep little."""
    visitor.log_in("Karen")
    give_room(visitor, ROOM)
    return visitor


def give_room(phone: Phone, size: int) -> None:
    """Let the browser keep so many bytes of this app, for as long as this page is there."""
    cdp = phone.page.context.new_cdp_session(phone.page)
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": phone.address, "quotaSize": size})


def to_copy(phone: Phone) -> None:
    phone.go("Mere")
    phone.page.get_by_role("link", name=re.compile("Din kopi på telefonen")).click()


def test_a_mark_that_there_is_no_room_for_is_not_taken_for_kept_and_is_tried_again(karen: Phone) -> None:
    set_up(karen)
    karen.go("I dag")
    page, before = karen.page, doses(karen.page)
    page.evaluate(FILL)
    page.get_by_role("button", name="Taget", exact=True).first.click()

    told = page.get_by_role("alert").filter(has_text="Din markering blev ikke gemt.")
    expect(told).to_contain_text("Gør plads på telefonen")
    expect(page.locator(".chip", has_text=re.compile("^Taget kl"))).to_have_count(0)
    karen.check("70-ikke-plads-til-markering")
    give_room(karen, PLENTY)
    told.get_by_role("button", name="Prøv igen nu").click()
    expect(page.locator(".chip", has_text=re.compile(r"^Taget kl\. [\d.]+$"))).to_have_count(1)
    assert doses(page) == before - 1


def test_what_was_kept_before_the_room_was_gone_is_shown_and_sent_when_there_is_room_again(
    karen: Phone, installation: Installation
) -> None:
    set_up(karen)
    karen.go("I dag")
    page = karen.page
    installation.stop()
    take(page)
    page.evaluate(FILL)
    installation.start()
    to_copy(karen)
    page.get_by_role("button", name="Hent og send nu").click()

    expect(page.locator(".copyline", has_text="Der er ikke plads på telefonen. Slet noget andet.")).to_be_visible()
    expect(page.get_by_text("Markering af medicin")).to_be_visible()
    expect(page.get_by_text("Venter på net")).to_be_visible()
    karen.check("71-ikke-plads")
    page.get_by_role("button", name="Lås nu").click()
    unlock(page)
    expect(page.get_by_text("Der er ikke plads på telefonen til at prøve koden.")).to_be_visible()
    expect(page.get_by_label("Pinkode med 6 tal")).to_have_value(PIN)
    karen.check("72-ikke-plads-til-kode")

    give_room(karen, PLENTY)
    page.get_by_role("button", name="Lås op").click()
    karen.bar().wait_for()
    karen.go("I dag")
    expect(page.locator(".chip", has_text=re.compile(r"^Taget kl\. [\d.]+$"))).to_have_count(1)
    expect(page.get_by_text("ikke plads")).to_have_count(0)


def test_a_copy_that_there_is_no_room_for_says_so_and_is_filled_when_there_is(karen: Phone) -> None:
    page = karen.page
    page.evaluate(FILL)
    to_copy(karen)
    page.get_by_role("button", name="Brug en pinkode").click()
    page.get_by_label("Pinkode med 6 tal").fill(PIN)
    page.get_by_label("Skriv koden igen").fill(PIN)
    page.get_by_role("button", name="Gem kopien").click()
    expect(page.get_by_text("Der er ikke plads på telefonen. Slet noget andet, og prøv igen.")).to_be_visible()
    karen.check("73-ikke-plads-til-kopi")
    give_room(karen, PLENTY)
    page.get_by_role("button", name="Gem kopien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Din kopi er frisk.")


def test_a_copy_is_deleted_also_where_there_is_no_room_left(karen: Phone) -> None:
    set_up(karen)
    page = karen.page
    page.evaluate(FILL)
    page.get_by_role("button", name="Slet kopien her").click()
    page.get_by_role("button", name="Ja, slet kopien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Se din dag|Denne telefon er afsluttet"))
    assert stored(page) == [0, 0, 0, 0]
