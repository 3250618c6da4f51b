"""What stands in the database of the log's tree, held against the plain definition of it."""

import hashlib
from collections.abc import Sequence
from itertools import count
from typing import Any

from sqlalchemy import text

from app.audit import checkpoint as checkpoints
from app.audit.signed_note import Key
from app.db.session import Database
from tests.house import House

ORIGIN = "localhost:8000/log"


def defined(leaves: Sequence[bytes]) -> bytes:
    """The root as the definition has it: halves at the largest power of two below the length, joined."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    middle = 1
    while 2 * middle < len(leaves):
        middle *= 2
    return hashlib.sha256(b"\x01" + defined(leaves[:middle]) + defined(leaves[middle:])).digest()


def log_key(house: House, origin: str = ORIGIN) -> Key:
    """The key under which this house signs its log."""
    return checkpoints.log_key(origin, house.opened.vault.checkpoints)


def rows(database: Database, statement: str) -> list[tuple[Any, ...]]:
    """What a statement finds."""
    with database.reading() as session:
        return [
            tuple(bytes(x) if isinstance(x, memoryview) else x for x in each)
            for each in session.execute(text(statement))
        ]


def leaves_of(database: Database) -> list[bytes]:
    """The tree's leaves, which stand at positions without a gap."""
    found = rows(database, "SELECT position, hash FROM log_leaf ORDER BY position")
    assert [each[0] for each in found] == list(range(len(found)))
    return [each[1] for each in found]


def check(house: House, bits: int = 8) -> int:
    """Raise AssertionError unless all that is stored of the tree is right; returns its size."""
    database = house.database
    leaves = leaves_of(database)
    assert rows(database, "SELECT size FROM log_tree") == [(len(leaves),)]
    strange = rows(
        database,
        "SELECT l.position FROM log_leaf l LEFT JOIN access_entry e ON e.citizen_id = l.citizen_id AND e.seq = l.seq "
        "WHERE e.leaf IS NULL OR e.leaf <> l.hash",
    )
    assert strange == []
    entries = rows(database, "SELECT citizen_id, seq FROM log_leaf WHERE citizen_id IS NOT NULL ORDER BY position")
    for citizen_id, in_tree in rows(database, "SELECT citizen_id, in_tree FROM subject_head"):
        assert [seq for of, seq in entries if of == citizen_id] == list(range(1, in_tree + 1))
    _check_tiles(database, leaves, bits)
    for size, root, note in rows(database, "SELECT size, root, note FROM checkpoint"):
        said = checkpoints.read(note.encode(), log_key(house)).checkpoint
        assert (said.size, said.root) == (size, root)
        assert root == defined(leaves[: said.size])
    return len(leaves)


def _check_tiles(database: Database, leaves: list[bytes], bits: int) -> None:
    found = {
        (each[0], each[1]): each[2:] for each in rows(database, "SELECT level, number, hashes, root FROM log_tile")
    }
    expected, below, width = {}, leaves, 1 << bits
    for level in count():
        full = [below[at : at + width] for at in range(0, len(below) - width + 1, width)]
        if not full:
            break
        below = [defined(each) for each in full]
        expected |= {(level, at): (b"".join(each), below[at]) for at, each in enumerate(full)}
    assert found == expected
