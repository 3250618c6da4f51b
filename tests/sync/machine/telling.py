"""What the model's server tells of one copy; app.sync.telling and app.sync.view once more, with the real rules."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.sync.rules import Cursor
from app.sync.rules import Told as ToldAs
from tests.sync.machine.decisions import Decisions
from tests.sync.machine.shelf import CursorToken, Db, Member, Replica, Row, Shelf, digest
from tests.sync.machine.words import Named, Told, Truth

# How many rows an answer holds.
ROOM = 2
# How long a copy may be read without contact, by docs/protocol.md and not by the rules that are tested.
OWN, LENT = timedelta(days=7), timedelta(hours=24)

Rows = Sequence[tuple[str, Row]]


@dataclass(frozen=True)
class Asking:
    """One copy in a pull: of which phone, and by which scope it is seen; no level: not at all."""

    db: Db
    rules: Decisions
    phone: str
    named: Named
    level: str | None
    now: datetime

    @property
    def member(self) -> Member:
        """The device."""
        return self.db.members[self.phone]

    @property
    def shelf(self) -> Shelf:
        """The shelf that it is a copy of."""
        return self.db.shelves[self.named.space]

    @property
    def cursor(self) -> Cursor | None:
        """Where the copy stands."""
        return self.named.cursor.cursor if self.named.cursor is not None else None

    @property
    def held(self) -> Replica | None:
        """What was last told of it."""
        return self.db.replicas.get((self.phone, self.named.space))

    @property
    def is_own(self) -> bool:
        """Whether it is a copy of the phone's own person."""
        return self.named.space == self.member.person

    @property
    def gen(self) -> str:
        """Which scope this is."""
        given = self.db.given.get(self.named.space)
        return "own" if self.is_own or given is None else f"{given.name} {self.level}"

    @property
    def ends(self) -> datetime | None:
        """When the scope ends by itself."""
        given = self.db.given.get(self.named.space)
        return None if self.is_own or given is None else given.ends

    def truth(self) -> Truth:
        """What the phone may hold now, apart from what it is told; by no rule that a bug can bend."""
        space, person = self.named.space, self.member.person
        level = None if self.member.is_ended else self.db.level(person, space, self.now)
        if level is None:
            return Truth(None, None, None)
        longest = self.now + (OWN if self.is_own else LENT)
        ends = self.ends
        return Truth(level, self.shelf.view(level), longest if ends is None else min(longest, ends))


def go(asking: Asking) -> Told:
    """The order to destroy a copy."""
    held, cursor, space = asking.held, asking.cursor, asking.named.space
    if held is not None:
        asking.db.replicas[asking.phone, space] = replace(held, is_to_go=True)
    gen = held.gen if held is not None else cursor.gen if cursor is not None else ""
    return Told(space, "wipe", asking.truth(), gen=gen)


def silent(asking: Asking) -> Told:
    """What a server with a bug says instead: that nothing changed."""
    cursor, space = asking.cursor, asking.named.space
    if cursor is None:
        return go(asking)
    lease = asking.rules.lease_until(asking.now, None, is_own=False)
    return Told(
        space,
        "up_to_date",
        asking.truth(),
        "up_to_date",
        cursor.point.epoch,
        base=cursor.number,
        to=cursor.number,
        gen=cursor.gen,
        lease=lease,
        cursor=asking.named.cursor,
    )


def tell(asking: Asking, room: int) -> Told:
    """What a copy is told that its phone may hold."""
    view = asking.shelf.view(asking.level or "own")
    stand, cursor, gen = asking.shelf.stand, asking.cursor, asking.gen
    if asking.is_own:
        told = asking.rules.tell(stand, cursor, gen)
    else:
        told = asking.rules.tell_limited(stand, cursor, gen, digest(view))
    told, part, is_all = _part(asking, told, room)
    if not is_all and room != ROOM:
        return Told(asking.named.space, "waiting", asking.truth())
    held, after = asking.held, None if is_all else part[-1][1].seq
    high = held.number if held is not None and held.epoch == stand.point.epoch else 0
    moved = asking.rules.moved(stand, cursor, told, gen, digest(view), after, high)
    asking.db.replicas[asking.phone, asking.named.space] = Replica(gen, stand.point.epoch, moved.number)
    return Told(
        asking.named.space,
        "snapshot" if told in ("start", "page") else told,
        asking.truth(),
        told,
        stand.point.epoch,
        base=cursor.number if cursor is not None and told in ("delta", "up_to_date") else 0,
        to=moved.number,
        gen=gen,
        lease=asking.rules.lease_until(asking.now, asking.ends, is_own=asking.is_own),
        rows=tuple(part),
        more=not is_all,
        cursor=CursorToken(asking.phone, asking.named.space, moved),
    )


def _part(asking: Asking, told: ToldAs, room: int) -> tuple[ToldAs, Rows, bool]:
    if told == "up_to_date":
        return told, (), True
    since, cursor = 0, asking.cursor
    if told != "start" and cursor is not None:
        since = (cursor.point.seq if asking.is_own else 0) if cursor.after is None else cursor.after
    part, is_all = _fit(_after(asking, since), room)
    if told == "delta" and not is_all:
        told = "start"
        part, is_all = _fit(_after(asking, 0), room)
    if told == "start" and is_all:
        part = [pair for pair in part if pair[1].body is not None]
    return told, part, is_all


def _after(asking: Asking, since: int) -> Rows:
    rows = asking.shelf.after(since)
    if asking.is_own:
        return rows
    seen = asking.shelf.view(asking.level or "narrow")
    return [(key, row) for key, row in rows if key in seen]


def _fit(rows: Rows, room: int) -> tuple[Rows, bool]:
    return rows[:room], len(rows) <= room
