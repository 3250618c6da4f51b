"""A device's copies without a screen: docs/protocol.md written a second time, on purpose without anything of app."""

from tests.device import Device, Json, b64
from tests.held import Beside, Space

PULL, PUSH, NEWS = "/api/v1/sync/pull", "/api/v1/sync/push", "/api/v1/sync/news"
MOST_ACTS = 100


class Refused(Exception):
    """The server answered with a problem, which stops what was going on."""

    def __init__(self, status: int, problem: Json) -> None:
        super().__init__(f"{status} {problem.get('code')}")
        self.status, self.code = status, problem.get("code")


class Holder:
    """A device with its copies, its outbox and its journal. ``leaving`` are copies that go once their acts are sent."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.spaces: dict[str, Space] = {}
        self.beside: dict[str, Beside] = {}
        self.outbox: list[Json] = []
        self.journal: list[Json] = []
        self.outcomes: dict[int, str] = {}
        self.leaving: list[Json] = []
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
        """The request for the first acts that may be sent."""
        acts = self._to_send()[:most]
        known = [token for space in sorted({act["space"] for act in acts}) for token in self._tokens(space)]
        return {"v": 1, "acked": [token for token in known if token is not None], "acts": acts}

    def push(self) -> Json:
        """Send the first acts of the outbox, and take their outcomes. Raises Refused; the outbox is then as it was."""
        body = self.push_body()
        self.confirmed = min(self.confirmed, body["acts"][0]["mid"] - 1)
        status, head, _ = self.device.ask(PUSH, body)
        if status != 200:
            raise Refused(status, head)
        self._take_outcomes(head["outcomes"])
        for act in body["acts"]:
            # An act without an outcome is about a shelf that a restore has closed.
            if act in self.outbox and act["space"] in self.spaces:
                self.spaces[act["space"]].is_closed = True
        return head

    def drain(self) -> None:
        """Push until nothing waits but what has to."""
        before: list[Json] = []
        while (acts := self._to_send()) and acts != before:
            before = acts
            self.push()

    def pull_body(self) -> Json:
        """The request for what is new."""
        named = []
        for space in self.spaces:
            cursor, acked = self._tokens(space)
            named.append({"space": space, "cursor": cursor, "acked": acked})
        busy = [act["space"] for act in self.outbox]
        own = [each for each, held in self.spaces.items() if held.head.get("relation") == "self"]
        wiped = [each for each in self.leaving if each["space"] not in busy]
        queued = sum(space in own for space in busy)
        return {"v": 1, "schema": 1, "spaces": named, "wiped": wiped, "confirmed": self.confirmed, "queued": queued}

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
        self.leaving = [each for each in self.leaving if each not in asked["wiped"]]
        self.is_ended = head["ended"]
        self._take_outcomes(head["outcomes"])
        if head["outcomes"]:
            self.confirmed = head["outcomes"][-1]["mid"]
        self.answers = [each["answer"] for each in head["spaces"]]
        cursors = {each["space"]: each["cursor"] for each in asked["spaces"]}
        for told in head["spaces"]:
            mine, lines = lines[: told.get("rows", 0)], lines[told.get("rows", 0) :]
            self._take(told, mine, cursors.get(told["space"]))
        assert not lines

    def sync(self, most: int = 60) -> None:
        """Push and pull until there is nothing more to be said."""
        for _ in range(most):
            self.drain()
            before = self.confirmed
            self.pull()
            is_filling = any(space.is_filling for space in self.spaces.values()) or "waiting" in self.answers
            if not (self._to_send() or self.pull_body()["wiped"] or is_filling or before != self.confirmed):
                return
        raise AssertionError("the device never came to rest")

    def has_news(self) -> bool:
        """Whether the server says that there may be anything new."""
        tokens = "\n".join(str(each.cursor) for each in self.spaces.values())
        status, _, _ = self.device.send("POST", NEWS, {}, tokens.encode())
        assert status in (200, 204), status
        return status == 200

    def lose_copy(self, space: str) -> None:
        """A copy is gone, or not as it should be: it is filled anew."""
        was = self.spaces.get(space, Space())
        self.spaces[space] = Space(head=was.head, is_closed=was.is_closed)

    def _to_send(self) -> list[Json]:
        """What may be sent: acts about a copy that a restore closed wait."""
        closed = [each for each, space in self.spaces.items() if space.is_closed]
        return [act for act in self.outbox if act["space"] not in closed]

    def _tokens(self, space: str) -> tuple[str | None, str | None]:
        cursor = self.spaces[space].cursor if space in self.spaces else None
        return cursor, self.beside.get(space, Beside()).acked

    def _take_outcomes(self, outcomes: list[Json]) -> None:
        for each in outcomes:
            sent = next((act for act in self.outbox if act["mid"] == each["mid"]), None)
            self.outcomes[each["mid"]] = each["outcome"]
            if sent is None:
                continue
            self.outbox.remove(sent)
            if each["outcome"] == "applied" and sent["space"] in self.spaces:
                self.journal.append(sent)
                self.beside.setdefault(sent["space"], Beside()).acked = each["acked"]

    def _take(self, told: Json, lines: list[bytes], asked: str | None) -> None:
        name = told["space"]
        if told["answer"] == "waiting":
            return
        if told["answer"] == "wipe":
            self._leave(name, told["gen"])
            return
        if told["answer"] == "closed":
            if name in self.spaces:
                self.spaces[name].is_closed = True
            return
        space = self.spaces.setdefault(name, Space())
        if space.cursor != asked:
            return
        space.is_closed = False
        beside = self.beside.setdefault(name, Beside())
        if beside.epoch not in (None, told["epoch"]):
            self._send_again(name)
            space.number = 0
        beside.epoch = told["epoch"]
        self._take_rows(space, told, lines)

    def _leave(self, name: str, gen: str) -> None:
        """A copy goes; what was done about it is offered once more, so that nothing is lost that is believed done."""
        self.spaces.pop(name, None)
        self.beside.pop(name, None)
        self._send_again(name)
        self.leaving = [each for each in self.leaving if each["space"] != name] + [{"space": name, "gen": gen}]

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
        assert told["to"] >= space.number
        space.cursor, space.is_filling = told["cursor"], told["more"]
        if told["more"]:
            return
        space.rows, space.staged, space.number, space.head = into, {}, told["to"], told
        if told["digest"] is not None:
            assert (len(space.rows), space.digest()) == (told["count"], told["digest"])

    def _send_again(self, name: str) -> None:
        """What was acknowledged goes again under its number."""
        again = [act for act in self.journal if act["space"] == name]
        self.journal = [act for act in self.journal if act["space"] != name]
        self.outbox = sorted([*again, *self.outbox], key=lambda act: int(act["mid"]))
        if again:
            self.confirmed = min(self.confirmed, again[0]["mid"] - 1)


__all__ = ["NEWS", "PULL", "PUSH", "Holder", "Refused", "Space", "b64"]
