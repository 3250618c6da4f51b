"""What the house costs per request: the app's /healthz against a bare Flask view, both under the same Granian."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

SECONDS = 3.0
ROUNDS = 3
CLIENTS = 4
READY_WITHIN = 60.0

# The same server as `naerblik serve` starts, around a view that does nothing.
BARE = """
import os
import sys
import flask
from granian import Granian
from granian.constants import Interfaces

def bare():
    app = flask.Flask("bare")
    app.add_url_rule("/healthz", view_func=lambda: {"status": "ok"})
    return app

if __name__ == "__main__":
    Granian("bare:bare", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.WSGI, factory=True,
            workers=os.cpu_count() or 1, blocking_threads=8, log_enabled=False, websockets=False).serve()
"""


def measure() -> dict[str, Any]:
    """Requests per second of both, their rounds alternating in one run, and the app's share of the bare rate."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bare.py").write_text(BARE, encoding="utf-8")
        ports = free_port(), free_port()
        app = [sys.executable, "-m", "app", "serve", "--port", str(ports[0])]
        bare = [sys.executable, str(Path(folder) / "bare.py"), str(ports[1])]
        settings = {**os.environ, "NAERBLIK_ENV": "demo", "NAERBLIK_DATA_DIR": str(Path(folder) / "var")}
        settings.pop("NAERBLIK_DATABASE_URL", None)
        settings.pop("NAERBLIK_OWNER_DATABASE_URL", None)
        with serving(app, ports[0], settings), serving(bare, ports[1], {**os.environ, "PYTHONPATH": folder}):
            rounds = [(_rate(ports[0]), _rate(ports[1])) for _ in range(ROUNDS)]
    best_app, best_bare = max(rate for rate, _ in rounds), max(rate for _, rate in rounds)
    return {
        "app_per_second": round(best_app),
        "bare_per_second": round(best_bare),
        "ratio": round(best_app / best_bare, 3),
        "clients": CLIENTS,
        "seconds": SECONDS,
        "rounds": ROUNDS,
    }


@contextlib.contextmanager
def serving(command: Sequence[str], port: int, environ: Mapping[str, str]) -> Iterator[None]:
    """Run a server until the block ends; entered once /healthz answers."""
    server = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
    try:
        _wait_until_ready(server, port)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait_until_ready(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.05)
    raise RuntimeError(f"The server on port {port} did not get ready.")


def _rate(port: int) -> float:
    counts = [0] * CLIENTS
    deadline = time.monotonic() + SECONDS

    def ask(client: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while time.monotonic() < deadline:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"/healthz answered {answer.status}.")
            counts[client] += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
