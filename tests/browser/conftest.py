"""A real browser before a real server: the built app over the demo's people, on loopback."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium, serving
from tests.browser.phone import IN_CHARGE, Phone, phone_on, wait_until

ROOT = Path(__file__).parent.parent.parent


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


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[serving.Installation]:
    """A server of the test's own, which it may stop."""
    installation = serving.Installation(tmp_path)
    installation.start()
    yield installation
    installation.stop()


@pytest.fixture
def look() -> str:
    """How the visitor's phone looks; a module or a parameter may say otherwise."""
    return "390-light"


@pytest.fixture
def visitor(browser: Browser, installation: serving.Installation, look: str) -> Iterator[Phone]:
    """A phone that has opened the app of that server once, so that a worker is in charge."""
    context, phone = phone_on(browser, installation.address, look, worker=True)
    phone.open()
    wait_until(phone.page, IN_CHARGE)
    yield phone
    context.close()
    assert phone.hosts <= {"localhost"}


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
