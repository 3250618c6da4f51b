"""How a copy ends: from another device, by wrong codes, by many at once; and that nothing of it is left on the disk."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.browser.phone import Phone, phone_on
from tests.browser.serving import Installation
from tests.browser.test_copy import PIN, WRONG, doses, reopened, set_up, take, unlock

pytestmark = pytest.mark.worker


@pytest.fixture
def karen(visitor: Phone) -> Phone:
    """Karen's phone, logged in, with a worker in charge."""
    visitor.log_in("Karen")
    return visitor


def end_first_device(browser: Browser, address: str) -> None:
    """From another phone of Karen's, by the list of devices."""
    context, other = phone_on(browser, address, "390-light", worker=True)
    other.log_in("Karen")
    other.go("Mere")
    other.page.get_by_role("link", name=re.compile("^Enheder")).click()
    expect(other.page.get_by_role("heading", level=1)).to_have_text("Du har en kopi på 1 enhed.")
    other.check("50-enheder")
    other.page.get_by_role("button", name="Afslut Min telefon").click()
    other.check("51-afslut-enhed")
    other.page.get_by_role("button", name="Ja, afslut den").click()
    expect(other.page.get_by_text("Afsluttet. Venter på bekræftelse")).to_be_visible()
    other.check("52-enhed-afsluttet")
    context.close()


def stored(page: Page) -> list[int]:
    """How many spaces, pages, acts and notices lie in the copy's store."""
    found: list[int] = page.evaluate(
        """async () => {
            const told = asked => new Promise(done => { asked.onsuccess = () => done(asked.result); });
            const db = await told(indexedDB.open('naerblik'));
            const count = name => told(db.transaction(name).objectStore(name).count());
            return [await count('spaces'), await count('pages'), await count('acts'), await count('away')];
        }"""
    )
    return found


def test_a_device_that_is_ended_empties_itself_and_says_so(
    karen: Phone, installation: Installation, browser: Browser
) -> None:
    set_up(karen)
    end_first_device(browser, installation.address)

    page = reopened(karen)
    expect(page.get_by_role("heading", level=1)).to_have_text("Denne telefon er afsluttet.")
    karen.check("53-telefonen-er-afsluttet")
    assert stored(page) == [0, 0, 0, 0]
    page.get_by_role("button", name="Fortsæt til log ind").click()
    karen.bar().wait_for()
    karen.go("Mere")
    page.get_by_role("link", name=re.compile("^Enheder")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har ingen kopi på nogen enhed.")


def test_a_device_that_is_ended_while_it_is_locked_says_how_much_was_lost(
    karen: Phone, installation: Installation, browser: Browser
) -> None:
    set_up(karen)
    installation.stop()
    page = reopened(karen)
    unlock(page)
    karen.bar().wait_for()
    take(page)
    karen.go("Mere")
    page.get_by_role("link", name="Se hvad").click()
    page.get_by_role("button", name="Lås nu").click()
    page.get_by_label("Pinkode med 6 tal").wait_for()
    installation.start()
    end_first_device(browser, installation.address)

    page = reopened(karen)
    expect(page.get_by_role("heading", level=1)).to_have_text("Denne telefon er afsluttet.")
    expect(page.get_by_role("alert")).to_contain_text("1 ting, du gjorde her, nåede ikke frem.")
    karen.check("53-afsluttet-mens-laast")


def test_after_five_wrong_codes_only_a_login_helps_and_nothing_is_lost(karen: Phone) -> None:
    set_up(karen)
    page = reopened(karen)
    for left in (4, 3, 2, 1):
        unlock(page, WRONG)
        expect(page.get_by_text(re.compile(f"Du har {left} forsøg tilbage"))).to_be_visible()
    unlock(page, WRONG)
    expect(page.get_by_text("Du har ikke flere forsøg.")).to_be_visible()
    karen.check("54-ingen-forsoeg")
    page.get_by_role("button", name="Glemt pinkode? Log ind med MitID").click()
    # Whoever was logged in is not any more: the lock is no way around.
    with page.expect_response("**/stamp"):
        page.get_by_role("button", name="Karen Mikkelsen").click()
    karen.bar().wait_for()
    page = reopened(karen)
    unlock(page, PIN)
    karen.bar().wait_for()
    karen.go("Medicin")


def test_two_tabs_and_the_worker_send_at_once_and_everything_is_done_once(
    karen: Phone, installation: Installation
) -> None:
    set_up(karen)
    installation.stop()
    page = reopened(karen)
    unlock(page)
    karen.bar().wait_for()
    second = page.context.new_page()
    second.goto(karen.address)
    unlock(second)
    second.get_by_role("navigation", name="Hovedmenu").wait_for()
    before = doses(page)
    take(page)
    # Each tab learns of what the other keeps, and only then counts what is left.
    expect(second.locator(".chip", has_text="ikke sendt")).to_have_count(1)
    take(second)
    expect(page.locator(".chip", has_text="ikke sendt")).to_have_count(2)
    pushed: list[str] = []
    page.context.on("response", lambda answer: pushed.append(answer.url) if "/sync/push" in answer.url else None)

    installation.start()
    # The worker is woken as the browser wakes it when the net is back; both tabs send of themselves.
    wake = "navigator.serviceWorker.controller.postMessage('naerblik-acts')"
    for each in (page, second):
        each.evaluate(f"{wake}; dispatchEvent(new Event('online'))")

    for each in (page, second):
        expect(each.locator(".chip", has_text=re.compile(r"^Taget kl\."))).to_have_count(2, timeout=30_000)
        expect(each.locator(".chip", has_text="ikke sendt")).to_have_count(0)
    assert doses(page) == before - 2
    marks = page.evaluate(
        """async () => {
            const { citizen } = await (await fetch('/api/v1/session')).json();
            const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Copenhagen' }).format(new Date());
            const told = await fetch(`/api/v1/citizens/${citizen.id}/dose-marks?first=${today}&last=${today}`);
            return (await told.json()).marks.length;
        }"""
    )
    assert marks == 2


@pytest.fixture
def profile(tmp_path: Path, installation: Installation, browser: Browser) -> Iterator[tuple[Path, Phone]]:
    """Karen's phone with a profile on the disk, which can be looked through."""
    folder = tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        str(folder),
        executable_path=chromium.find(),
        args=chromium.ARGUMENTS,
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        viewport={"width": 390, "height": 844},
        has_touch=True,
    )
    page = context.pages[0]
    page.set_default_timeout(15_000)
    yield folder, Phone(page, installation.address, "390-light", [], set())
    context.close()


