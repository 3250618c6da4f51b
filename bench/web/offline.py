"""The cold start without a net: a browser just begun, no server, a processor four times slower."""

import statistics
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, sync_playwright

from bench.shared.figure import at_most
from tests.browser import chromium

ROUNDS = 5
SLOWER = 4

# Milliseconds from the navigation until the sentence that the server does not answer has been painted.
PAINTED = """
new Promise((painted) => {
  const look = () => {
    if (!document.querySelector("[role=alert] .three")) return requestAnimationFrame(look);
    setTimeout(() => painted(performance.now())); // The frame that begins here is painted before.
  };
  requestAnimationFrame(look);
})
"""
FIRST = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
IN_CHARGE = "() => navigator.serviceWorker.ready.then(() => true)"


def visit(address: str, browser: str, environment: dict[str, str], folder: Path) -> list[Path]:
    """Let as many browsers as there are rounds visit the app once; returns what they keep."""
    profiles = [folder / f"profile-{number}" for number in range(ROUNDS)]
    with sync_playwright() as playwright:
        for profile in profiles:
            with opened(playwright, browser, environment, profile) as context:
                page = context.pages[0]
                page.goto(address)
                page.evaluate(IN_CHARGE)
                page.wait_for_load_state("networkidle")
    return profiles


def measure(address: str, browser: str, environment: dict[str, str], profiles: list[Path]) -> dict[str, Any]:
    """The median over the rounds, in browsers that have no copy: what they show is the shell."""
    times, first = [], []
    with sync_playwright() as playwright:
        for profile in profiles:
            with opened(playwright, browser, environment, profile) as context:
                page = context.pages[0]
                page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
                page.goto(address, wait_until="commit")
                times.append(round(page.evaluate(PAINTED)))
                first.append(round(page.evaluate(FIRST)))
    first_words = statistics.median(first)
    figure = at_most(
        statistics.median(times), 1000, "ms", rounds=times, first_words_painted=first_words, cpu_slower=SLOWER
    )
    return {"offline_start_to_shell": figure}


def opened(playwright: Any, browser: str, environment: dict[str, str], profile: Path) -> BrowserContext:
    """A browser just begun on what it kept in this folder."""
    context: BrowserContext = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=browser,
        env=environment,
        args=chromium.ARGUMENTS,
        viewport={"width": 390, "height": 844},
        locale="da-DK",
    )
    return context
