"""Check the head maps: their chunks against their roots, and the newest one against every log."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import head_map, mapping
from app.audit.head_map import MapRoot
from app.audit.models import AccessEntryRow, LogMap, LogMapChunk, SubjectHead
from app.audit.tree_fault import TreeFault
from app.db.base import table_of
from app.vault import service as vault

_HEAD, _ENTRY, _CHUNK = (table_of(each) for each in (SubjectHead, AccessEntryRow, LogMapChunk))


class MapCheck:
    """All maps that there are, by where their roots stand in the tree."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._maps = {row.position: row for row in session.scalars(select(LogMap).order_by(LogMap.position))}

    def is_leaf(self, position: int) -> bool:
        """Whether a map's root should stand here."""
        return position in self._maps

    def leaf(self, position: int) -> bytes:
        """The hash that should stand here."""
        row = self._maps[position]
        return MapRoot(row.day, row.size, row.root).leaf()

    def faults(self, size: int) -> Iterator[TreeFault]:
        """The first fault of the maps and of their chunks, in a tree of this size. ``place`` is the map's position."""
        rows = [self._maps[each] for each in sorted(self._maps)]
        beyond = [row for row in rows if row.position >= size]
        if beyond:
            yield TreeFault("log_map", beyond[0].position, f"the map of {beyond[0].day} does not stand in the tree")
        stored = set(self._session.scalars(select(_CHUNK.c.day).distinct()))
        kept = [row for row in rows if row.day in stored or row in rows[-mapping.KEPT :]]
        strange = min(stored - {row.day for row in rows}, default=None)
        if strange is not None:
            yield TreeFault("log_map_chunk", size, f"leaves are stored of a map of {strange}, which there is not")
            return
        for row in kept:
            fault = self._fault_of(row)
            if fault is not None:
                yield TreeFault("log_map_chunk", row.position, f"{fault} in the map of {row.day}")
                return
        if kept:
            yield from self._logs(kept[-1])

    def _fault_of(self, row: LogMap) -> str | None:
        roots, last, size = list[bytes](), b"", 0
        for chunk in self._chunks(row.day):
            found = head_map.records(chunk.leaves)
            tags = [last, *(each[: head_map.TAG] for each in found)]
            if chunk.number != len(roots) or chunk.first != chunk.leaves[: head_map.TAG]:
                return f"chunk {len(roots)} is missing or begins elsewhere"
            if chunk.root != head_map.root_of(chunk.leaves) or tags != sorted(set(tags)):
                return f"chunk {len(roots)} was changed: a root or an order does not hold"
            roots.append(chunk.root)
            last, size = tags[-1], size + len(found)
        if size != row.size or head_map.root_over(roots) != row.root:
            return f"there are {size} leaves of {row.size}, or other ones,"
        return None

    def _chunks(self, day: str) -> Iterator[LogMapChunk]:
        yield from self._session.scalars(select(LogMapChunk).where(LogMapChunk.day == day).order_by(LogMapChunk.number))

    def _logs(self, row: LogMap) -> Iterator[TreeFault]:
        """The first log that is not as the map says, though longer it may be."""
        ends = {
            leaf.tag: leaf
            for chunk in self._chunks(row.day)
            for leaf in map(head_map.leaf_of, head_map.records(chunk.leaves))
        }
        keys = vault.of(self._session)
        for citizen_id in self._session.scalars(select(_HEAD.c.citizen_id).order_by(_HEAD.c.citizen_id)):
            end = ends.get(mapping.tag_of(keys, citizen_id))
            if end is None or end.count == 0:
                continue
            asked = select(_ENTRY.c.leaf).where(_ENTRY.c.citizen_id == citizen_id, _ENTRY.c.seq == end.count)
            if self._session.scalar(asked) != end.head:
                fault = f"the log is shorter or another than it was in the map of {row.day}"
                yield TreeFault("log_map", row.position, fault, citizen_id, end.count)
                return