def holds(folder: Path, canary: str) -> list[str]:
    """The files of the browser in which this stands, in the ways that a browser writes text."""
    ways = [canary.encode(), canary.encode("utf-16-le"), canary.encode("latin-1")]
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if any(way in file.read_bytes() for way in ways)]


def test_nothing_that_is_known_of_the_citizen_is_in_clear_on_the_disk_at_any_time(
    profile: tuple[Path, Phone], installation: Installation, browser: Browser
) -> None:
    folder, phone = profile
    phone.log_in("Karen")
    set_up(phone)
    phone.go("I dag")
    page = phone.page
    take(page)
    canaries = [page.get_by_role("heading", level=3).first.inner_text(), "Karen Mikkelsen", "hjertesvigt"]
    expect(page.locator(".chip", has_text=re.compile(r"^Taget kl\.")).first).to_be_visible()

    assert holds(folder, "naerblik") != []
    assert [holds(folder, each) for each in canaries] == [[], [], []]
    end_first_device(browser, installation.address)
    page = reopened(phone)
    expect(page.get_by_role("heading", level=1)).to_have_text("Denne telefon er afsluttet.")
    page.context.close()
    assert [holds(folder, each) for each in canaries] == [[], [], []]


@pytest.mark.parametrize("kinds", ["indexeddb,local_storage,cache_storage,service_workers", "indexeddb"])
def test_a_copy_that_the_browser_took_away_is_missed_and_made_again(karen: Phone, kinds: str) -> None:
    set_up(karen)
    # As a browser does when it is short of room: what the origin stored goes, but its cookies.
    karen.page.goto("about:blank")
    cdp = karen.page.context.new_cdp_session(karen.page)
    cdp.send("Storage.clearDataForOrigin", {"origin": karen.address, "storageTypes": kinds})

    karen.open()
    karen.page.get_by_role("link", name="Telefonen har slettet din kopi. Lav den igen.").click()
    expect(karen.page.get_by_role("heading", level=1)).to_have_text("Telefonen har slettet din kopi.")
    karen.check("59-kopien-er-vaek")
    set_up(karen)
    karen.go("I dag")
    expect(karen.page.get_by_text("Telefonen har slettet din kopi")).to_have_count(0)


def test_a_copy_that_its_person_deletes_is_ended_at_the_server_and_not_missed(karen: Phone) -> None:
    set_up(karen)
    page = karen.page
    page.get_by_role("button", name="Slet kopien her").click()
    karen.check("60-slet-kopien")
    page.get_by_role("button", name="Ja, slet kopien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Se din dag|Denne telefon er afsluttet"))

    page = reopened(karen)
    karen.bar().wait_for()
    expect(page.get_by_text("Telefonen har slettet din kopi")).to_have_count(0)
    karen.go("Mere")
    page.get_by_role("link", name=re.compile("^Enheder")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har ingen kopi på nogen enhed.")
    expect(page.get_by_text("Min telefon")).to_have_count(0)
