"""A device's copies without a screen: docs/protocol.md written a second time, on purpose without anything of app."""

import json
from dataclasses import dataclass, field

from tests.device import Device, Json, b64, mark_of, unb64

PULL, PUSH, NEWS = "/api/v1/sync/pull", "/api/v1/sync/push", "/api/v1/sync/news"
MOST_ACTS = 100
Place = tuple[str, str]


class Refused(Exception):
    """The server answered with a problem, which stops what was going on."""

    def __init__(self, status: int, problem: Json) -> None:
        super().__init__(f"{status} {problem.get('code')}")
        self.status, self.code = status, problem.get("code")


@dataclass
class Space:
    """One citizen's copy: its rows by collection and key, where it stands, and what is staged while it is filled."""

    rows: dict[Place, bytes] = field(default_factory=dict)
    head: Json = field(default_factory=dict)
    cursor: str | None = None
    acked: str | None = None
    number: int = 0
    staged: dict[Place, bytes] = field(default_factory=dict)
    is_closed: bool = False

    def contents(self, collection: str) -> dict[str, Json]:
        """What the items of a collection say, by key."""
        found = {key: json.loads(body) for (of, key), body in self.rows.items() if of == collection}
        return {key: body["content"] for key, body in found.items()}

    def keys(self, collection: str) -> list[str]:
        """The keys of a collection."""
        return sorted(key for of, key in self.rows if of == collection)

    def mark(self, collection: str, key: str) -> str:
        """The version of an item, in hex."""
        return mark_of(unb64(self.head["mark_key"]), collection, key, self.rows[(collection, key)]).hex()

    def digest(self) -> str:
        """The XOR of all marks, in hex."""
        folded = 0
        for (collection, key), body in self.rows.items():
            folded ^= int.from_bytes(mark_of(unb64(self.head["mark_key"]), collection, key, body), "big")
        return folded.to_bytes(16, "big").hex()


