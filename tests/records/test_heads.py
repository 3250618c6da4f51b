"""The head's sums, the links and the floor: what a device's cursor is held against."""

import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import factory
from app.grant import Grant
from app.records import heads, marks, restores
from app.records import service as records
from app.records.heads import Head
from app.records.item import Change, Put, RawRow, Remove
from app.records.models import Item, ShelfLink, SpaceHead
from tests.conftest import NOW
from tests.house import OPERATOR, House, house_in

NAMES = st.sampled_from(["a", "b", "c", "d"])
CHANGES = st.one_of(
    st.builds(lambda name, text: Put("thing", name, "test", {"text": text}), NAMES, st.sampled_from(["x", "y"])),
    st.builds(lambda name: Remove("thing", name), NAMES),
)
STEPS = st.lists(st.lists(CHANGES, min_size=1, max_size=4), min_size=1, max_size=6)


def head_of(session: Session, citizen_id: str) -> Head:
    found = heads.read(session, citizen_id)
    assert found is not None
    return found


def write(house: House, citizen_id: str, *changes: Change) -> None:
    with house.open(citizen_id, "record:import") as (session, grant):
        records.write(session, grant, changes, house.at)


def rows(session: Session, house: House, citizen_id: str, after: int, limit: int = 1000) -> list[RawRow]:
    grant = Grant(OPERATOR, citizen_id, "record:import", "operation", "operation", house.at)
    return records.rows_after(session, grant, after, 1 << 40, limit)


def view(session: Session, house: House, citizen_id: str) -> dict[tuple[str, str], bytes]:
    return {(r.collection, r.key): r.body for r in rows(session, house, citizen_id, 0) if r.body is not None}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_heads_sums_are_those_of_what_stands(light_house: House, steps: list[list[Change]]) -> None:
    citizen_id = light_house.citizen()
    for changes in steps:
        write(light_house, citizen_id, *changes)

        with light_house.database.reading() as session:
            head = head_of(session, citizen_id)
            standing = view(session, light_house, citizen_id)
            key = marks.mark_key(session, citizen_id)
            link = heads.links_at(session, citizen_id, [head.seq]).get(head.seq)
        own = [marks.mark_of(key, *place, body) for place, body in standing.items()]
        assert (head.count, head.digest) == (len(standing), marks.digest(own))
        assert link == head.chain


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, cuts=st.sets(st.integers(0, 6)), days=st.integers(0, 70))
def test_a_copy_filled_in_any_split_equals_the_shelf(
    light_house: House, steps: list[list[Change]], cuts: set[int], days: int
) -> None:
    """With removed items forgotten in between; a copy that stands below the floor begins anew, as it must."""
    house = light_house
    citizen_id = house.citizen()
    copy: dict[tuple[str, str], bytes] = {}
    at = 0
    for number, changes in enumerate(steps):
        write(house, citizen_id, *changes)
        house.wait(days=days)
        if number in cuts:
            with house.database.transaction() as session:
                heads.sweep(session, citizen_id, house.at)
            with house.database.reading() as session:
                at = _pull(session, house, citizen_id, copy, at)
    with house.database.reading() as session:
        _pull(session, house, citizen_id, copy, at)
        assert copy == view(session, house, citizen_id)


def _pull(session: Session, house: House, citizen_id: str, copy: dict[tuple[str, str], bytes], at: int) -> int:
    head = head_of(session, citizen_id)
    if at < head.floor:
        copy.clear()
        at = 0
    while at < head.seq:
        page = rows(session, house, citizen_id, at, limit=2)
        for row in page:
            if row.body is None:
                copy.pop((row.collection, row.key), None)
            else:
                copy[(row.collection, row.key)] = row.body
        at = page[-1].seq if page else head.seq
    return at


def test_what_was_removed_is_forgotten_after_thirty_days_and_the_floor_says_so(house: House) -> None:
    citizen_id = house.citizen()
    write(house, citizen_id, Put("thing", "one", "test", {}), Put("thing", "two", "test", {}))
    write(house, citizen_id, Remove("thing", "one"))
    with house.database.reading() as session:
        removed_at = head_of(session, citizen_id).seq

    house.wait(days=29)
    write(house, citizen_id, Remove("thing", "two"))
    with house.database.transaction() as session:
        assert heads.due_for_sweep(session, house.at, 10) == []
        assert heads.sweep(session, citizen_id, house.at) == 0
    house.wait(days=2)
    with house.database.transaction() as session:
        assert citizen_id in heads.due_for_sweep(session, house.at, 100)
        assert heads.sweep(session, citizen_id, house.at) == removed_at
        assert citizen_id not in heads.due_for_sweep(session, house.at, 100)

    with house.database.reading() as session:
        left = [row.seq for row in rows(session, house, citizen_id, 0) if row.body is None]
        assert left == [removed_at + 1]
        assert heads.links_at(session, citizen_id, [removed_at - 1]).get(removed_at - 1) is None
        assert heads.links_at(session, citizen_id, [removed_at]).get(removed_at) is not None


