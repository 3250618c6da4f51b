"""A server of its own for a test that stops it, changes its pages, or starts it with other settings."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
STATIC = ROOT / "static"


def wait_until_up(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Return once the server answers; raises RuntimeError when it ends before, or does not within a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not come up")


class Installation:
    """The app and its built pages in a folder of their own, served on one port for as long as the test wants."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "app", folder / "app", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(STATIC, folder / "static", ignore=shutil.ignore_patterns("node_modules"))
        (folder / "static" / "node_modules").symlink_to(STATIC / "node_modules")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.address = f"http://localhost:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, **settings: str) -> None:
        """Serve, with these settings beside the demo's."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("NAERBLIK_")}
        own = {"NAERBLIK_DATA_DIR": str(self.folder / "var"), "PYTHONPATH": str(self.folder), **settings}
        command = [sys.executable, "-m", "app", "serve", "--port", str(self.port)]
        self._process = subprocess.Popen(
            command, cwd=self.folder, env=environment | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until_up(self.address, self._process)

    def stop(self) -> None:
        """Serve no more; whoever asks then is refused."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def build(self, *, word: str, becomes: str) -> None:
        """Build the next edition of the pages, in which a Danish text reads otherwise."""
        sources = [*(self.folder / "static" / "src").rglob("*strings.da.ts")]
        found = [path for path in sources if word in path.read_text()]
        if not found:
            raise ValueError(f"no text reads {word}")
        for path in found:
            path.write_text(path.read_text().replace(word, becomes))
        command = ["node", "node_modules/vite/bin/vite.js", "build"]
        subprocess.run(command, cwd=self.folder / "static", check=True, capture_output=True)
