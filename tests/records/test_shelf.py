import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from app import errors
from app.grant import Grant
from app.records import service as records
from app.records.item import Put, Remove, as_such
from app.records.models import SpaceHead
from tests.conftest import NOW, Raw
from tests.house import OPERATOR, House, house_in


def put(name: str, text: str = "a") -> Put:
    return Put("thing", name, "test", {"text": text})


def head(house: House, citizen_id: str) -> tuple[int, bytes]:
    with house.database.reading() as session:
        row = session.scalars(select(SpaceHead).where(SpaceHead.citizen_id == citizen_id)).one()
        return row.seq, row.chain


def test_what_is_put_is_read_with_its_number(house: House) -> None:
    citizen_id = house.citizen()
    start, _ = head(house, citizen_id)

    with house.open(citizen_id, "record:import") as (session, grant):
        written = records.write(session, grant, [put("one"), put("two", "b")], house.at)
    with house.open(citizen_id, "record:import") as (session, grant):
        items = records.read(session, grant, "thing")

    assert len(written) == 2
    assert [(item.id, item.content["text"], item.seq) for item in items] == [
        ("one", "a", start + 1),
        ("two", "b", start + 2),
    ]
    assert all(item.fetched_at == house.at for item in items)


def test_the_same_content_again_spends_no_number(house: House) -> None:
    citizen_id = house.citizen()
    with house.open(citizen_id, "record:import") as (session, grant):
        records.write(session, grant, [put("one")], house.at)
    before = head(house, citizen_id)
    house.wait(hours=1)

    with house.open(citizen_id, "record:import") as (session, grant):
        assert records.write(session, grant, [put("one")], house.at) == []

    assert head(house, citizen_id) == before


def test_a_change_takes_the_next_number_and_a_removal_leaves_a_tombstone(house: House) -> None:
    citizen_id = house.citizen()
    with house.open(citizen_id, "record:import") as (session, grant):
        records.write(session, grant, [put("one"), put("two")], house.at)
    seen, chain = head(house, citizen_id)

    with house.open(citizen_id, "record:import") as (session, grant):
        records.write(session, grant, [put("one", "changed"), Remove("thing", "two")], house.at)
    with house.open(citizen_id, "record:import") as (session, grant):
        changes = records.rows_after(session, grant, seen, seen + 10, limit=10)
        items = records.read(session, grant, "thing")

    assert [(change.seq, change.body and json.loads(change.body)["content"]["text"]) for change in changes] == [
        (seen + 1, "changed"),
        (seen + 2, None),
    ]
    assert [item.id for item in items] == ["one"]
    assert head(house, citizen_id)[1] != chain


def test_removing_what_is_not_there_changes_nothing(house: House) -> None:
    citizen_id = house.citizen()
    before = head(house, citizen_id)

    with house.open(citizen_id, "record:import") as (session, grant):
        assert records.write(session, grant, [Remove("thing", "none")], house.at) == []

    assert head(house, citizen_id) == before


def test_what_was_removed_can_be_put_again(house: House) -> None:
    citizen_id = house.citizen()

    for changes in ([put("one")], [Remove("thing", "one")], [put("one")]):
        with house.open(citizen_id, "record:import") as (session, grant):
            assert len(records.write(session, grant, changes, house.at)) == 1

    with house.open(citizen_id, "record:import") as (session, grant):
        assert [item.id for item in records.read(session, grant, "thing")] == ["one"]


def test_of_two_changes_to_one_item_in_one_step_the_last_stands(house: House) -> None:
    citizen_id = house.citizen()

    with house.open(citizen_id, "record:import") as (session, grant):
        written = records.write(session, grant, [put("one"), put("one", "last")], house.at)
        items = records.read(session, grant, "thing")

    assert len(written) == 1
    assert [item.content["text"] for item in items] == ["last"]


