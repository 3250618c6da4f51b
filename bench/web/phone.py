"""The copy on a phone: its first fill over a slow net, and the cold start to the medication card without any.

**First fill.** From the first request of set-up until the sentence that the copy is fresh has been painted: the device
is taken in, proves itself, and pulls. Its bytes are those of these requests and answers, heads and all. Left out is
what comes before: what the person types, and Argon2id over their PIN.

**Cold start.** A browser just begun that has a copy, no server, a processor four times slower. Two spans are added:
from the navigation until the field for the PIN has been painted, and from the moment that the vault can be opened,
since Argon2id has given its bits as a passkey would give its own, until the card has been painted. Left out is what
lies between, which is the person's own time and a slowness that is meant; ``stretching`` tells how long Argon2id took.

Slower is the page's own thread; the service worker, the disk and the threads that decrypt are as fast as the machine.
The shelf holds what the demo's Karen has, and 1,000 marked doses of 420 bytes.
"""

import statistics
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Request, sync_playwright

from app import clock, config
from app.gateways import demo
from app.identity import citizens
from bench.shared import shelf
from bench.shared.figure import at_most
from bench.web.offline import IN_CHARGE, SLOWER, opened
from tests.house import house_in

ITEMS = 1_000
PERSON = next(each for each in demo.PEOPLE if each.id == "karen")
PIN = "204618"
ROUNDS = 5

# Lighthouse's slow 4G (150 ms there and back, 1.6 Mbit/s down) as it is asked of Chromium, which makes each request
# wait once: milliseconds, and bytes per second.
LATENCY = 562.5
SLOW_4G = {
    "offline": False,
    "latency": LATENCY,
    "downloadThroughput": 1.6 * 1024 * 0.9 * 1024 / 8,
    "uploadThroughput": 750 * 0.9 * 1024 / 8,
}

# When each was first there and its frame painted, and when the worker gave its answer: milliseconds from navigation.
WATCH = """
window.painted = (isThere) => new Promise((painted) => {
  const look = () => {
    if (!isThere()) return requestAnimationFrame(look);
    setTimeout(() => painted(performance.now())); // The frame that begins here is painted before.
  };
  requestAnimationFrame(look);
});
window.Worker = class extends Worker {
  constructor(...how) {
    super(...how);
    window.begun = performance.now();
    this.addEventListener("message", () => { window.stretched = performance.now(); });
  }
};
"""
FRESH = "painted(() => document.querySelector('h1')?.textContent === 'Din kopi er frisk.')"
FIELD = "painted(() => document.querySelector('main input'))"
CARD = "painted(() => document.querySelector('main .rows h3'))"
SPANS = """performance.getEntriesByType("resource")
  .filter(({ name }) => /v1.(devices|sync.pull)/.test(name))
  .map(({ startTime, responseEnd }) => [startTime, responseEnd])"""
# How many bytes of pages lie sealed in the store.
KEPT = """new Promise((told) => {
  indexedDB.open("naerblik").onsuccess = ({ target: { result: store } }) => {
    store.transaction("pages").objectStore("pages").getAll().onsuccess = ({ target: { result: pages } }) =>
      told(pages.reduce((sum, page) => sum + page.sealed.length, 0));
  };
})"""


def put_in(settings: Mapping[str, str]) -> None:
    """Let the items stand on the shelf of a citizen of the demo that these settings have."""
    url = config.from_environ(settings).database_url
    with house_in(Path(settings["NAERBLIK_DATA_DIR"]), url, clock.now()) as house:
        with house.database.reading() as session:
            citizen_id = citizens.find(session, PERSON.number)
        assert citizen_id is not None
        shelf.fill(house, citizen_id, ITEMS)


def fill(address: str, browser: str, environment: dict[str, str], folder: Path) -> tuple[dict[str, Any], list[Path]]:
    """The figures of the first fill, and the profiles that then have a copy."""
    profiles = {slower: [folder / f"phone-{slower}-{number}" for number in range(ROUNDS)] for slower in (1, SLOWER)}
    with sync_playwright() as playwright:

        def filled(profile: Path, slower: int) -> tuple[int, int]:
            with opened(playwright, browser, environment, profile) as context:
                return _filled(context, address, slower)

        rounds = {slower: [filled(profile, slower) for profile in those] for slower, those in profiles.items()}
    took = {slower: [took for took, _ in those] for slower, those in rounds.items()}
    at_4x = statistics.median(took[SLOWER])
    figures = {
        "first_fill_ms": at_most(statistics.median(took[1]), 3000, "ms", rounds=took[1], at_4x=at_4x, items=ITEMS),
        "first_fill_bytes": at_most(max(size for _, size in rounds[1]), 200_000, "bytes", items=ITEMS),
    }
    return figures, profiles[1]


def start(address: str, browser: str, environment: dict[str, str], profiles: list[Path]) -> dict[str, Any]:
    """The figure of the cold start; nobody answers at the address any more."""
    rounds = []
    with sync_playwright() as playwright:
        for profile in profiles:
            with opened(playwright, browser, environment, profile) as context:
                rounds.append(_started(context, address))
    took = [each["to_lock"] + each["to_card"] for each in rounds]
    parts = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    figure = at_most(statistics.median(took), 1000, "ms", rounds=took, **parts, items=ITEMS, cpu_slower=SLOWER)
    return {"offline_start_to_card": figure}


def _filled(context: BrowserContext, address: str, slower: int) -> tuple[int, int]:
    """Milliseconds and bytes of one first fill."""
    page = _page(context, slower)
    page.goto(address)
    page.get_by_role("button", name=PERSON.name).first.click()
    page.locator("nav.bar").wait_for()
    page.evaluate(IN_CHARGE)
    page.goto(f"{address}/mere/kopi")
    page.get_by_role("button", name="Brug en pinkode").click()
    page.get_by_label("Pinkode med 6 tal").fill(PIN)
    page.get_by_label("Skriv koden igen").fill(PIN)
    page.wait_for_load_state("networkidle")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    net = context.new_cdp_session(page)
    net.send("Network.enable")
    net.send("Network.emulateNetworkConditions", SLOW_4G)
    page.get_by_role("button", name="Gem kopien").click()
    fresh = page.evaluate(FRESH)
    spans = page.evaluate(SPANS)
    assert all(end - begun >= LATENCY for begun, end in spans), "The net was not as slow as it was to be."
    assert page.evaluate(KEPT) > ITEMS * shelf.SIZE, "The copy does not hold what it was to hold."
    size = sum(sum(request.sizes().values()) for request in asked if "/api/v1/" in request.url)
    return round(fresh - spans[0][0]), size


def _started(context: BrowserContext, address: str) -> dict[str, int]:
    """Milliseconds of the parts of one cold start."""
    page = _page(context, SLOWER)
    page.goto(f"{address}/medicin", wait_until="commit")
    field = page.evaluate(FIELD)
    page.get_by_label("Pinkode med 6 tal").fill(PIN)
    page.get_by_role("button", name="Lås op").click()
    card = page.evaluate(CARD)
    begun, stretched = page.evaluate("[window.begun, window.stretched]")
    return {"to_lock": round(field), "stretching": round(stretched - begun), "to_card": round(card - stretched)}


def _page(context: BrowserContext, slower: int) -> Page:
    context.add_init_script(WATCH)
    page = context.pages[0]
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    return page
