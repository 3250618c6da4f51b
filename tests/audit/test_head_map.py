"""The daily map of where logs end: proofs for each, and every change of what is stored of it is found."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from app.audit import growing, head_map, keeping, mapping, tree, verifying
from app.audit.head_map import MapLeaf, MapRoot
from app.audit.stored import StoredTree
from app.vault import envelope
from tests.audit.rows import ORIGIN, defined, leaves_of, rows
from tests.conftest import Raw
from tests.house import House


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few logs fill several chunks."""
    monkeypatch.setattr(head_map, "CHUNK", 4)


def look(house: House, citizen_id: str) -> None:
    with house.open(citizen_id, "medication:read"):
        pass


def town(house: House) -> list[str]:
    citizens = [house.citizen(f"01017012{number:02}") for number in range(5)]
    for number, each in enumerate(citizens):
        for _ in range(number):
            look(house, each)
    return citizens


def faults(house: House) -> list[tuple[str, int]]:
    with house.database.snapshot() as session:
        return [(each.part, each.place) for each in verifying.verify_tree(session).faults]


def test_each_log_is_proved_to_end_where_it_ended_up_to_the_signed_root(house: House) -> None:
    citizens = town(house)
    done = keeping.keep(house.database, ORIGIN, house.at)
    look(house, citizens[0])  # what comes later is in the next map
    heads = {each[0]: each[1:] for each in rows(house.database, "SELECT citizen_id, count, head FROM subject_head")}

    assert (done.entries, done.mapped, done.signed) == (15, len(heads), 16)
    with house.database.reading() as session:
        node = StoredTree(session).node
        root = tree.root(done.signed, node)
        for number, citizen_id in enumerate(citizens):
            found = mapping.prove(session, citizen_id, done.signed)
            assert found is not None
            assert head_map.is_proved(found.leaf, found.index, found.path, found.of)
            assert found.leaf.count == number + 1
            assert number == 0 or (found.leaf.count, found.leaf.head) == heads[citizen_id]
            path = tree.inclusion(found.position, done.signed, node)
            assert tree.is_included(found.of.leaf(), found.position, done.signed, path, root)


def test_a_map_is_the_tree_over_all_leaves_in_the_order_of_their_tags(house: House) -> None:
    town(house)
    keeping.keep(house.database, ORIGIN, house.at)
    tags = {
        mapping.tag_of(house.opened.vault, each[0]): each[1].to_bytes(8, "big") + each[2]
        for each in rows(house.database, "SELECT citizen_id, count, head FROM subject_head")
    }
    hashes = [hashlib.sha256(b"\x00" + tag + tags[tag]).digest() for tag in sorted(tags)]
    ((day, size, root, position),) = rows(house.database, "SELECT day, size, root, position FROM log_map")

    assert (day, size, root) == ("2026-11-25", len(tags), defined(hashes))
    said = envelope.context("naerblik/log-map/v1", "2026-11-25", len(tags), defined(hashes))
    assert leaves_of(house.database)[position] == hashlib.sha256(b"\x00" + said).digest()


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 23])
def test_proofs_hold_for_every_leaf_at_any_size_and_for_no_other(size: int) -> None:
    leaves = [MapLeaf(hashlib.sha256(bytes([at])).digest(), at, bytes([at]) * 32) for at in range(size)]
    made = list(head_map.chunks(leaves))
    roots = [head_map.root_of(each) for each in made]
    of = MapRoot("2026-11-25", size, head_map.root_over(roots))
    ordered = sorted(leaves, key=lambda each: each.tag)

    assert of.root == defined([tree.leaf_hash(each.to_bytes()) for each in ordered])
    for index, leaf in enumerate(ordered):
        number, at = divmod(index, head_map.CHUNK)
        assert head_map.find(made[number], leaf.tag) == at
        path = head_map.path_of(made[number], at, number, roots)
        places = [each for each in range(size + 1) if head_map.is_proved(leaf, each, path, of)]
        assert places == [index]
        assert not head_map.is_proved(replace(leaf, count=leaf.count + 1), index, path, of)
    assert head_map.find(made[0], bytes(32)) is None