def test_one_item_is_found_as_the_whole_collection_shows_it_and_not_where_it_is_out_of_sight(house: House) -> None:
    citizen_id = house.citizen()
    with house.open(citizen_id, "record:import") as (session, grant):
        records.write(session, grant, [put("one"), put("two", "b"), put("gone"), Remove("thing", "gone")], house.at)

    with house.open(citizen_id, "record:import") as (session, grant):
        one, two = records.read(session, grant, "thing")
        assert records.find(session, grant, "thing", one.key) == one
        assert records.find_by_id(session, grant, "thing", "two") == two
        for source_id in ("gone", "never"):
            assert records.find_by_id(session, grant, "thing", source_id) is None
        assert records.find(session, grant, "other", one.key) is None
        blind = replace(grant, sees=lambda _organisation, _first, _last: False)
        assert records.find(session, blind, "thing", one.key) is None
        assert records.find(session, blind, "thing", one.key, as_such) == one


def test_a_collection_is_read_in_the_order_of_change_without_walking_the_whole_shelf(light_house: House) -> None:
    citizen_id = light_house.citizen()
    with light_house.open(citizen_id, "record:import") as (session, grant):
        records.write(session, grant, [put("one"), put("two"), put("one", "again")], light_house.at)
        records.write(session, grant, [put("one", "and again")], light_house.at)
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        asked.append((statement, values))

    with light_house.open(citizen_id, "record:import") as (session, grant):
        event.listen(light_house.database.engine, "before_cursor_execute", note)
        assert [item.id for item in records.read(session, grant, "thing")] == ["two", "one"]
        event.remove(light_house.database.engine, "before_cursor_execute", note)
        statement, values = next(each for each in asked if "FROM item" in each[0])
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()

    assert all("collection=?" in row[3] for row in plan), plan


def test_nothing_can_be_written_for_somebody_unknown(light_house: House) -> None:
    grant = Grant(OPERATOR, "nobody", "record:import", "operation", "operation", light_house.at)

    with pytest.raises(errors.NotFound), light_house.database.transaction() as session:
        records.write(session, grant, [put("one")], light_house.at)


def test_a_sealed_item_moved_to_another_place_does_not_open(house: House, raw: Raw) -> None:
    one, other = house.citizen(), house.citizen("0202601234", "Erling Bro")
    for citizen_id in (one, other):
        with house.open(citizen_id, "record:import") as (session, grant):
            records.write(session, grant, [put("one")], house.at)
    sealed = raw.run("SELECT sealed FROM item WHERE citizen_id = :c AND collection = 'thing'", c=one)[0][0]
    raw.run("UPDATE item SET sealed = :s WHERE citizen_id = :c AND collection = 'thing'", s=sealed, c=other)

    with pytest.raises(Exception, match="does not open"), house.open(other, "record:import") as (session, grant):
        records.read(session, grant, "thing")


@pytest.mark.postgresql
def test_a_number_that_can_be_seen_never_precedes_one_that_cannot(postgresql_url: str, tmp_path: Path) -> None:
    """Two connections commit in the other order of their beginning; on SQLite writers cannot overlap at all."""
    with house_in(tmp_path / "data", postgresql_url, NOW) as house:
        citizen_id = house.citizen()
        start, _ = head(house, citizen_id)
        first_holds, may_commit = threading.Event(), threading.Event()

        def slow() -> None:
            with house.database.transaction() as session:
                grant = Grant(OPERATOR, citizen_id, "record:import", "operation", "operation", house.at)
                records.write(session, grant, [put("slow")], house.at)
                first_holds.set()
                assert may_commit.wait(20)

        def fast() -> None:
            with house.database.transaction() as session:
                grant = Grant(OPERATOR, citizen_id, "record:import", "operation", "operation", house.at)
                records.write(session, grant, [put("fast")], house.at)

        threads = [threading.Thread(target=slow), threading.Thread(target=fast)]
        threads[0].start()
        assert first_holds.wait(20)
        threads[1].start()
        seen_while_waiting = _seen(house, citizen_id, start)
        may_commit.set()
        for thread in threads:
            thread.join()

        assert seen_while_waiting == []
        assert _seen(house, citizen_id, start) == [start + 1, start + 2]


def _seen(house: House, citizen_id: str, since: int) -> list[int]:
    grant = Grant(OPERATOR, citizen_id, "record:import", "operation", "operation", house.at)
    with house.database.reading() as session:
        return [change.seq for change in records.rows_after(session, grant, since, since + 100, 100)]