def test_a_new_epoch_shuts_others_out_until_it_is_opened_again(house: House) -> None:
    citizen_id = house.citizen()
    with house.database.transaction() as session:
        before = head_of(session, citizen_id)
        restores.begin_epoch(session, citizen_id, house.at)
        house.wait(hours=1)
        restores.begin_epoch(session, citizen_id, house.at)
        after = head_of(session, citizen_id)

    assert after.epoch != before.epoch
    with house.database.transaction() as session:
        assert restores.closed(session) == [citizen_id]
        assert restores.reopen(session, citizen_id, house.at) is True
        assert restores.reopen(session, citizen_id, house.at) is False
        assert head_of(session, citizen_id).count == before.count
        assert [each.reopened_at for each in restores.read_alarms(session)] == [house.at, house.at]


def test_a_version_is_the_mark_and_differs_with_what_is_said(house: House) -> None:
    citizen_id = house.citizen()
    seen = []
    for text in ("x", "y"):
        write(house, citizen_id, Put("thing", "one", "test", {"text": text}))
        with house.open(citizen_id, "record:import") as (session, grant):
            (item,) = records.read(session, grant, "thing")
            raw = next(row for row in records.rows_after(session, grant, 0, 1 << 40, 100) if row.collection == "thing")
        assert item.version == raw.mark.hex()
        seen.append(item.version)
    assert len(set(seen)) == 2


def test_marks_say_nothing_to_who_has_not_the_key_and_differ_by_place() -> None:
    key = bytes(range(32))
    here = marks.mark_of(key, "thing", "one", b"{}")

    assert here != marks.mark_of(bytes(32), "thing", "one", b"{}")
    assert here != marks.mark_of(key, "thing", "two", b"{}")
    assert here != marks.mark_of(key, "thingo", "ne", b"{}")
    assert marks.digest([here, here]) == marks.NOTHING
    assert marks.digest([here, b""]) == here


@pytest.mark.parametrize("is_written_before", [False, True])
def test_a_shelf_from_before_there_were_marks_is_marked_by_the_upgrade(
    house: House, *, is_written_before: bool
) -> None:
    citizen_id = house.citizen()
    write(house, citizen_id, Put("thing", "one", "test", {}), Put("thing", "two", "test", {}))
    write(house, citizen_id, Remove("thing", "two"))
    with house.database.transaction() as session:
        marked = head_of(session, citizen_id)
        session.execute(update(Item).values(mark=b""))
        session.execute(update(SpaceHead).values(digest=b"", count=0))
        for link in session.scalars(select(ShelfLink)):
            session.delete(link)

    if is_written_before:  # the upgrade was killed between the migration and the marking, and the app served
        write(house, citizen_id, Put("thing", "one", "test", {"is": "new"}), Remove("thing", "three"))

    factory.upgrade(house.settings, house.at)

    with house.database.reading() as session:
        if is_written_before:
            marked = head_of(session, citizen_id)
            key = marks.mark_key(session, citizen_id)
            standing = view(session, house, citizen_id)
            own = [marks.mark_of(key, *place, body) for place, body in standing.items()]
            assert (marked.count, marked.digest) == (len(own), marks.digest(own))
        assert head_of(session, citizen_id) == marked
        assert heads.links_at(session, citizen_id, [marked.seq]).get(marked.seq) == marked.chain
        assert [len(row.mark) for row in rows(session, house, citizen_id, 0) if row.body is not None] == [
            16
        ] * marked.count


@pytest.mark.postgresql
def test_writers_of_one_shelf_wait_for_each_other_and_the_sums_stay_right(postgresql_url: str, tmp_path: Path) -> None:
    """Eight threads, no other lock: no number is lost, and the digest is that of what stands."""
    with house_in(tmp_path / "data", postgresql_url, NOW) as house:
        citizen_id = house.citizen()
        with house.database.reading() as session:
            start = head_of(session, citizen_id).seq
        grant = Grant(OPERATOR, citizen_id, "record:import", "operation", "operation", house.at)

        def work(name: str) -> None:
            for number in range(10):
                with house.database.transaction() as session:
                    where = name if number % 2 else "all"
                    records.write(session, grant, [Put("thing", where, "t", {"n": [name, number]})], NOW)

        threads = [threading.Thread(target=work, args=(str(each),)) for each in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        with house.database.reading() as session:
            head = head_of(session, citizen_id)
            standing = view(session, house, citizen_id)
            key = marks.mark_key(session, citizen_id)
        assert head.seq == start + 80
        assert head.digest == marks.digest(marks.mark_of(key, *place, body) for place, body in standing.items())
