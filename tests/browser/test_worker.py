"""The service worker in a real browser: without a net, with a new edition, and switched off."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.phone import IN_CHARGE, Phone, phone_on, wait_until
from tests.browser.serving import Installation

NO_ANSWER = "Nærblik svarer ikke. Det kan være dit net, eller det kan være vores server."
GONE = "(await navigator.serviceWorker.getRegistrations()).length + (await caches.keys()).length === 0"
KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      kept.push([request.url, await (await cache.match(request)).text()]);
    }
  }
  return kept;
}"""


def say_no_answer(phone: Phone, path: str) -> None:
    phone.open(path)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Vi kunne ikke åbne Nærblik.")
    expect(phone.page.get_by_text(NO_ANSWER)).to_be_visible()


def kept(phone: Phone) -> list[tuple[str, str]]:
    """Every address that any cache of the app's holds, with what it would answer."""
    return [(str(url), str(text)) for url, text in phone.page.evaluate(KEPT)]


def editions(phone: Phone) -> list[str]:
    return list(phone.page.evaluate("caches.keys()"))


@pytest.mark.parametrize("path", ["/", "/medicin"])
def test_without_a_net_the_app_opens_and_says_that_there_is_no_answer(visitor: Phone, path: str) -> None:
    visitor.page.context.set_offline(True)

    say_no_answer(visitor, path)
    visitor.page.reload()
    expect(visitor.page.get_by_text(NO_ANSWER)).to_be_visible()

    visitor.shoot("24-skal-uden-net")
    assert visitor.violations() == []


def test_a_server_that_is_gone_is_noticed_though_the_browser_believes_in_its_net(
    visitor: Phone, installation: Installation
) -> None:
    installation.stop()

    say_no_answer(visitor, "/")
    say_no_answer(visitor, "/medicin?id=70000001")
    assert visitor.page.evaluate("navigator.onLine") is True

    installation.start()
    visitor.page.get_by_role("button", name="Prøv igen nu").click()
    expect(visitor.page.get_by_role("button", name="Karen Mikkelsen")).to_be_visible()


def test_no_answer_of_the_api_is_ever_kept_neither_while_logged_in_nor_after(visitor: Phone) -> None:
    page = visitor.page
    visitor.log_in("Karen")
    for name in ("Medicin", "Aftaler", "I dag"):
        visitor.go(name)
    citizen = page.evaluate("fetch('/api/v1/session').then((answer) => answer.json())")["citizen"]["id"]
    card = page.evaluate("id => fetch(`/api/v1/citizens/${id}/card`).then((answer) => answer.json())", citizen)
    canaries = [citizen, card["citizen"]["cpr"], card["citizen"]["name"], card["medications"][0]["name"]]

    while_in = kept(visitor)
    page.get_by_role("button", name="Log ud").click()
    page.get_by_role("button", name="Karen Mikkelsen").wait_for()
    after = kept(visitor)

    assert {url.removeprefix(visitor.address) for url, _ in while_in} >= {"/index.html", "/manifest.webmanifest"}
    for url, text in while_in + after:
        assert "/api/" not in url
        assert [canary for canary in canaries if canary in text] == [], url
    assert page.evaluate("indexedDB.databases()") == []


def test_an_answer_of_the_api_never_comes_from_the_worker(visitor: Phone) -> None:
    page = visitor.page
    with page.expect_response("**/api/v1/session") as asked:
        page.reload()
    page.context.set_offline(True)

    assert not asked.value.from_service_worker
    assert page.evaluate("fetch('/api/v1/session').then(() => 'answered', () => 'failed')") == "failed"
    assert page.evaluate("fetch('/healthz').then(() => 'answered', () => 'failed')") == "failed"


def test_a_new_edition_waits_says_so_and_takes_over_when_it_is_chosen(
    visitor: Phone, installation: Installation
) -> None:
    page = visitor.page
    before = editions(visitor)
    title = page.get_by_role("heading", level=1)
    loads: list[str] = []
    page.on("load", lambda _: loads.append(page.url))
    installation.build(word="Din medicin, dine aftaler og dine samtykker. Samlet ét sted.", becomes="Den nye udgave.")

    visitor.open()
    offer = page.get_by_role("button", name="Skift nu")
    offer.wait_for()
    expect(title).to_have_text("Din medicin, dine aftaler og dine samtykker. Samlet ét sted.")
    expect(page.get_by_role("status").filter(has_text="Der er en ny udgave.")).to_be_visible()
    visitor.shoot("25-ny-udgave")
    assert visitor.violations() == []
    assert not visitor.overflows()
    assert len(loads) == 1, "the page was loaded by the test, and by nobody else"

    offer.click()
    expect(title).to_have_text("Den nye udgave.")
    expect(offer).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert len(loads) == 2, "loaded anew once, and once only"
    assert len(before) == len(editions(visitor)) == 1
    assert editions(visitor) != before
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text(NO_ANSWER)).to_be_visible()


