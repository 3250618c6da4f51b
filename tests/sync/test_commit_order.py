"""Writers of one shelf that commit late: a pull shows no number before all that came earlier (PostgreSQL)."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.records import service as records
from app.records.item import Put
from tests.conftest import NOW
from tests.copy import Holder
from tests.house import OPERATOR, House, house_in
from tests.sync import people
from tests.sync.people import Somebody
from tests.sync.test_pull import view_of

pytestmark = pytest.mark.postgresql
WRITERS, READERS, TIMES = 4, 2, 15
PATIENCE = 60


@pytest.fixture
def house(tmp_path: Path, postgresql_url: str) -> Iterator[House]:
    """A house on PostgreSQL alone: SQLite has one writer at a time."""
    with house_in(tmp_path / "data", postgresql_url, NOW) as house:
        yield house


def test_a_pull_waits_for_a_writer_that_has_a_number_and_has_not_committed(karen: Somebody, house: House) -> None:
    holder = karen.holder()
    holder.sync()
    has_number, may_commit = threading.Event(), threading.Event()

    def write_late() -> None:
        with house.open(karen.id, "record:import", OPERATOR) as (session, grant):
            records.write(session, grant, [Put("note", "late", "self", {})], house.at)
            has_number.set()
            assert may_commit.wait(PATIENCE)

    with ThreadPoolExecutor(2) as threads:
        writing = threads.submit(write_late)
        assert has_number.wait(PATIENCE)
        pulling = threads.submit(holder.pull)
        with pytest.raises(TimeoutError):
            pulling.result(0.3)  # it waits for the head
        may_commit.set()
        for each in (writing, pulling):
            each.result(PATIENCE)
    assert holder.answers == ["delta"]
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_whatever_writers_and_readers_do_at_once_no_change_is_skipped(karen: Somebody, house: House) -> None:
    holders = [karen.holder() for _ in range(READERS)]

    def write(name: int) -> None:
        for number in range(TIMES):
            people.record(house, karen.id, Put("note", f"w{name}-{number}", "self", {}))

    def follow(holder: Holder) -> None:
        for _ in range(TIMES):
            holder.pull()

    with ThreadPoolExecutor(WRITERS + READERS) as threads:
        at_work = [threads.submit(write, name) for name in range(WRITERS)]
        at_work += [threads.submit(follow, holder) for holder in holders]
        for each in at_work:
            each.result(PATIENCE)
    for holder in holders:
        holder.sync()
        assert holder.spaces[karen.id].rows == view_of(house, karen.id)
        assert len(holder.spaces[karen.id].keys("note")) >= WRITERS * TIMES
