"""The head map: of every log, by a tag that only we can make, how many entries it has and the last one's hash. Pure.

Invariant: the leaves of a map stand in the order of their tags, each tag once, and its root is over all of them; so
whoever sees one leaf proved knows that nobody was told of another end of the same log in the same map.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.audit import tree
from app.vault import envelope

NAMESPACE = "naerblik/log-map/v1"
# Leaves that are stored together: a power of two, so that a chunk is a subtree of the map.
CHUNK = 4096
TAG, _COUNT = 32, 8
RECORD = TAG + _COUNT + tree.WIDTH


@dataclass(frozen=True)
class MapLeaf:
    """Where one log ends: its tag (32 bytes), how many entries it has, and the hash of the last."""

    tag: bytes
    count: int
    head: bytes

    def to_bytes(self) -> bytes:
        """72 bytes, whose leaf hash stands in the map."""
        return self.tag + self.count.to_bytes(_COUNT, "big") + self.head


@dataclass(frozen=True)
class MapRoot:
    """One map: its day (``YYYY-MM-DD``), how many leaves it has, and its root."""

    day: str
    size: int
    root: bytes

    def leaf(self) -> bytes:
        """The hash under which the map stands in the tree over all logs."""
        return tree.leaf_hash(envelope.context(NAMESPACE, self.day, self.size, self.root))


def leaf_of(record: bytes) -> MapLeaf:
    """The inverse of ``MapLeaf.to_bytes``."""
    return MapLeaf(record[:TAG], int.from_bytes(record[TAG : TAG + _COUNT], "big"), record[TAG + _COUNT :])


def chunks(leaves: Iterable[MapLeaf]) -> Iterator[bytes]:
    """The records of all leaves, in the order of their tags, as many together as are stored together."""
    # By their first byte: at millions, records in a few long strings take a third of what objects would.
    buckets = [bytearray() for _ in range(256)]
    for each in leaves:
        buckets[each.tag[0]] += each.to_bytes()
    waiting = bytearray()
    for bucket in buckets:
        waiting += b"".join(sorted(records(bytes(bucket))))
        while len(waiting) >= CHUNK * RECORD:
            yield bytes(waiting[: CHUNK * RECORD])
            del waiting[: CHUNK * RECORD]
    if waiting:
        yield bytes(waiting)


def records(chunk: bytes) -> list[bytes]:
    """The records of a chunk one by one."""
    return [chunk[at : at + RECORD] for at in range(0, len(chunk), RECORD)]


def root_of(chunk: bytes) -> bytes:
    """The root over the leaves of a chunk."""
    hashes = [tree.leaf_hash(each) for each in records(chunk)]
    return tree.root(len(hashes), tree.node_over(hashes))


def root_over(roots: Sequence[bytes]) -> bytes:
    """The root of the map whose chunks have these roots."""
    return tree.root(len(roots), tree.node_over(roots))


def find(chunk: bytes, tag: bytes) -> int | None:
    """Where in a chunk the leaf of a tag stands; None when it is not there."""
    found = records(chunk)
    at = bisect_left(found, tag)
    return at if at < len(found) and found[at][:TAG] == tag else None


def path_of(chunk: bytes, at: int, number: int, roots: Sequence[bytes]) -> list[bytes]:
    """What proves that the leaf at a place of the chunk of this number stands in the map, from below to above."""
    hashes = [tree.leaf_hash(each) for each in records(chunk)]
    within = tree.inclusion(at, len(hashes), tree.node_over(hashes))
    return [*within, *tree.inclusion(number, len(roots), tree.node_over(roots))]


def is_proved(leaf: MapLeaf, index: int, path: Sequence[bytes], of: MapRoot) -> bool:
    """Whether a path proves that the leaf stands at ``index`` in this map."""
    return tree.is_included(tree.leaf_hash(leaf.to_bytes()), index, of.size, path, of.root)
