"""What of a shelf belongs into a copy: all of one's own, and of somebody else's what the scope sees.

Invariant: what a lent copy leaves out leaves no trace in it, neither in a list that names it nor in a number.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app import clock
from app.access.scope import Scope
from app.appointments import copies as appointments
from app.medication import copies as medication
from app.records import freshness, marks
from app.records import item as items
from app.records import service as records
from app.records.heads import Head
from app.records.item import RawRow
from app.sync.answers import MOST_BYTES, MOST_ROWS

READERS = {"medication:read": medication.read_items, "appointments:read": appointments.read_items}


@dataclass(frozen=True)
class View:
    """All that a lent copy holds, in the order of the shelf's numbers; ``sources`` are those that it comes from."""

    rows: tuple[RawRow, ...]
    digest: bytes
    sources: frozenset[str]


@dataclass(frozen=True)
class Part:
    """Rows that fit into an answer, in order; ``is_all`` tells whether none are left after them."""

    rows: tuple[RawRow, ...]
    is_all: bool


@dataclass(frozen=True)
class Room:
    """How many rows and bytes of rows an answer can still hold."""

    rows: int = MOST_ROWS
    bytes: int = MOST_BYTES

    @property
    def is_whole(self) -> bool:
        """Whether nothing is in the answer yet."""
        return self == Room()

    def after(self, part: Part) -> "Room":
        """What is left once a part is in it."""
        return Room(self.rows - len(part.rows), self.bytes - sum(size_of(row) for row in part.rows))


def lent(session: Session, scope: Scope) -> View:
    """What somebody else's device may hold now: as the domains show it under the scope's grants."""
    key = marks.mark_key(session, scope.citizen_id)
    rows, sources = [], set[str]()
    for word, grant in scope.reads.items():
        for collection, item in READERS[word](session, grant):
            body = items.to_bytes(item)
            rows.append(RawRow(collection, item.key, item.seq, marks.mark_of(key, collection, item.key, body), body))
            sources.add(item.source)
    rows.sort(key=lambda row: (row.seq, row.collection, row.key))
    return View(tuple(rows), marks.digest(row.mark for row in rows), frozenset(sources))


def own_part(session: Session, scope: Scope, head: Head, after: int, room: Room) -> Part:
    """What changed on one's own shelf after a number, removals too, as much as there is room for."""
    [grant] = scope.reads.values()
    return _fit(records.rows_after(session, grant, after, head.seq, room.rows + 1), room)


def lent_part(view: View, after: int, room: Room) -> Part:
    """What of a view lies after a number, as much as there is room for."""
    return _fit([row for row in view.rows if row.seq > after], room)


def sources_of(session: Session, scope: Scope, view: View | None) -> list[dict[str, str | None]]:
    """When each source of a copy was last heard; of a lent one, only of the sources that it shows."""
    heard = freshness.read(session, next(iter(scope.reads.values())))
    return [
        {
            "source": each.source,
            "answered_at": clock.utc_text(each.answered_at) if each.answered_at else None,
            "failing_since": clock.utc_text(each.failing_since) if each.failing_since else None,
        }
        for name, each in sorted(heard.items())
        if view is None or name in view.sources
    ]


def size_of(row: RawRow) -> int:
    """How many bytes the line of a row takes."""
    return len(row.collection) + len(row.key) + 2 + len(row.body or b"")


def _fit(rows: list[RawRow], room: Room) -> Part:
    """The first of the rows; one row always fits into an empty answer, however long it is."""
    kept: list[RawRow] = []
    left = room.bytes
    for row in rows[: room.rows]:
        left -= size_of(row)
        if left < 0 and (kept or not room.is_whole):
            break
        kept.append(row)
    return Part(tuple(kept), len(kept) == len(rows))
