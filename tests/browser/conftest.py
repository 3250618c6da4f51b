"""A real browser before a real server: the built app over the demo's people, on loopback."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, sync_playwright

from tests.browser import chromium, serving

ROOT = Path(__file__).parent.parent.parent
AXE = ROOT / "static" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = Path(__file__).parent / "shots"
# Two frames, so that what has come is painted, and every movement that has an end at its end.
STANDS_STILL = """async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const ending = document.getAnimations().filter(each => each.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(each => each.finished));
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo as `naerblik serve` serves it; yields its address."""
    with served(tmp_path_factory.mktemp("demo")) as address:
        yield address


@contextmanager
def served(data_dir: Path, **settings: str) -> Iterator[str]:
    """The demo, served from a data directory with further settings; yields its address."""
    if not (ROOT / "static" / "dist" / "index.html").is_file():
        pytest.fail("the pages are not built: ./run build")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "NAERBLIK_DATA_DIR": str(data_dir), "NAERBLIK_ENV": "demo", **settings}
    for name in ("NAERBLIK_DATABASE_URL", "NAERBLIK_OWNER_DATABASE_URL", "NAERBLIK_BASE_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://localhost:{port}"
    try:
        serving.wait_until_up(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    path, environment = chromium.find(), dict(os.environ)
    if path is None:
        try:
            path, environment = chromium.unpack(tmp_path_factory.mktemp("chromium"))
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            reason = f"no Chromium: none on PATH, and npm's did not unpack ({type(error).__name__})"
            pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, env=environment, args=chromium.ARGUMENTS)
        yield browser
        browser.close()


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


def wants_worker(request: pytest.FixtureRequest) -> bool:
    """Whether the test is about the service worker."""
    return request.node.get_closest_marker("worker") is not None


# Every look has its width and its scheme tried every day; all five together are among the long tests.
LOOKS = [
    "390-light",
    "320-dark",
    pytest.param("390-dark", marks=pytest.mark.long),
    pytest.param("320-light", marks=pytest.mark.long),
    pytest.param("1280-light", marks=pytest.mark.long),
]


@pytest.fixture(params=LOOKS)
def phone(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Phone]:
    """Every look in turn; whatever the test does, nothing may go wrong in the page or leave this machine."""
    context, phone = phone_on(browser, server, request.param, worker=wants_worker(request))
    yield phone
    context.close()
    assert phone.complaints == []
    assert phone.hosts <= {"localhost"}


@pytest.fixture
def small(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Phone]:
    """An ordinary phone, where the look makes no difference; what goes wrong on purpose is the test's to judge."""
    context, phone = phone_on(browser, server, "390-light", worker=wants_worker(request))
    yield phone
    context.close()
    assert phone.hosts <= {"localhost"}


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A demo of one's own, in which nobody has answered anything yet."""
    with served(tmp_path / "demo") as address:
        yield address


@pytest.fixture
def karen(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Phone]:
    """Karen, logged in on a phone to a demo of her own."""
    context, phone = phone_on(browser, address, "390-light", worker=wants_worker(request))
    phone.log_in("Karen")
    yield phone
    context.close()
    assert phone.hosts <= {"localhost"}