def test_a_map_is_made_once_a_day_and_two_are_kept(house: House) -> None:
    town(house)
    sizes = []
    for _ in range(3):
        sizes += [keeping.keep(house.database, ORIGIN, house.at).mapped for _ in range(2)]
        house.wait(days=1)

    assert sizes[1::2] == [None] * 3
    assert None not in sizes[::2]
    days = rows(house.database, "SELECT DISTINCT day FROM log_map_chunk ORDER BY day")
    assert days == [("2026-11-26",), ("2026-11-27",)]
    assert rows(house.database, "SELECT count(*) FROM log_map") == [(3,)]
    assert faults(house) == []


def test_who_is_younger_than_the_map_and_what_is_not_signed_yet_have_no_proof(house: House) -> None:
    (anna, *_) = town(house)
    done = keeping.keep(house.database, ORIGIN, house.at)
    young = house.citizen("0202601234", "Bodil")
    with house.database.reading() as session:
        assert mapping.prove(session, young, done.signed) is None
        assert mapping.prove(session, anna, done.signed - 1) is None
        assert mapping.prove(session, anna, done.signed) is not None


CHANGES: dict[str, tuple[str, str]] = {
    "a leaf": ("UPDATE log_map_chunk SET leaves = CAST(leaves || leaves AS BLOB) WHERE number = 1", "log_map_chunk"),
    "a chunk's root": ("UPDATE log_map_chunk SET root = zeroblob(32) WHERE number = 1", "log_map_chunk"),
    "a chunk's tag": ("UPDATE log_map_chunk SET first = zeroblob(32) WHERE number = 1", "log_map_chunk"),
    "no chunk": ("DELETE FROM log_map_chunk WHERE number = 1", "log_map_chunk"),
    "the last chunk": (
        "DELETE FROM log_map_chunk WHERE number = (SELECT max(number) FROM log_map_chunk)",
        "log_map_chunk",
    ),
    "a chunk more": (
        "INSERT INTO log_map_chunk SELECT day, number + 9, first, leaves, root FROM log_map_chunk WHERE number = 1",
        "log_map_chunk",
    ),
    "another day's": ("UPDATE log_map_chunk SET day = '2026-11-24'", "log_map_chunk"),
    "the map's root": ("UPDATE log_map SET root = zeroblob(32)", "log_leaf"),
    "the map's size": ("UPDATE log_map SET size = size + 1", "log_leaf"),
    "the map's day": ("UPDATE log_map SET day = '2026-11-24'", "log_leaf"),
    "the map's place": ("UPDATE log_map SET position = 3", "log_leaf"),
    "a place beyond": ("UPDATE log_map SET position = 99", "log_map"),
    "no map": ("DELETE FROM log_map", "log_leaf"),
    "its leaf": ("UPDATE log_leaf SET hash = zeroblob(32) WHERE position = 15", "log_leaf"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_is_changed_of_a_map_is_found(light_house: House, name: str) -> None:
    town(light_house)
    keeping.keep(light_house.database, ORIGIN, light_house.at)
    assert faults(light_house) == []
    statement, part = CHANGES[name]

    Raw(light_house.config).run(statement)

    assert part in dict(faults(light_house))


def test_a_log_that_was_cut_with_all_else_is_found_by_the_map(light_house: House) -> None:
    citizens = town(light_house)
    growing.grow(light_house.database, ORIGIN, light_house.at)
    keeping.keep(light_house.database, ORIGIN, light_house.at)
    raw, last = Raw(light_house.config), citizens[-1]
    raw.run("DELETE FROM access_entry WHERE citizen_id = :of AND seq = 5", of=last)

    found: list[Any] = []
    with light_house.database.snapshot() as session:
        found = [each for each in verifying.verify_tree(session).faults if each.part == "log_map"]
    assert [(each.citizen_id, each.seq) for each in found] == [(last, 5)]


@pytest.mark.postgresql
def test_many_workers_make_one_map(served: House) -> None:
    from concurrent.futures import ThreadPoolExecutor

    town(served)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: mapping.make(served.database, ORIGIN, served.at), range(4)))

    assert sum(each is not None for each in made) == 1
    assert rows(served.database, "SELECT count(*) FROM log_map") == [(1,)]
