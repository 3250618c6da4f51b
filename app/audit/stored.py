"""The tree as it is stored: its leaves, and tiles of 256 hashes where such are full.

Invariant: what lies under a full tile is read from it, and what it says was computed from what stood below when it was
made; ``naerblik log verify`` computes it anew.
"""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app import errors
from app.audit import tree
from app.audit.models import LogLeaf, LogTile
from app.db.base import table_of

# A tile holds 2**BITS hashes.
BITS = 8

_LEAF, _TILE = table_of(LogLeaf), table_of(LogTile)


class StoredTree:
    """Reads hashes of full subtrees, as app.audit.tree asks for them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tiles: dict[tuple[int, int], list[bytes] | None] = {}

    def node(self, level: int, index: int) -> bytes:
        """The hash of the full subtree of 2**level leaves that begins at leaf ``index * 2**level``."""
        of_tiles, within = divmod(level, BITS)
        first, last = index << within, (index + 1) << within
        tile = self._tile(of_tiles, first >> BITS)
        if tile is None:
            return root_over(_hashes(self._session, of_tiles, first, last))
        begins = (first >> BITS) << BITS
        return root_over(tile[first - begins : last - begins])

    def _tile(self, level: int, number: int) -> list[bytes] | None:
        if (level, number) not in self._tiles:
            row = select(_TILE.c.hashes).where(_TILE.c.level == level, _TILE.c.number == number)
            found = self._session.scalar(row)
            self._tiles[level, number] = None if found is None else apart(found)
        return self._tiles[level, number]


def add_tiles(session: Session, old: int, new: int) -> None:
    """Keep the tiles that became full while the tree grew from ``old`` leaves to ``new``."""
    level, old, new = 0, old >> BITS, new >> BITS
    while old < new:
        for number in range(old, new):
            hashes = _hashes(session, level, number << BITS, (number + 1) << BITS)
            row = {"level": level, "number": number, "hashes": b"".join(hashes), "root": root_over(hashes)}
            session.execute(insert(_TILE), row)
        level, old, new = level + 1, old >> BITS, new >> BITS


def apart(hashes: bytes) -> list[bytes]:
    """A tile's hashes one by one."""
    return [hashes[at : at + tree.WIDTH] for at in range(0, len(hashes), tree.WIDTH)]


def root_over(hashes: list[bytes]) -> bytes:
    """The root over hashes that stand side by side."""
    return tree.root(len(hashes), tree.node_over(hashes))


def _hashes(session: Session, level: int, first: int, last: int) -> list[bytes]:
    """What stands at a tile level from ``first`` to before ``last``: leaves, or roots of tiles. Raises NotReady."""
    if level == 0:
        asked = select(_LEAF.c.hash).where(_LEAF.c.position >= first, _LEAF.c.position < last)
        found = session.scalars(asked.order_by(_LEAF.c.position)).all()
    else:
        below = select(_TILE.c.root).where(_TILE.c.level == level - 1, _TILE.c.number >= first, _TILE.c.number < last)
        found = session.scalars(below.order_by(_TILE.c.number)).all()
    if len(found) != last - first:
        raise errors.NotReady("Something is missing in the log's tree. Run: naerblik log verify")
    return list(found)
