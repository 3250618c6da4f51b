"""Make the tree grow by the entries that it lacks, then sign what it has come to.

Invariant: the tree's row is held by whoever makes it grow; leaves, tiles, its size and how far each log stands in it
are one transaction; a checkpoint is signed in a later one, of what is committed. So whatever is killed in between
leaves a tree in which each entry stands once, and of each size one root is signed, which contradicts none before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.orm import Session

from app import errors
from app.audit import checkpoint as checkpoints
from app.audit import stored, tree
from app.audit.checkpoint import Checkpoint
from app.audit.models import AccessEntryRow, CheckpointRow, LogLeaf, LogTree, SubjectHead
from app.audit.stored import StoredTree
from app.db.base import table_of
from app.db.session import Database
from app.vault import service as vault

# How many logs, and how many entries of one, go into the tree in a transaction: nobody's lock is held for long.
MOST_LOGS, MOST_ENTRIES = 200, 500

_HEAD, _ENTRY, _LEAF = table_of(SubjectHead), table_of(AccessEntryRow), table_of(LogLeaf)
_TREE = select(LogTree).where(LogTree.id == 1)
_ENTRIES = (
    select(_ENTRY.c.seq, _ENTRY.c.leaf)
    .where(_ENTRY.c.citizen_id == bindparam("citizen"), _ENTRY.c.seq > bindparam("after"))
    .order_by(_ENTRY.c.seq)
    .limit(MOST_ENTRIES)
)
_MOVE = update(_HEAD).where(_HEAD.c.citizen_id == bindparam("citizen")).values(in_tree=bindparam("last"))


@dataclass(frozen=True)
class Grown:
    """How many entries went into the tree, and its size when it was signed last; 0 when it never was."""

    entries: int
    signed: int


def grow(database: Database, origin: str, now: datetime) -> Grown:
    """Put every entry into the tree, as ``put_in_all``, and sign it, as ``sign``."""
    return Grown(put_in_all(database, origin), sign(database, now))


def put_in_all(database: Database, origin: str) -> int:
    """Put every entry that is committed and not locked just now into the tree; returns how many.

    ``origin`` is the name of a log that begins.
    """
    total, after = 0, ""
    while True:
        with database.transaction() as session:
            held = hold(session)
            heads = _due(session, after)
            if not heads:
                break
            put_in = [_put_in(session, held, origin, each) for each in heads]
        total += sum(put_in)
        # A log that holds more than was taken of it is come back to.
        cut = next((at for at, number in enumerate(put_in) if number == MOST_ENTRIES), len(heads))
        after = heads[cut - 1].citizen_id if cut else after
    return total


def sign(database: Database, now: datetime) -> int:
    """Sign the tree as it is committed, if it is not signed yet; returns its size when it was signed last, 0 for never.

    Raises NotReady, and signs nothing, when the stored tree contradicts what was signed.
    """
    with database.transaction() as session:
        return _sign(session, now)


def hold(session: Session) -> LogTree:
    """The tree's row, held until the transaction ends. Raises NotReady when it is missing."""
    held = session.scalars(_TREE.with_for_update()).one_or_none()
    if held is None:
        raise errors.NotReady("The log's tree is missing. Run: naerblik log verify")
    return held


def put_leaf(session: Session, held: LogTree, origin: str, leaf: bytes) -> int:
    """Put a leaf that is nobody's entry behind the last; returns its position."""
    position = held.size
    _put(session, held, origin, [{"position": position, "citizen_id": None, "seq": None, "hash": leaf}])
    return position


def _due(session: Session, after: str) -> Sequence[Row[str, int, int]]:
    """The heads of logs with entries that the tree lacks, held; one to which somebody writes just now has its time."""
    asked = select(_HEAD.c.citizen_id, _HEAD.c.count, _HEAD.c.in_tree).where(_HEAD.c.count > _HEAD.c.in_tree)
    asked = asked.where(_HEAD.c.citizen_id > after).order_by(_HEAD.c.citizen_id).limit(MOST_LOGS)
    return session.execute(asked.with_for_update(skip_locked=True)).all()


def _put_in(session: Session, held: LogTree, origin: str, head: Row[str, int, int]) -> int:
    """Put what the tree lacks of one log into it, up to a gap: a missing entry is for `log verify` to name."""
    found = session.execute(_ENTRIES, {"citizen": head.citizen_id, "after": head.in_tree}).all()
    whole = [each for number, each in enumerate(found, start=head.in_tree + 1) if each.seq == number]
    if not whole:
        return 0
    leaves = [
        {"position": position, "citizen_id": head.citizen_id, "seq": each.seq, "hash": each.leaf}
        for position, each in enumerate(whole, start=held.size)
    ]
    _put(session, held, origin, leaves)
    session.execute(_MOVE, {"citizen": head.citizen_id, "last": whole[-1].seq})
    return len(leaves)


def _put(session: Session, held: LogTree, origin: str, leaves: Sequence[Mapping[str, object]]) -> None:
    size = held.size + len(leaves)
    session.execute(insert(_LEAF), leaves)
    stored.add_tiles(session, held.size, size)
    held.origin = held.origin or origin
    held.size = size


def _sign(session: Session, now: datetime) -> int:
    held = session.scalars(_TREE.with_for_update()).one_or_none()
    last = session.scalars(select(CheckpointRow).order_by(CheckpointRow.size.desc()).limit(1)).one_or_none()
    if held is None or held.origin is None or held.size == 0:
        return 0
    if last is not None and last.size == held.size:
        return last.size
    node = StoredTree(session).node
    root = tree.root(held.size, node)
    if last is not None and not _follows(last, held.size, root, node):
        raise errors.NotReady("The log's tree contradicts what was signed of it. Run: naerblik log verify")
    made = checkpoints.sign(Checkpoint(held.origin, held.size, root), vault.of(session).checkpoints)
    previous, held.signed = held.signed, held.size
    row = CheckpointRow(size=held.size, previous=previous, root=root, note=made.to_bytes().decode(), made_at=now)
    session.add(row)
    return held.size


def _follows(last: CheckpointRow, size: int, root: bytes, node: tree.Node) -> bool:
    if last.size > size:
        return False
    return tree.is_consistent(last.size, last.root, size, root, tree.consistency(last.size, size, node))
