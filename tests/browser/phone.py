"""A page on a phone, as the tests of the browser see it: its look, whom it asks, and what is wrong with it."""

import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request

AXE = Path(__file__).parent.parent.parent / "static" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = Path(__file__).parent / "shots"
# Two frames, so that what has come is painted, and every movement that has an end at its end.
STANDS_STILL = """async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const ending = document.getAnimations().filter(each => each.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(each => each.finished));
}"""
IN_CHARGE = "navigator.serviceWorker.controller !== null"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Phone:
    """A page on a phone of a certain look, which remembers what went wrong and whom it asked."""

    page: Page
    address: str
    look: str
    complaints: list[str]
    hosts: set[str]
    under_way: set[Request] = field(default_factory=set)

    def open(self, path: str = "/") -> None:
        """Go to a path of the app and wait until its sentence stands there."""
        self.page.goto(self.address + path)
        self.page.get_by_role("heading", level=1).wait_for()

    def log_in(self, name: str = "Karen") -> None:
        """Choose one of the demo's people."""
        self.open()
        self.page.get_by_role("button", name=name).first.click()
        self.bar().wait_for()

    def bar(self) -> Locator:
        """The bottom bar; I dag has another navigation, over the parts of the day."""
        return self.page.get_by_role("navigation", name=re.compile("Hovedmenu|Main menu"))

    def place(self, name: str) -> Locator:
        """A link of the bottom bar; behind its name it may say how much waits there."""
        return self.bar().get_by_role("link", name=re.compile(rf"^{name}( \d|$)"))

    def go(self, name: str) -> None:
        """Follow a link of the bottom bar and wait for its screen."""
        self.place(name).click()
        self.bar().locator("a[aria-current=page]", has_text=name).wait_for()
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is being fetched any more and the screen stands still."""
        self.page.get_by_role("heading", level=1).wait_for()
        quiet, end = 0, time.monotonic() + 15
        while quiet < 2 and time.monotonic() < end:
            # Playwright hears of requests only while it waits for something itself.
            self.page.wait_for_timeout(15)
            self.page.evaluate(STANDS_STILL)
            quiet = 0 if self.under_way else quiet + 1
        self.page.get_by_role("heading", level=1).wait_for()

    def shoot(self, name: str) -> None:
        """Keep a picture for whoever looks before a change is called done."""
        SHOTS.mkdir(exist_ok=True)
        size = self.page.viewport_size
        height = self.page.evaluate("document.documentElement.scrollHeight")
        assert size is not None
        self.page.mouse.move(0, 0)  # nothing is pointed at on a phone
        # As tall as the page, so that the bar stands at its foot and not across its middle.
        self.page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
        self.page.screenshot(path=SHOTS / f"{name}-{self.look}.png")
        self.page.set_viewport_size(size)

    def check(self, name: str) -> None:
        """Keep a picture of the screen, and find nothing wrong with it: by axe's rules, its width, its targets."""
        self.settle()
        self.shoot(name)
        assert self.violations() == [], name
        assert not self.overflows(), name
        assert self.small_targets() == [], name

    def small_targets(self) -> list[str]:
        """What can be pressed and is lower than 44 px, but for links in running text and labels over fields."""
        found: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll('a, button, summary, label')]
                .filter(each => !each.matches('.skip, p a, .field label') && each.getBoundingClientRect().height < 44)
                .map(each => each.innerText)"""
        )
        return found

    def violations(self) -> list[str]:
        """What axe finds on the page as it stands, under the page's own policy."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
        return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]

    def overflows(self) -> bool:
        """Whether the page is wider than the screen."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def phone_on(browser: Browser, server: str, look: str, *, worker: bool = False) -> tuple[BrowserContext, Phone]:
    """A fresh phone: ``look`` is width and scheme, as ``390-light``.

    Without a worker unless it is asked for: what a page asks for through one may pass by a test's ``page.route``, as
    Playwright's documentation warns, now and then while the worker takes over.
    """
    width, scheme = look.split("-")
    context = browser.new_context(
        viewport={"width": int(width), "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        device_scale_factor=float(os.environ.get("NAERBLIK_SHOTS_SCALE", "1")),
        has_touch=True,
        service_workers="allow" if worker else "block",
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    phone = Phone(page, server, look, [], set())
    page.on("console", lambda told: phone.complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: phone.complaints.append(str(error)))
    page.on("request", lambda request: phone.hosts.add(urlsplit(request.url).hostname or ""))
    page.on("request", lambda request: phone.under_way.add(request))
    page.on("requestfinished", lambda request: phone.under_way.discard(request))
    page.on("requestfailed", lambda request: phone.under_way.discard(request))
    return context, phone


def wait_until(page: Page, true: str) -> None:
    """Wait until an expression holds in the page; it may await something."""
    page.evaluate(f"async () => {{ while (!({true})) await new Promise((go) => setTimeout(go, 50)); }}")
