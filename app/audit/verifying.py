"""Check the tree over all logs: leaves against entries, tiles against leaves, and what was signed against them.

Invariant: nothing that is stored is trusted. All hashes are computed from the leaves, each leaf is held against the
entry that it stands for (whose own hash ``service.verify`` computes from its text), and each checkpoint against both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session

from app import errors
from app.audit import checkpoint as checkpoints
from app.audit import cosigning, shredding, stored, tree
from app.audit.checkpoint import Checkpoint
from app.audit.map_check import MapCheck
from app.audit.models import AccessEntryRow, CheckpointRow, LogLeaf, LogTile, LogTree, SubjectHead
from app.audit.signed_note import Key
from app.audit.tree_fault import TreeFault
from app.db.base import table_of
from app.vault import service as vault

# How many leaves are read at once.
AT_ONCE = 5_000

_LEAF, _ENTRY, _TILE, _HEAD = (table_of(each) for each in (LogLeaf, AccessEntryRow, LogTile, SubjectHead))
_LEAVES = select(_LEAF, _ENTRY.c.leaf.label("entry")).join_from(
    _LEAF,
    _ENTRY,
    and_(_ENTRY.c.citizen_id == _LEAF.c.citizen_id, _ENTRY.c.seq == _LEAF.c.seq),
    isouter=True,
)


@dataclass(frozen=True)
class TreeReport:
    """How many leaves were seen, how many checkpoints, and the first fault of each part that has one."""

    size: int
    checkpoints: int
    faults: list[TreeFault]


def verify_tree(session: Session, kept: Checkpoint | None = None, witnesses: Sequence[Key] = ()) -> TreeReport:
    """Check all that is stored of the tree. ``kept``: a checkpoint of it that was kept elsewhere.

    ``witnesses`` are those whose cosignatures are to hold.

    Needs a session that sees one state (``Database.snapshot``).
    """
    walk = _Walk(session, kept)
    for row in _rows(session):
        walk.leaf(row)
    walk.end()
    walk.faults |= {each.part: each for each in cosigning.faults(session, witnesses)}
    return TreeReport(walk.seen.size, walk.signed, list(walk.faults.values()))


def _rows(session: Session) -> Iterator[Row[int, str | None, int | None, bytes, bytes | None, bytes | None]]:
    after = -(1 << 62)
    while True:
        asked = _LEAVES.where(_LEAF.c.position > after).order_by(_LEAF.c.position).limit(AT_ONCE)
        found = session.execute(asked).all()
        if not found:
            return
        yield from found
        after = found[-1].position


class _Walk:
    """Goes through the leaves in their order, once."""

    def __init__(self, session: Session, kept: Checkpoint | None) -> None:
        self.faults: dict[str, TreeFault] = {}
        self.seen = tree.Growing()
        self.signed = 0
        self._session, self._kept = session, kept
        self.maps = MapCheck(session)
        self._ends: dict[str, int] = {}
        self._open: list[list[bytes]] = [[]]
        self._tiles = 0
        self._due = list(session.scalars(select(CheckpointRow).order_by(CheckpointRow.size.desc())))
        self._last: CheckpointRow | None = None
        self._at_size()

    def leaf(self, row: Row[int, str | None, int | None, bytes, bytes | None, bytes | None]) -> None:
        """Hold a leaf against its place, its entry and the tile that it fills."""
        place = self.seen.size
        if row.position != place:
            self._fault("log_leaf", place, "a leaf is missing here, or stands elsewhere")
        if self.maps.is_leaf(row.position):
            if (row.citizen_id, row.seq, row.shredded, row.hash) != (None, None, None, self.maps.leaf(row.position)):
                self._fault("log_leaf", place, "it is not the root of the head map that should stand here")
        elif row.citizen_id is None:
            if row.seq is not None or row.shredded != shredding.sign_of(self._session, row.position, row.hash):
                self._fault("log_leaf", place, "nothing says whose this leaf is, and it was not shredded here")
        else:
            self._own_leaf(place, row)
        self.seen.add(row.hash)
        self._into_tile(0, row.hash)
        self._at_size()

    def _own_leaf(self, place: int, row: Row[int, str | None, int | None, bytes, bytes | None, bytes | None]) -> None:
        due = self._ends.get(row.citizen_id or "", 0) + 1
        self._ends[row.citizen_id or ""] = row.seq or 0
        if row.seq != due:
            self._fault("log_leaf", place, "entries of this log stand in another order", row.citizen_id, row.seq)
        elif row.entry is None:
            self._fault("log_leaf", place, "the entry of this leaf is missing", row.citizen_id, row.seq)
        elif row.entry != row.hash or row.shredded is not None:
            self._fault("log_leaf", place, "leaf and entry differ", row.citizen_id, row.seq)

    def _into_tile(self, level: int, value: bytes) -> None:
        if level == len(self._open):
            self._open.append([])
        hashes = self._open[level]
        hashes.append(value)
        if len(hashes) < 1 << stored.BITS:
            return
        self._open[level] = []
        self._tiles += 1
        root = stored.root_over(hashes)
        number = (self.seen.size - 1) >> stored.BITS * (level + 1)
        first = number << stored.BITS * (level + 1)
        row = select(_TILE.c.hashes, _TILE.c.root).where(_TILE.c.level == level, _TILE.c.number == number)
        found = self._session.execute(row).one_or_none()
        if found is None:
            self._fault("log_tile", first, f"a tile of level {level} is missing")
        elif tuple(found) != (b"".join(hashes), root):
            spans = zip(stored.apart(found.hashes), hashes, strict=False)
            at = next((at for at, (said, is_) in enumerate(spans) if said != is_), 0)
            place = first + (at << stored.BITS * level)
            self._fault("log_tile", place, f"a tile of level {level} does not fit what lies below it")
        self._into_tile(level + 1, root)

    def _at_size(self) -> None:
        """Hold what was signed of the tree as large as it is now against it."""
        size = self.seen.size
        if self._kept is not None and self._kept.size == size and self._kept.root != self.seen.root():
            self._fault("kept", size, "the tree had another root when it had this size")
        while self._due and self._due[-1].size <= size:
            row = self._due.pop()
            self.signed += 1
            fault = self._checkpoint_fault(row) if row.size == size else "no tree has this size"
            if fault is not None:
                self._fault("checkpoint", row.size, fault)
            self._last = row

    def _checkpoint_fault(self, row: CheckpointRow) -> str | None:
        before = self._last.size if self._last else 0
        if row.previous != before:
            return f"another checkpoint came before it, of size {row.previous}"
        try:
            origin = row.note.partition("\n")[0]
            key = checkpoints.log_key(origin, vault.of(self._session).checkpoints)
            said = checkpoints.read(row.note.encode(), key).checkpoint
        except errors.NotVerified:
            return "this installation did not sign it"
        if (said.size, said.root) != (row.size, row.root):
            return "it was signed of another size or root"
        if row.root != self.seen.root():
            return f"the tree is another than was signed: an entry from position {before} on was changed, or its place"
        return None

    def end(self) -> None:
        """What is seen only when all leaves were."""
        size = self.seen.size
        if self._due:
            self._fault("checkpoint", self._due[-1].size, "more was signed than the tree has: leaves are missing")
        if self._kept is not None and self._kept.size > size:
            self._fault("kept", self._kept.size, "more was signed than the tree has: leaves are missing")
        self.faults |= {each.part: each for each in self.maps.faults(size)}
        self._end_of_tiles()
        self._end_of_tree(size)
        for head in self._session.execute(select(_HEAD.c.citizen_id, _HEAD.c.in_tree).order_by(_HEAD.c.citizen_id)):
            end = self._ends.get(head.citizen_id, 0)
            if head.in_tree != end:
                fault = "the log's head and the tree differ about how many entries stand in it"
                self._fault("subject_head", size, fault, head.citizen_id, min(head.in_tree, end) + 1)

    def _end_of_tiles(self) -> None:
        if self._session.scalar(select(func.count()).select_from(_TILE)) != self._tiles:
            self._fault("log_tile", self.seen.size, "there is a tile of what the tree does not have")

    def _end_of_tree(self, size: int) -> None:
        row = self._session.get(LogTree, 1)
        signed = self._last.size if self._last else 0
        if row is None:
            self._fault("log_tree", size, "the tree's own row is missing")
        elif row.size != size:
            self._fault("log_tree", min(row.size, size), f"it says that there are {row.size} leaves")
        elif row.signed != signed:
            self._fault("log_tree", min(row.signed, signed), f"it says that the newest checkpoint is of {row.signed}")
        elif self._last is not None and self._last.note.partition("\n")[0] != row.origin:
            self._fault("log_tree", size, "it says another name than was signed under")

    def _fault(self, part: str, place: int, fault: str, citizen_id: str | None = None, seq: int | None = None) -> None:
        self.faults.setdefault(part, TreeFault(part, place, fault, citizen_id, seq))