class Holder:
    """A device with its copies, its outbox and its journal."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.spaces: dict[str, Space] = {}
        self.outbox: list[Json] = []
        self.journal: list[Json] = []
        self.outcomes: dict[int, str] = {}
        self.wiped: list[Json] = []
        self.confirmed = 0
        self.mid = 0
        self.is_ended = False
        self.answers: list[str] = []

    def act(self, space: str, name: str, args: Json, precondition: str | None = None, v: int = 1) -> int:
        """Put an act in the outbox; returns its number."""
        self.mid += 1
        self.outbox.append(
            {
                "mid": self.mid,
                "name": name,
                "v": v,
                "space": space,
                "args": args,
                "precondition": precondition,
                "occurred_at": "2026-03-01T08:00:00+01:00",
                "zone": "Europe/Copenhagen",
            }
        )
        return self.mid

    def push_body(self, most: int = MOST_ACTS) -> Json:
        """The request for the first acts of the outbox."""
        acts = self.outbox[:most]
        spoken_of = sorted({act["space"] for act in acts})
        acked = [self.spaces[each].acked for each in spoken_of if each in self.spaces and self.spaces[each].acked]
        return {"v": 1, "acked": acked, "acts": acts}

    def push(self) -> Json:
        """Send the first acts of the outbox, and take their outcomes. Raises Refused; the outbox is then as it was."""
        status, head, _ = self.device.ask(PUSH, self.push_body())
        if status != 200:
            raise Refused(status, head)
        self._take_outcomes(head["outcomes"])
        return head

    def drain(self) -> None:
        """Push until nothing waits."""
        while self.outbox:
            self.push()

    def pull_body(self) -> Json:
        """The request for what is new."""
        named = [{"space": each, "cursor": held.cursor, "acked": held.acked} for each, held in self.spaces.items()]
        common = {"v": 1, "schema": 1, "confirmed": self.confirmed, "queued": len(self.outbox)}
        return {**common, "spaces": named, "wiped": self.wiped}

    def pull(self) -> Json:
        """Ask once, and apply what comes."""
        body = self.pull_body()
        status, head, lines = self.device.ask(PULL, body)
        if status != 200:
            raise Refused(status, head)
        self.apply(head, lines, body)
        return head

    def apply(self, head: Json, lines: list[bytes], asked: Json) -> None:
        """Take an answer to this request."""
        confirmed = [each for each in self.wiped if each in asked["wiped"]]
        self.wiped = [each for each in self.wiped if each not in confirmed]
        self.is_ended = head["ended"]
        self._take_outcomes(head["outcomes"])
        if head["outcomes"]:
            self.confirmed = head["outcomes"][-1]["mid"]
        self.answers = [each["answer"] for each in head["spaces"]]
        shown = {each["space"]: each["acked"] for each in asked["spaces"]}
        for told in head["spaces"]:
            mine, lines = lines[: told.get("rows", 0)], lines[told.get("rows", 0) :]
            self._take(told, mine)
            space = self.spaces.get(told["space"])
            if space is not None and told["answer"] not in ("waiting", "closed"):
                space.acked = None if space.acked == shown.get(told["space"]) else space.acked
        assert not lines

    def sync(self, most: int = 60) -> None:
        """Push and pull until there is nothing more to be said."""
        for _ in range(most):
            self.drain()
            before = self.confirmed
            self.pull()
            is_filling = any(space.head.get("more") for space in self.spaces.values())
            is_waiting = "waiting" in self.answers
            if not (self.outbox or self.wiped or is_filling or is_waiting or before != self.confirmed):
                return
        raise AssertionError("the device never came to rest")

    def has_news(self) -> bool:
        """Whether the server says that there may be anything new."""
        tokens = "\n".join(str(each.cursor) for each in self.spaces.values())
        status, _, _ = self.device.send("POST", NEWS, {}, tokens.encode())
        assert status in (200, 204), status
        return status == 200

    def lose_copy(self, space: str) -> None:
        """The browser took what was stored of a space."""
        self.spaces[space] = Space()

    def _take_outcomes(self, outcomes: list[Json]) -> None:
        for each in outcomes:
            sent = next((act for act in self.outbox if act["mid"] == each["mid"]), None)
            self.outcomes[each["mid"]] = each["outcome"]
            if sent is not None:
                self.outbox.remove(sent)
                self.journal.append(sent)
            act = next((act for act in self.journal if act["mid"] == each["mid"]), None)
            if "acked" in each and act is not None and act["space"] in self.spaces and sent is not None:
                self.spaces[act["space"]].acked = each["acked"]

    def _take(self, told: Json, lines: list[bytes]) -> None:
        name = told["space"]
        if told["answer"] == "waiting":
            return
        if told["answer"] == "wipe":
            self.spaces.pop(name, None)
            self.wiped.append({"space": name, "gen": told["gen"]})
            return
        space = self.spaces.setdefault(name, Space())
        space.is_closed = told["answer"] == "closed"
        if space.is_closed:
            return
        if space.head and space.head["epoch"] != told["epoch"]:
            self._send_again(name)
        self._take_rows(space, told, lines)

    def _take_rows(self, space: Space, told: Json, lines: list[bytes]) -> None:
        if told["answer"] == "delta" and told["base"] != space.number:
            space.cursor = None
            return
        is_snapshot = told["answer"] == "snapshot"
        if is_snapshot and told["start"]:
            space.staged = {}
        into = space.staged if is_snapshot else dict(space.rows)
        for line in lines:
            collection, key, *body = line.split(b" ", 2)
            place = (collection.decode(), key.decode())
            into.pop(place, None)
            if body:
                into[place] = body[0]
        assert told["to"] >= (space.number if space.head and space.head["epoch"] == told["epoch"] else 0)
        space.cursor, space.head = told["cursor"], told
        if told["more"]:
            return
        space.rows, space.staged, space.number = into, {}, told["to"]
        if told["digest"] is not None:
            assert (len(space.rows), space.digest()) == (told["count"], told["digest"])

    def _send_again(self, name: str) -> None:
        """Another epoch: what was acknowledged goes again under its number."""
        again = [act for act in self.journal if act["space"] == name]
        self.journal = [act for act in self.journal if act["space"] != name]
        self.outbox = sorted([*again, *self.outbox], key=lambda act: int(act["mid"]))
        if again:
            self.confirmed = min(self.confirmed, again[0]["mid"] - 1)


__all__ = ["NEWS", "PULL", "PUSH", "Holder", "Refused", "Space", "b64"]
