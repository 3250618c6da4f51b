"""What the model's server keeps, all of which an old backup puts back: shelves, grants, outcomes, replicas, devices."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from app.sync.rules import Cursor, Known, Point, Stand

BEGIN = datetime(2026, 3, 1, 8, tzinfo=UTC)
KEPT = timedelta(days=30)
SIGNED_IN = timedelta(days=30)
CITIZENS = ("k", "h")
PHONES = {"k1": "k", "k2": "k", "h1": "h"}
# Which parts of a shelf each scope sees: a key begins with its part.
SEES = {"own": "can", "wide": "ca", "narrow": "c"}
# The acts that each scope lets a phone send.
TAKES = {
    "own": ("mark", "edit", "set", "withdraw", "poison"),
    "wide": ("mark", "edit", "poison"),
    "narrow": ("mark", "poison"),
}

View = dict[str, str]


@dataclass(frozen=True)
class Row:
    """An item at its number; without a body it was removed."""

    seq: int
    body: str | None


@dataclass(frozen=True)
class Given:
    """A grant by its name, what it lets see, and when it ends by itself."""

    name: str
    level: str
    ends: datetime | None


@dataclass(frozen=True)
class Act:
    """What a person did. ``said`` is a body, or a grant's name to withdraw; ``on`` the body that it was said of."""

    mid: int
    space: str
    kind: str
    key: str
    said: str
    on: str | None = None

    @property
    def payload(self) -> bytes:
        """The hash of all that it says."""
        return hashlib.sha256(repr(self).encode()).digest()


@dataclass(frozen=True)
class CursorToken:
    """Where a phone's copy stands, as the server sealed it."""

    phone: str
    space: str
    cursor: Cursor


@dataclass(frozen=True)
class AckToken:
    """That an act was acknowledged, and where its shelf stood then."""

    phone: str
    space: str
    point: Point
    mid: int | None


Token = CursorToken | AckToken


@dataclass
class Shelf:
    """One citizen's shelf. ``links`` are the chain's value and instant at each number."""

    epoch: int
    seq: int = 0
    chain: bytes = b""
    floor: int = 0
    rows: dict[str, Row] = field(default_factory=dict)
    links: dict[int, tuple[bytes, datetime]] = field(default_factory=lambda: {0: (b"", BEGIN)})
    is_closed: bool = False
    ended: frozenset[int] = frozenset()

    def copy(self) -> "Shelf":
        """The same, apart."""
        return replace(self, rows=dict(self.rows), links=dict(self.links))

    @property
    def stand(self) -> Stand:
        """Where it stands, for the rules."""
        return Stand(Point(self.epoch, self.seq, self.chain), self.floor)

    def put(self, key: str, body: str | None, now: datetime) -> None:
        """Write an item, or remove it."""
        self.seq += 1
        self.chain = hashlib.sha256(repr((self.chain, self.seq, key, body)).encode()).digest()[:8]
        self.rows[key] = Row(self.seq, body)
        self.links[self.seq] = (self.chain, now)

    def sweep(self, now: datetime) -> None:
        """Forget what was removed long ago, and raise the floor to it."""
        old = [seq for seq, (_, at) in self.links.items() if at < now - KEPT]
        self.floor = max([self.floor, *old])
        self.rows = {key: row for key, row in self.rows.items() if row.body is not None or row.seq > self.floor}
        self.links = {seq: link for seq, link in self.links.items() if seq >= self.floor}

    def view(self, level: str) -> View:
        """What a scope sees, by key."""
        return {key: row.body for key, row in self.rows.items() if row.body is not None and key[0] in SEES[level]}

    def after(self, seq: int) -> list[tuple[str, Row]]:
        """What changed after a number, in order."""
        return sorted(((key, row) for key, row in self.rows.items() if row.seq > seq), key=lambda pair: pair[1].seq)


@dataclass(frozen=True)
class Member:
    """A device as the server knows it."""

    person: str
    signed_in: datetime
    is_ended: bool = False
    low_mid: int = 0


@dataclass(frozen=True)
class Replica:
    """What a device was last told of a copy; ``is_to_go``: it is to destroy it."""

    gen: str
    epoch: int
    number: int
    is_to_go: bool = False


@dataclass(frozen=True)
class Done:
    """An act that was answered: by which hash and outcome, when, and about whom."""

    known: Known
    at: datetime
    space: str


@dataclass
class Db:
    """Everything that a backup holds."""

    shelves: dict[str, Shelf]
    members: dict[str, Member]
    given: dict[str, Given] = field(default_factory=dict)
    applied: dict[tuple[str, int], Done] = field(default_factory=dict)
    replicas: dict[tuple[str, str], Replica] = field(default_factory=dict)
    # What acts really did, in order: phone, number, hash.
    effects: list[tuple[str, int, bytes]] = field(default_factory=list)

    def copy(self) -> "Db":
        """The same, apart."""
        return Db(
            {name: shelf.copy() for name, shelf in self.shelves.items()},
            dict(self.members),
            dict(self.given),
            dict(self.applied),
            dict(self.replicas),
            list(self.effects),
        )

    def level(self, person: str, space: str, now: datetime) -> str | None:
        """By which scope a person may see a shelf now; None: not at all."""
        if person == space:
            return "own"
        given = self.given.get(space)
        stands = given is not None and (given.ends is None or now < given.ends)
        return given.level if given is not None and stands and not self.shelves[space].is_closed else None


def digest(view: View) -> bytes:
    """The digest of a view."""
    return hashlib.sha256(repr(sorted(view.items())).encode()).digest()[:8]
