"""The suite's own Redis, from the machine's package, on a free port of loopback and without a file."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

PROGRAM = shutil.which("redis-server")


@contextmanager
def redis_server() -> Iterator["RedisServer"]:
    """A running Redis; skips where none is installed, and fails where the whole check must run."""
    if PROGRAM is None:
        reason = "no redis-server on this machine; apt-get install redis-server brings it"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = RedisServer(PROGRAM, port)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class RedisServer:
    """One server, which a test may stop."""

    def __init__(self, program: str, port: int) -> None:
        self._program, self._port = program, port
        self._running: subprocess.Popen[bytes] | None = None
        self.url = f"redis://127.0.0.1:{port}/0"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [self._program, "--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._running = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self._running.stdout is not None
        said = iter(self._running.stdout.readline, b"")
        if not any(b"Ready to accept connections" in line for line in said):
            pytest.fail("redis-server ended at once")

    def stop(self) -> None:
        """End it; once it has ended nothing is left."""
        if self._running is not None:
            self._running.terminate()
            self._running.communicate()
            self._running = None
