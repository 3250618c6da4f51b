"""The page against its budgets: sizes, Lighthouse, the start offline, the answer to a tap, a long card, the copy."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.http import free_port, serving
from bench.web import citizen, lighthouse, offline, phone, screens, sizes
from tests.browser import chromium


def measure() -> dict[str, Any]:
    """Each figure with its budget and whether it holds; what could not be measured says why, and does not hold."""
    figures = sizes.measure()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        browser, environment = chromium.find(), dict(os.environ)
        if browser is None:
            browser, environment = chromium.unpack(folder)
        port = free_port()
        address = f"http://localhost:{port}"
        settings = _settings(folder)
        command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
        citizen.put_in(settings)
        phone.put_in(settings)
        with serving(command, port, settings):
            figures |= lighthouse.measure(address, browser)
            figures |= screens.measure(address, browser, environment)
            profiles = offline.visit(address, browser, environment, folder)
            fills, phones = phone.fill(address, browser, environment, folder)
        figures |= fills
        figures |= offline.measure(address, browser, environment, profiles)
        figures |= phone.start(address, browser, environment, phones)
    holds = all(each["holds"] for each in figures.values())
    # Times are worth little on a machine that had more to do than it has processors.
    return {**figures, "all_hold": holds, "processors": os.cpu_count(), "load": round(os.getloadavg()[0], 1)}


def _settings(folder: Path) -> dict[str, str]:
    """The environment of a demo of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NAERBLIK_")}
    return {**kept, "NAERBLIK_ENV": "demo", "NAERBLIK_DATA_DIR": str(folder / "var")}
