"""The Merkle tree over all entries of all logs: roots, proofs, and their checks. Pure; RFC 9162, section 2.1.

Invariant: whoever has checked a root of some size and a consistency proof knows that the larger tree begins with
exactly the same leaves. A tree is read by ``node(level, index)``, the hash of the full subtree of 2**level leaves that
begins at leaf ``index * 2**level``, so that nobody needs all leaves at hand.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

# A hash's length, in bytes.
WIDTH = 32
# The root of a tree without leaves.
EMPTY_ROOT = hashlib.sha256().digest()

Node = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def join(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees that stand side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def node_over(leaves: Sequence[bytes]) -> Node:
    """A tree that is read from the hashes of its leaves: for small ones."""

    def node(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return join(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))

    return node


def root(size: int, node: Node) -> bytes:
    """The root of the tree's first ``size`` leaves."""
    return _root_of(0, size, node) if size else EMPTY_ROOT


class Growing:
    """A tree that is seen leaf by leaf, of which only the roots of its full subtrees are kept."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """The next leaf."""
        self._peaks.append(leaf)
        self.size += 1
        number = self.size
        while number % 2 == 0:
            last = self._peaks.pop()
            self._peaks.append(join(self._peaks.pop(), last))
            number //= 2

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        *before, found = self._peaks
        for each in reversed(before):
            found = join(each, found)
        return found


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """What proves that a leaf stands at ``index`` in the tree of this size, from below to above. Raises ValueError."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    first, last = 0, size
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            path.append(_root_of(middle, last, node))
            last = middle
        else:
            path.append(_root_of(first, middle, node))
            first = middle
    return path[::-1]


def consistency(old: int, size: int, node: Node) -> list[bytes]:
    """What proves that the tree of ``size`` begins with the one of ``old``. Raises ValueError, for ``old`` 0 too."""
    if not 0 < old <= size:
        raise ValueError(f"no proof from a tree of {old} to one of {size}")
    path: list[bytes] = []
    first, last, is_known = 0, size, True
    while old - first < last - first:
        middle = first + _split(last - first)
        if old <= middle:
            path.append(_root_of(middle, last, node))
            last = middle
        else:
            path.append(_root_of(first, middle, node))
            first, is_known = middle, False
    if not is_known:
        path.append(_root_of(first, last, node))
    return path[::-1]


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether a path proves that the leaf stands at ``index`` in the tree of this size and root."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = join(beside, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = join(found, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and found == expected


def is_consistent(old: int, old_root: bytes, size: int, expected: bytes, path: Sequence[bytes]) -> bool:
    """Whether a path proves that the tree of this size and root begins with the one of ``old`` and ``old_root``.

    Nothing follows from an empty tree, so ``old`` 0 is refused.
    """
    if not 0 < old <= size:
        return False
    if old == size:
        return not path and old_root == expected
    steps: Iterator[bytes] = iter(path if old & (old - 1) else [old_root, *path])
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = next(steps, b"")
    for beside in steps:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = join(beside, before), join(beside, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = join(after, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and (before, after) == (old_root, expected)


def peaks(first: int, last: int) -> Iterator[tuple[int, int]]:
    """The full subtrees, as level and index, that make up the leaves from ``first`` to before ``last``, in order.

    ``first`` is a multiple of the largest power of two that fits between them, as in every proof.
    """
    while first < last:
        level = (last - first).bit_length() - 1
        yield level, first >> level
        first += 1 << level


def _root_of(first: int, last: int, node: Node) -> bytes:
    *before, found = [node(*peak) for peak in peaks(first, last)]
    for each in reversed(before):
        found = join(each, found)
    return found


def _split(length: int) -> int:
    """The largest power of two below a length of at least two."""
    return 1 << ((length - 1).bit_length() - 1)
