"""The sync protocol over HTTP, on PostgreSQL, while the server is killed in the midst of it (kill -9)."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app import clock
from tests.browser.serving import ROOT, wait_until_up
from tests.conftest import NOW
from tests.copy import Holder
from tests.device import Device
from tests.house import house_in
from tests.sync.test_pull import view_of

pytestmark = pytest.mark.postgresql
TODAY = clock.civil_date(datetime.now(UTC)).isoformat()
KILLS, ACTS_BETWEEN = 5, 8
# A kill falls somewhere into the time that a push or a pull takes, in seconds.
LATEST = 0.08


@dataclass
class Server:
    """The app as it is served, in processes that can be killed."""

    data_dir: Path
    database_url: str
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Serve; returns once it answers."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("NAERBLIK_")}
        own = {"NAERBLIK_DATA_DIR": str(self.data_dir), "NAERBLIK_DATABASE_URL": self.database_url}
        command = [sys.executable, "-m", "app", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        wait_until_up(f"http://localhost:{self.port}", self.process)

    def kill(self) -> None:
        """End it and all that it started at once, whatever they are doing."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None


@dataclass
class Browser:
    """A browser's cookies, and what it asks. What the server did not live to answer is an OSError."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, Any, bytes]:
        connection = http.client.HTTPConnection("localhost", self.server.port, timeout=30)
        try:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body or None, {**headers, **({"Cookie": cookie} if cookie else {})})
            response = connection.getresponse()
            for name, value in response.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
            return response.status, dict(response.getheaders()), response.read()
        except http.client.HTTPException as error:
            raise ConnectionError("cut off") from error
        finally:
            connection.close()

    def log_in(self, person: str) -> None:
        """As one of the demo's people."""
        body = json.dumps({"person": person}).encode()
        status, _, told = self.send("POST", "/api/v1/login/demo", {"Content-Type": "application/json"}, body)
        assert status == 200, told
        self.csrf = json.loads(told)["csrf"]

    def device(self, suite: str) -> Holder:
        """A device of who is logged in."""
        made = Device(self.send, suite)
        made.enrol({"X-CSRF-Token": self.csrf}, "Telefon")
        return Holder(made)


@pytest.fixture
def server(tmp_path: Path, postgresql_url: str) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = Server(tmp_path / "data", postgresql_url, port)
    server.start()
    yield server
    server.kill()


def mark(holder: Holder, space: str, medication: str, number: int) -> int:
    """One statement that nothing else is about."""
    args = {"medication": medication, "date": TODAY, "slot": "any", "ordinal": number, "said": "taken", "at": None}
    return holder.act(space, "dose:mark", args)


def go_on(holder: Holder) -> bool:
    """Sync; False when the server did not live to see the end of it."""
    try:
        holder.sync()
    except OSError:
        return False
    return True


def test_whatever_the_server_is_killed_in_every_act_is_done_once_and_every_copy_is_the_shelf(server: Server) -> None:
    chance = random.Random(7)
    browser = Browser(server)
    browser.log_in("karen")
    holders = [browser.device("x25519"), browser.device("p256")]
    for each in holders:
        each.sync()
    (space,) = holders[0].spaces
    medication = holders[0].spaces[space].keys("medication")[0]
    done: set[str] = set()
    cuts = 0
    for _ in range(KILLS):
        for number in range(ACTS_BETWEEN):
            holder = holders[number % 2]
            done.add(f"{holder.device.id}-{mark(holder, space, medication, len(done) + 1)}")
        killing = threading.Timer(chance.uniform(0, LATEST), server.kill)
        killing.start()
        cuts += [go_on(each) for each in holders].count(False)
        killing.join()
        server.start()
    for each in (*holders, *holders):
        each.sync()

    with house_in(server.data_dir, server.database_url, NOW) as house:
        shelf = view_of(house, space)
    assert cuts > 0
    for each in holders:
        assert each.outbox == []
        assert set(each.outcomes.values()) == {"applied"}
        assert each.spaces[space].rows == shelf
    said = [json.loads(body)["id"] for (collection, _), body in shelf.items() if collection == "dose_mark"]
    assert sorted(said) == sorted(done)
