"""What a person feels: how soon a tap is answered, and whether a very long card scrolls evenly."""

import statistics
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.shared.figure import at_most
from bench.web.citizen import MEDICATIONS, PERSON
from tests.browser import chromium

TAPS = 10
SLOWER = 4

# From the moment that the browser stamps on the tap until the new screen's heading has been painted.
WATCH_TAPS = """() => {
  window.answered = [];
  document.addEventListener("click", (tap) => {
    const old = document.querySelector("h1");
    const look = () => {
      if (document.querySelector("h1") === old) return requestAnimationFrame(look);
      setTimeout(() => window.answered.push(performance.now() - tap.timeStamp)); // After this frame is painted.
    };
    requestAnimationFrame(look);
  }, true);
}"""

WATCH_TASKS = """() => {
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((each) => each.duration)))
    .observe({ type: "longtask" });
}"""
# A browser that reports no long tasks would make every page look even.
MAKE_ONE = "() => setTimeout(() => { const end = performance.now() + 120; while (performance.now() < end); })"
LONGEST = "() => Math.round(Math.max(0, ...window.longTasks))"


def measure(address: str, browser: str, environment: dict[str, str]) -> dict[str, Any]:
    """Both figures, and beside each what it is on a processor four times slower."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, env=environment, args=chromium.ARGUMENTS)
        taps, slow_taps = (_taps(_page(started, address, slower)) for slower in (1, SLOWER))
        scroll, slow_scroll = (_scroll(_page(started, address, slower)) for slower in (1, SLOWER))
        started.close()
    return {
        "tap_answered": at_most(
            statistics.median(taps), 100, "ms", worst=max(taps), at_4x=statistics.median(slow_taps)
        ),
        "longest_task_scrolling": at_most(scroll, 50, "ms", medications=MEDICATIONS, at_4x=slow_scroll),
    }


def _page(browser: Any, address: str, slower: int) -> Page:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="da-DK", has_touch=True)
    page: Page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address)
    return page


def _enter(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    page.locator("nav.bar").wait_for()
    page.wait_for_load_state("networkidle")


def _taps(page: Page) -> list[int]:
    _enter(page, "Karen")
    links = [page.locator("nav.bar a", has_text=text) for text in ("Medicin", "Aftaler", "I dag")]
    page.evaluate(WATCH_TAPS)
    for number in range(TAPS):
        links[number % len(links)].tap()
        page.wait_for_function("count => window.answered.length === count", arg=number + 1)
    times: list[float] = page.evaluate("window.answered")
    page.context.close()
    return [round(each) for each in times]


def _scroll(page: Page) -> int:
    _enter(page, PERSON.name)
    page.locator("nav.bar a", has_text="Medicin").click()
    page.get_by_text(f"Opdigtet lægemiddel {MEDICATIONS - 1}").first.wait_for()
    page.wait_for_timeout(1000)
    page.evaluate(WATCH_TASKS)
    page.evaluate(MAKE_ONE)
    page.wait_for_function("() => window.longTasks.length > 0")
    page.evaluate("window.longTasks = []")
    page.mouse.move(195, 400)
    height = page.evaluate("document.documentElement.scrollHeight - innerHeight")
    while page.evaluate("scrollY") < height - 1:
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(50)
    page.wait_for_timeout(200)
    longest: int = page.evaluate(LONGEST)
    page.context.close()
    return longest
