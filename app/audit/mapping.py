"""Make the head map once a day, put its root into the tree, and prove where a citizen's log stood in it.

Invariant: a map's chunks, its row and its leaf in the tree are one transaction under the tree's row, so of each day
there is one map or none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app import clock
from app.audit import growing, head_map, reconciling
from app.audit.head_map import MapLeaf, MapRoot
from app.audit.models import LogMap, LogMapChunk, SubjectHead
from app.db.base import table_of
from app.db.session import Database
from app.vault import service as vault
from app.vault.service import Vault

# Of how many maps the leaves are kept: of one whose root is signed for sure, and of the newest. While an alarm about
# the log stands, older ones are kept too.
KEPT = 2
AT_ONCE = 10_000

_HEAD, _MAP, _CHUNK = table_of(SubjectHead), table_of(LogMap), table_of(LogMapChunk)


@dataclass(frozen=True)
class MapProof:
    """That a log ended so in a map: the leaf, its index and path in the map, and the map's position in the tree."""

    leaf: MapLeaf
    index: int
    path: Sequence[bytes]
    of: MapRoot
    position: int


def is_due(database: Database, now: datetime) -> bool:
    """Whether today's map is still to be made."""
    with database.reading() as session:
        return session.get(LogMap, clock.civil_date(now).isoformat()) is None


def make(database: Database, origin: str, now: datetime) -> int | None:
    """Make today's map; returns how many leaves it has, and None when it was made already, or no log has a head."""
    day = clock.civil_date(now).isoformat()
    if not is_due(database, now):
        return None
    with database.snapshot() as session:
        made = list(head_map.chunks(_leaves(session)))
    if not made:
        return None
    roots = [head_map.root_of(each) for each in made]
    size = sum(len(each) for each in made) // head_map.RECORD
    root = MapRoot(day, size, head_map.root_over(roots))
    with database.transaction() as session:
        held = growing.hold(session)
        if session.get(LogMap, day) is not None:
            return None  # another worker was first
        rows = [
            {"day": day, "number": number, "first": chunk[: head_map.TAG], "leaves": chunk, "root": roots[number]}
            for number, chunk in enumerate(made)
        ]
        for row in rows:
            session.execute(insert(_CHUNK), row)
        position = growing.put_leaf(session, held, origin, root.leaf())
        session.execute(
            insert(_MAP),
            {"day": day, "size": size, "root": root.root, "position": position, "made_at": now},
        )
        if not reconciling.is_alarmed(session):
            kept = session.scalars(select(_MAP.c.day).order_by(_MAP.c.day.desc()).limit(KEPT)).all()
            session.execute(delete(_CHUNK).where(_CHUNK.c.day.not_in(kept)))
    return size


def prove(session: Session, citizen_id: str, below: int) -> MapProof | None:
    """The proof from the newest map whose root stands below this size of the tree.

    None where there is no such map, or the citizen's log is younger than it.
    """
    row = session.execute(select(_MAP).where(_MAP.c.position < below).order_by(_MAP.c.position.desc()).limit(1)).first()
    tag = tag_of(vault.of(session), citizen_id)
    if row is None:
        return None
    asked = select(_CHUNK.c.number, _CHUNK.c.leaves).where(_CHUNK.c.day == row.day, _CHUNK.c.first <= tag)
    chunk = session.execute(asked.order_by(_CHUNK.c.number.desc()).limit(1)).first()
    at = head_map.find(chunk.leaves, tag) if chunk is not None else None
    if chunk is None or at is None:
        return None
    roots = session.scalars(select(_CHUNK.c.root).where(_CHUNK.c.day == row.day).order_by(_CHUNK.c.number)).all()
    leaf = head_map.leaf_of(head_map.records(chunk.leaves)[at])
    path = head_map.path_of(chunk.leaves, at, chunk.number, roots)
    index = chunk.number * head_map.CHUNK + at
    return MapProof(leaf, index, path, MapRoot(row.day, row.size, row.root), row.position)


def tag_of(keys: Vault, citizen_id: str) -> bytes:
    """Under which tag a citizen's log stands in maps: 32 bytes that lead back to nobody."""
    return keys.map_tags.of("log map", citizen_id)


def _leaves(session: Session) -> Iterator[MapLeaf]:
    keys = vault.of(session)
    after = ""
    while True:
        asked = select(_HEAD.c.citizen_id, _HEAD.c.count, _HEAD.c.head).where(_HEAD.c.citizen_id > after)
        rows = session.execute(asked.order_by(_HEAD.c.citizen_id).limit(AT_ONCE)).all()
        if not rows:
            return
        for citizen_id, count, head in rows:
            yield MapLeaf(tag_of(keys, citizen_id), count, head)
        after = rows[-1].citizen_id