def test_another_window_is_asked_too_and_not_loaded_anew_behind_its_back(
    visitor: Phone, installation: Installation
) -> None:
    other = visitor.page.context.new_page()
    other.goto(visitor.address)
    wait_until(other, IN_CHARGE)
    installation.build(word="Din medicin, dine aftaler og dine samtykker. Samlet ét sted.", becomes="Den nye udgave.")
    visitor.open()
    visitor.page.get_by_role("button", name="Skift nu").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Den nye udgave.")

    expect(other.get_by_role("heading", level=1)).to_have_text(
        "Din medicin, dine aftaler og dine samtykker. Samlet ét sted."
    )
    other.get_by_role("button", name="Skift nu").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Den nye udgave.")


def test_half_an_edition_is_never_kept(visitor: Phone, installation: Installation) -> None:
    before = kept(visitor)
    installation.build(word="Din medicin, dine aftaler og dine samtykker. Samlet ét sted.", becomes="Den nye udgave.")
    page_file = installation.folder / "static" / "dist" / "index.html"
    page_file.write_text(page_file.read_text() + "<!-- of another edition -->")

    failed = visitor.page.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.ready;
          const worker = (await registration.update()).installing;
          if (worker.state !== 'redundant') {
            await new Promise((ended) => worker.addEventListener('statechange', () => ended()));
          }
          return worker.state;
        }"""
    )

    assert failed == "redundant"
    assert kept(visitor) == before
    visitor.page.context.set_offline(True)
    say_no_answer(visitor, "/medicin")


def test_switched_off_the_worker_leaves_and_takes_its_caches_along(visitor: Phone, installation: Installation) -> None:
    page = visitor.page
    assert len(editions(visitor)) == 1
    installation.stop()
    installation.start(NAERBLIK_WORKER="off")

    visitor.open()
    wait_until(page, GONE)

    # The page that stood open is told like any other that something changed, and works on meanwhile.
    with page.expect_event("load"):
        page.get_by_role("button", name="Skift nu").click()
    wait_until(page, f"{GONE} && !({IN_CHARGE})")
    visitor.open("/medicin")
    page.wait_for_load_state("networkidle")
    wait_until(page, GONE)
    assert page.evaluate("navigator.serviceWorker.controller") is None
    expect(page.get_by_role("button", name="Skift nu")).to_be_hidden()
    assert [told for told in visitor.complaints if not re.search(r"ERR_CONNECTION|Failed to load", told)] == []


def test_a_browser_that_refuses_workers_shows_the_app_all_the_same(browser: Browser, server: str) -> None:
    context, phone = phone_on(browser, server, "390-light", worker=True)
    phone.page.add_init_script("navigator.serviceWorker.register = () => Promise.reject(new Error('refused'));")
    phone.log_in("Karen")

    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(re.compile("dos|medicin", re.IGNORECASE))
    context.close()
    assert phone.complaints == []


def test_the_manifest_is_whole_and_the_browser_finds_nothing_to_say_about_it(visitor: Phone) -> None:
    page = visitor.page
    session = page.context.new_cdp_session(page)
    told = session.send("Page.getAppManifest")

    assert told["errors"] == []
    manifest = page.evaluate("fetch('/manifest.webmanifest').then((answer) => answer.json())")
    named = {"id", "start_url", "scope", "display", "lang", "name", "short_name", "description", "theme_color"}
    assert named | {"background_color", "icons", "shortcuts"} <= manifest.keys()
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert [(each["name"], each["url"]) for each in manifest["shortcuts"]] == [
        ("I dag", "/"),
        ("Medicin", "/medicin"),
        ("Aftaler", "/aftaler"),
    ]
    for icon in manifest["icons"]:
        assert page.evaluate("src => fetch(src).then((answer) => answer.status)", icon["src"]) == 200
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [],
        [{"errorId": "in-incognito", "errorArguments": []}],
    )
