"""The tree grows by what is logged, each entry once, and what is signed of it is right."""

import pytest

from app import errors
from app.audit import growing, stored, tree
from app.audit.growing import Grown
from tests.audit.rows import ORIGIN, check, defined, leaves_of, log_key, rows
from tests.conftest import Raw
from tests.house import House


@pytest.fixture(autouse=True)
def small_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few entries make tiles of three levels."""
    monkeypatch.setattr(stored, "BITS", 2)


def grow(house: House) -> Grown:
    return growing.grow(house.database, ORIGIN, house.at)


def look_at(house: House, citizen_id: str, times: int) -> None:
    for _ in range(times):
        with house.open(citizen_id, "medication:read"):
            pass


def test_every_entry_comes_into_the_tree_once_and_its_root_is_signed(house: House) -> None:
    anna, bodil = house.citizen("1501701234", "Anna"), house.citizen("0202601234", "Bodil")
    sizes = []
    for times in (1, 3, 0, 6, 9):
        look_at(house, anna, times)
        look_at(house, bodil, times // 2)
        done = grow(house)
        sizes.append(check(house, 2))
        assert (done.signed, grow(house)) == (sizes[-1], Grown(0, sizes[-1]))

    assert sizes == [3, 7, 7, 16, 29]
    assert [size for (size,) in rows(house.database, "SELECT size FROM checkpoint ORDER BY size")] == [3, 7, 16, 29]


def test_a_log_that_holds_more_than_is_taken_at_once_is_come_back_to(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growing, "MOST_LOGS", 2)  # or the test would need more than 200 logs
    for number in range(5):
        look_at(house, house.citizen(f"01017012{number:02}"), number + 1)

    assert grow(house).entries == check(house, 2) == 20


def test_an_older_installation_s_entries_all_come_in(house: House, raw: Raw) -> None:
    look_at(house, house.citizen(), 5)
    grow(house)
    for table in ("log_leaf", "log_tile", "checkpoint"):
        raw.run(f"DELETE FROM {table}")  # noqa: S608  names of ours
    raw.run("UPDATE log_tree SET size = 0, origin = NULL")
    raw.run("UPDATE subject_head SET in_tree = 0")

    assert grow(house) == Grown(6, 6)
    assert check(house, 2) == 6


def test_nothing_logged_is_nothing_signed(house: House) -> None:
    assert grow(house) == Grown(0, 0)


def test_what_stands_after_a_gap_is_left_out(house: House, raw: Raw) -> None:
    look_at(house, house.citizen(), 5)
    raw.run("DELETE FROM access_entry WHERE seq = 3")

    assert grow(house) == Grown(2, 2)
    assert grow(house) == Grown(0, 2)


def test_a_tree_that_contradicts_what_was_signed_is_not_signed(house: House, raw: Raw) -> None:
    bodil = house.citizen()
    look_at(house, bodil, 2)
    grow(house)
    raw.run("UPDATE log_leaf SET hash = :hash WHERE position = 1", hash=b"x" * 32)
    look_at(house, bodil, 1)

    with pytest.raises(errors.NotReady, match="contradicts"):
        grow(house)
    assert rows(house.database, "SELECT size FROM checkpoint") == [(3,)]


def test_a_tree_that_was_cut_is_not_signed(house: House, raw: Raw) -> None:
    bodil = house.citizen()
    look_at(house, bodil, 2)
    grow(house)
    raw.run("UPDATE log_tree SET size = 2")
    raw.run("DELETE FROM log_leaf WHERE position = 2")

    with pytest.raises(errors.NotReady, match="contradicts"):
        grow(house)


def test_the_stored_tree_proves_what_the_definition_says(house: House) -> None:
    look_at(house, house.citizen(), 43)
    grow(house)
    leaves, key = leaves_of(house.database), log_key(house)
    assert (len(leaves), key.name) == (44, ORIGIN)
    with house.database.reading() as session:
        for size in range(1, 45):
            node = stored.StoredTree(session).node
            assert tree.root(size, node) == defined(leaves[:size])
            for at in range(size):
                path = tree.inclusion(at, size, node)
                assert tree.is_included(leaves[at], at, size, path, defined(leaves[:size]))
