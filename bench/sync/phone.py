"""A citizen of the demo with a device without a screen, over HTTP, and how long the server took to answer it."""

import http.client
import itertools
import json
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from app import clock
from bench.sync.load import request
from tests.copy import NEWS, PULL, Holder
from tests.device import Device

SLOTS = ("morning", "noon", "evening", "night")


class Phone:
    """Somebody who is logged in, their devices, and the copy on the first of them.

    ``took`` is the milliseconds from the sending of the last request to its answer's last byte, ``size`` its bytes.
    """

    def __init__(self, port: int, person: str) -> None:
        self._connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self._cookies: dict[str, str] = {}
        self.took, self.size = 0.0, 0
        content = {"Content-Type": "application/json"}
        status, _, answer = self.send("POST", "/api/v1/login/demo", content, json.dumps({"person": person}).encode())
        if status != 200:
            raise RuntimeError(f"{person} could not log in: {answer!r}")
        session = json.loads(answer)
        self.citizen_id: str = session["citizen"]["id"]
        self._session = {"X-CSRF-Token": session["csrf"]}
        self.holder = self.new_holder()
        self._doses = _doses()

    def new_holder(self) -> Holder:
        """A device of theirs that was just set up, and holds nothing."""
        device = Device(self.send)
        device.enrol(self._session)
        return Holder(device)

    def send(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        """What a device sends by: the session goes along only where its token does."""
        held = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        cookie = {"Cookie": held} if "X-CSRF-Token" in headers else {}
        begun = time.perf_counter()
        self._connection.request(method, path, body, {**headers, **cookie})
        response = self._connection.getresponse()
        content = response.read()
        self.took, self.size = (time.perf_counter() - begun) * 1000, len(content)
        for given in response.headers.get_all("Set-Cookie") or ():
            name, _, value = given.partition(";")[0].partition("=")
            self._cookies[name] = value
        return response.status, response.headers, content

    def fill(self, holder: Holder) -> tuple[float, int, int]:
        """Pull until the copy is whole: milliseconds, bytes and requests."""
        took, size = 0.0, 0
        for pulls in itertools.count(1):
            holder.pull()
            took, size = took + self.took, size + self.size
            if not holder.spaces[self.citizen_id].is_filling:
                return took, size, pulls
        raise AssertionError

    def pull_one(self) -> float:
        """Pull the one thing that changed; milliseconds."""
        [told] = self.holder.pull()["spaces"]
        assert (told["answer"], told["rows"]) == ("delta", 1), told
        return self.took

    def push_one(self) -> float:
        """Push that a dose was taken, which is kept when the answer comes; milliseconds."""
        copy = self.holder.spaces[self.citizen_id]
        medication = copy.keys("medication")[0]
        mid = self.holder.act(self.citizen_id, "dose:mark", {"medication": medication, **next(self._doses)})
        self.holder.push()
        assert self.holder.outcomes[mid] == "applied", self.holder.outcomes[mid]
        return self.took

    def news(self) -> bytes:
        """The request whether there is anything new, to which the answer is no."""
        cursor = self.holder.spaces[self.citizen_id].cursor or ""
        return request("POST", NEWS, {"Content-Type": "text/plain"}, cursor.encode())

    def signed_pulls(self, many: int) -> list[bytes]:
        """Pulls of a copy that is up to date, of a device of its own, signed beforehand: each can be sent once."""
        holder = self.new_holder()
        self.fill(holder)
        body = json.dumps(holder.pull_body()).encode()
        device = holder.device
        return [request("POST", PULL, device.signed(PULL, body, device.nonce()), body) for _ in range(many)]


def _doses() -> Iterator[dict[str, Any]]:
    """Doses of the last days, each another."""
    today = clock.civil_date(datetime.now(UTC))
    for ago, ordinal, slot in itertools.product(range(1, 60), range(1, 5), SLOTS):
        day = (today - timedelta(days=ago)).isoformat()
        yield {"date": day, "slot": slot, "ordinal": ordinal, "said": "taken", "at": None}
