# ruff: noqa: S608 - the statements are this file's own
"""Whatever is changed in the rows of the log and its tree is found, and the first wrong place is named."""

from collections.abc import Callable
from typing import Any

import pytest

from app.audit import growing, stored
from tests.audit.rows import ORIGIN
from tests.conftest import Raw
from tests.house import House
from tests.shell import Shell

# Anna's entries stand at 0-4 and 8-11, Bodil's at 5-7 and 12-13; 14 and 15 are Anna's and not signed of yet.
SIGNED = (8, 14, 16)


@pytest.fixture
def filled(light_house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(stored, "BITS", 1)  # so that few entries make tiles of several levels
    house = light_house
    people = sorted(house.citizen(number) for number in ("1501701234", "0202601234"))
    for looks in ((4, 2), (4, 2), (2, 0)):
        for citizen_id, times in zip(people, looks, strict=True):
            for _ in range(times):
                with house.open(citizen_id, "medication:read"):
                    house.wait(minutes=1)
        growing.grow(house.database, ORIGIN, house.at)
    return house


def verified(house: House, capsys: pytest.CaptureFixture[str], *more: object) -> dict[str, Any]:
    code, told = Shell(house, capsys).run("log", "verify", *more)
    assert code == (0 if told["valid"] else 1)
    assert isinstance(told, dict)
    return told


def places(told: dict[str, Any]) -> dict[str, int]:
    """The first fault of each part: of a chain the entry's number, of the tree the place."""
    chain = {"chain": told["faults"][0]["seq"]} if told["faults"] else {}
    return chain | {each["part"]: each["place"] for each in told["tree"]["faults"]}


def test_what_nobody_touched_is_valid(filled: House, capsys: pytest.CaptureFixture[str]) -> None:
    told = verified(filled, capsys)

    assert (told["valid"], told["logs"], told["tree"]) == (True, 2, {"size": 16, "checkpoints": 3, "faults": []})


A = "citizen_id = (SELECT min(citizen_id) FROM subject_head WHERE in_tree > 4)"
OTHER = "(SELECT max(citizen_id) FROM subject_head WHERE in_tree > 4)"
HASH = "(SELECT hash FROM log_leaf WHERE position = 1)"
CASES: dict[str, tuple[str, dict[str, int]]] = {
    # access_entry
    "edit of an entry": (f"UPDATE access_entry SET sealed = zeroblob(60) WHERE seq = 3 AND {A}", {"chain": 3}),
    "edit of a hash": (f"UPDATE access_entry SET leaf = {HASH} WHERE seq = 3 AND {A}", {"chain": 3, "log_leaf": 2}),
    "edit of what came before": (f"UPDATE access_entry SET prev = {HASH} WHERE seq = 4 AND {A}", {"chain": 4}),
    "other key version": (f"UPDATE access_entry SET key_version = 9 WHERE seq = 2 AND {A}", {"chain": 2}),
    "deletion of an entry": (f"DELETE FROM access_entry WHERE seq = 3 AND {A}", {"chain": 3, "log_leaf": 2}),
    "truncation of a log": (f"DELETE FROM access_entry WHERE seq > 9 AND {A}", {"chain": 10, "log_leaf": 14}),
    "all of a log": (f"DELETE FROM access_entry WHERE {A}", {"chain": 1, "log_leaf": 0}),
    "insertion of an entry": (
        "INSERT INTO access_entry (citizen_id, seq, nonce, key_version, sealed, prev, leaf, recorded_at) "
        "SELECT citizen_id, 12, 'x', key_version, sealed, leaf, leaf, recorded_at FROM access_entry "
        f"WHERE seq = 11 AND {A}",
        {"chain": 12},
    ),
    "insertion in another log": (
        "INSERT INTO access_entry (citizen_id, seq, nonce, key_version, sealed, prev, leaf, recorded_at) "
        f"SELECT {OTHER}, 6, 'x', key_version, sealed, prev, leaf, recorded_at FROM access_entry WHERE seq = 6 AND {A}",
        {"chain": 6},
    ),
    "move to another log": (
        f"UPDATE access_entry SET citizen_id = {OTHER}, seq = 6 WHERE seq = 11 AND {A}",
        {"chain": 11, "log_leaf": 15},
    ),
    # subject_head
    "a head's count": (f"UPDATE subject_head SET count = count + 1 WHERE {A}", {"chain": 12}),
    "a head's hash": (f"UPDATE subject_head SET head = {HASH} WHERE {A}", {"chain": 12}),
    "a head's place": (f"UPDATE subject_head SET in_tree = 7 WHERE {A}", {"subject_head": 16}),
    "deletion of a head": (f"DELETE FROM subject_head WHERE {A}", {"chain": 1}),
    # log_leaf
    "edit of a leaf": (
        f"UPDATE log_leaf SET hash = {HASH} WHERE position = 3",
        {"log_leaf": 3, "log_tile": 3, "checkpoint": 8},
    ),
    "a leaf of nobody": ("UPDATE log_leaf SET citizen_id = NULL, seq = NULL WHERE position = 3", {"log_leaf": 3}),
    "a leaf as if shredded": (
        "UPDATE log_leaf SET citizen_id = NULL, seq = NULL, shredded = hash WHERE position = 3",
        {"log_leaf": 3},
    ),
    "a leaf with a sign": ("UPDATE log_leaf SET shredded = hash WHERE position = 3", {"log_leaf": 3}),
    "a leaf of another": (
        f"UPDATE log_leaf SET citizen_id = {OTHER}, seq = 6 WHERE position = 15",
        {"log_leaf": 15, "subject_head": 16},
    ),
    "deletion of a leaf": (
        "DELETE FROM log_leaf WHERE position = 5",
        {"log_leaf": 5, "log_tile": 5, "checkpoint": 8, "log_tree": 15},
    ),
    "truncation of leaves": (
        "DELETE FROM log_leaf WHERE position > 12",
        {"checkpoint": 14, "log_tile": 13, "log_tree": 13, "subject_head": 13},
    ),
    "insertion of a leaf": (
        f"INSERT INTO log_leaf (position, citizen_id, seq, hash) VALUES (16, {OTHER}, 6, {HASH})",
        {"log_leaf": 16, "log_tree": 16, "subject_head": 17},
    ),
    "insertion before": (
        f"INSERT INTO log_leaf (position, citizen_id, seq, hash) VALUES (-1, {OTHER}, 6, {HASH})",
        {"log_leaf": 0},
    ),
    "move of a leaf": ("UPDATE log_leaf SET position = 20 WHERE position = 15", {"log_leaf": 15}),
    # log_tile
    "edit of a tile": ("UPDATE log_tile SET hashes = zeroblob(64) WHERE level = 0 AND number = 2", {"log_tile": 4}),
    "edit of a tile's root": (
        "UPDATE log_tile SET root = zeroblob(32) WHERE level = 1 AND number = 1",
        {"log_tile": 4},
    ),
    "a tile's length": (
        "UPDATE log_tile SET hashes = CAST(hashes || zeroblob(32) AS BLOB) WHERE number = 3",
        {"log_tile": 6},
    ),
    "deletion of a tile": ("DELETE FROM log_tile WHERE level = 0 AND number = 5", {"log_tile": 10}),
    "all tiles": ("DELETE FROM log_tile", {"log_tile": 0}),
    "insertion of a tile": (
        "INSERT INTO log_tile (level, number, hashes, root) VALUES (0, 8, zeroblob(64), zeroblob(32))",
        {"log_tile": 16},
    ),
    "move of a tile": ("UPDATE log_tile SET number = 9 WHERE level = 0 AND number = 7", {"log_tile": 14}),
    # checkpoint and log_tree
    "edit of a root": (f"UPDATE checkpoint SET root = {HASH} WHERE size = 14", {"checkpoint": 14}),
    "edit of a note": ("UPDATE checkpoint SET note = replace(note, '14', '15') WHERE size = 14", {"checkpoint": 14}),
    "another's note": (
        "UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = 8) WHERE size = 14",
        {"checkpoint": 14},
    ),
    "edit of a size": ("UPDATE checkpoint SET size = 13 WHERE size = 14", {"checkpoint": 13}),
    "edit of what was before": ("UPDATE checkpoint SET previous = 3 WHERE size = 14", {"checkpoint": 14}),
    "deletion of a checkpoint": ("DELETE FROM checkpoint WHERE size = 14", {"checkpoint": 16}),
    "deletion of the first": ("DELETE FROM checkpoint WHERE size = 8", {"checkpoint": 14}),
    "deletion of the last": ("DELETE FROM checkpoint WHERE size = 16", {"log_tree": 14}),
    "insertion of a checkpoint": (
        "INSERT INTO checkpoint (size, previous, root, note, made_at) "
        "SELECT 10, 8, root, note, made_at FROM checkpoint WHERE size = 8",
        {"checkpoint": 10},
    ),
    "a smaller tree": ("UPDATE log_tree SET size = 14", {"log_tree": 14}),
    "less signed": ("UPDATE log_tree SET signed = 8", {"log_tree": 8}),
    "another name": ("UPDATE log_tree SET origin = 'elsewhere/log'", {"log_tree": 16}),
    "no tree": ("DELETE FROM log_tree", {"log_tree": 16}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_found_at_its_place(filled: House, capsys: pytest.CaptureFixture[str], name: str) -> None:
    statement, expected = CASES[name]

    Raw(filled.config).run(statement)

    assert expected.items() <= places(verified(filled, capsys)).items()


def in_turn(raw: Raw, table: str, column: str, one: int, other: int) -> None:
    for old, new in ((one, 999), (other, one), (999, other)):
        raw.run(f"UPDATE {table} SET {column} = :new WHERE {column} = :old", new=new, old=old)


def swap_hashes(raw: Raw, one: int, other: int) -> None:
    (a,), (b,) = raw.run("SELECT hash FROM log_leaf WHERE position IN (:a, :b) ORDER BY position", a=one, b=other)
    raw.run("UPDATE log_leaf SET hash = CASE position WHEN :one THEN :b ELSE :a END WHERE position IN (:one, :other)",
            one=one, other=other, a=a, b=b)  # fmt: skip


SWAPS: dict[str, tuple[Callable[[Raw], None], dict[str, int]]] = {
    "entries": (lambda raw: in_turn(raw, "access_entry", "seq", 2, 3), {"chain": 2, "log_leaf": 1}),
    "leaves of one log": (lambda raw: in_turn(raw, "log_leaf", "position", 1, 2), {"log_leaf": 1, "checkpoint": 8}),
    "leaves of two logs": (lambda raw: in_turn(raw, "log_leaf", "position", 4, 5), {"log_tile": 4, "checkpoint": 8}),
    "hashes": (lambda raw: swap_hashes(raw, 9, 10), {"log_leaf": 9, "checkpoint": 14}),
    "tiles": (lambda raw: in_turn(raw, "log_tile", "number", 0, 1), {"log_tile": 0}),
    "checkpoints": (lambda raw: in_turn(raw, "checkpoint", "size", 8, 14), {"checkpoint": 8}),
}


@pytest.mark.parametrize("name", SWAPS)
def test_two_that_changed_places_are_found(filled: House, capsys: pytest.CaptureFixture[str], name: str) -> None:
    swap, expected = SWAPS[name]

    swap(Raw(filled.config))

    assert expected.items() <= places(verified(filled, capsys)).items()
