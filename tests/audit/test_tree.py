"""The Merkle tree against its definition, word for word, and proofs of which every bit counts."""

import hashlib
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audit import tree

LEAVES = [tree.leaf_hash(number.to_bytes(4, "big")) for number in range(70)]
SIZES = range(1, len(LEAVES) + 1)


def defined(leaves: Sequence[bytes]) -> bytes:
    """The root as the definition has it: halves at the largest power of two below the length, joined."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    middle = 1
    while 2 * middle < len(leaves):
        middle *= 2
    return hashlib.sha256(b"\x01" + defined(leaves[:middle]) + defined(leaves[middle:])).digest()


ROOTS = {size: defined(LEAVES[:size]) for size in [0, *SIZES]}
NODE = tree.node_over(LEAVES)


def test_the_root_is_the_defined_one_at_every_size() -> None:
    assert {size: tree.root(size, NODE) for size in [0, *SIZES]} == ROOTS


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proved_at_its_place_and_at_no_other(size: int) -> None:
    for index in range(size):
        path = tree.inclusion(index, size, NODE)
        places = [at for at in range(size) if tree.is_included(LEAVES[index], at, size, path, ROOTS[size])]
        assert places == [index]
        assert len(path) <= (size - 1).bit_length()


@pytest.mark.parametrize("size", SIZES)
def test_every_tree_is_proved_to_begin_with_each_smaller_one_and_no_other(size: int) -> None:
    for old in range(1, size + 1):
        path = tree.consistency(old, size, NODE)
        sizes = [each for each in range(size + 1) if tree.is_consistent(each, ROOTS[old], size, ROOTS[size], path)]
        assert sizes == [old]


def test_nothing_follows_from_an_empty_tree_or_from_a_larger_one() -> None:
    assert not tree.is_consistent(0, ROOTS[0], 5, ROOTS[5], [])
    assert not tree.is_consistent(6, ROOTS[6], 5, ROOTS[5], [])
    assert not tree.is_included(LEAVES[0], 1, 1, [], ROOTS[1])
    for old, size in ((0, 5), (6, 5), (-1, 5)):
        with pytest.raises(ValueError, match="no proof"):
            tree.consistency(old, size, NODE)
    for index in (-1, 5):
        with pytest.raises(ValueError, match="no leaf"):
            tree.inclusion(index, 5, NODE)


@given(st.data(), st.sampled_from(SIZES))
def test_every_flipped_bit_and_every_hash_too_few_or_too_many_fails(data: st.DataObject, size: int) -> None:
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    included, consistent = tree.inclusion(index, size, NODE), tree.consistency(old, size, NODE)
    bit = data.draw(st.integers(0, 8 * tree.WIDTH - 1))

    def flipped(value: bytes) -> bytes:
        return (int.from_bytes(value, "big") ^ (1 << bit)).to_bytes(len(value), "big")

    assert not tree.is_included(flipped(LEAVES[index]), index, size, included, ROOTS[size])
    assert not tree.is_included(LEAVES[index], index, size, included, flipped(ROOTS[size]))
    assert not tree.is_consistent(old, flipped(ROOTS[old]), size, ROOTS[size], consistent)
    assert not tree.is_consistent(old, ROOTS[old], size, flipped(ROOTS[size]), consistent)
    for path in _spoiled(included, flipped):
        assert not tree.is_included(LEAVES[index], index, size, path, ROOTS[size])
    for path in _spoiled(consistent, flipped):
        assert not tree.is_consistent(old, ROOTS[old], size, ROOTS[size], path)


def _spoiled(path: list[bytes], flipped: Callable[[bytes], bytes]) -> list[list[bytes]]:
    changed = [[*path[:at], flipped(path[at]), *path[at + 1 :]] for at in range(len(path))]
    swapped = [[*path[:at], path[at + 1], path[at], *path[at + 2 :]] for at in range(len(path) - 1)]
    return [*changed, *swapped, *([path[:-1]] if path else []), [*path, LEAVES[0]], [LEAVES[0], *path]]
