"""Data keys renewed while others read and write: nothing is lost, all opens afterwards, and the old keys are gone."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select, text, update

from app.cli import renewing
from app.records import service as records
from app.records.sealed import SEALED
from app.vault import envelope, resealing
from app.vault import service as vault
from app.vault.models import DataKey
from tests.consent import municipality
from tests.house import House
from tests.sync import people
from tests.sync.people import Somebody
from tests.sync.test_pull import put, view_of


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest before a key is destroyed is for other processes; here all wait on one another."""
    monkeypatch.setattr(renewing, "GRACE", 0.5)


def versions(house: House, holder: str) -> list[int]:
    with house.database.reading() as session:
        return sorted(session.scalars(select(DataKey.version).where(DataKey.citizen_id == holder)))


def everybody(house: House) -> list[str]:
    with house.database.reading() as session:
        return vault.of(session).holders(session)


def sealed_under(house: House) -> set[int]:
    """The key versions under which anything at all is sealed."""
    with house.database.reading() as session:
        found = [session.scalars(select(each.table.key_version).distinct()).all() for each in renewing.TABLES]
    return {version for each in found for version in each if version is not None}


def everything(house: House) -> dict[tuple[str, str, str], bytes]:
    """Every sealed value of the house, opened, by its table, column and place."""
    found = {}
    with house.database.reading() as session:
        for holder in vault.of(session).holders(session):
            box = vault.of(session).box(session, holder, house.at)
            for each in renewing.TABLES:
                rows_of = each.of(session, holder)
                for row in session.scalars(select(each.table).where(rows_of)) if rows_of is not None else ():
                    for column, place in each.columns.items():
                        name = each.table.__tablename__, column, repr((holder, place(row)))
                        found[name] = box.open(getattr(row, column), row.key_version, *place(row))
    return found


@contextmanager
def meanwhile(*works: Callable[[], object]) -> Iterator[None]:
    """Others at work until the block ends; what one of them raises is raised."""
    over, failed = threading.Event(), list[Exception]()

    def go(work: Callable[[], object]) -> None:
        try:
            while not over.is_set():
                work()
        except Exception as error:  # noqa: BLE001  it is raised by who waits
            failed.append(error)

    threads = [threading.Thread(target=go, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert failed == []


def test_everything_opens_after_a_renewal_and_the_old_keys_are_gone(house: House) -> None:
    people.with_demo(house)
    karen = Somebody(house)
    karen.device()
    municipality.give(house, karen.id)
    people.record(house, karen.id, put("a"))
    before, rows = everything(house), view_of(house, karen.id)
    done = renewing.renew(house.database, house.now)

    assert (done["kept"], done["destroyed"]) == (0, len(everybody(house)))
    assert {tuple(versions(house, each)) for each in everybody(house)} == {(2,)}
    assert sealed_under(house) == {2}
    after = everything(house)
    assert {name: after[name] for name in before} == before
    assert view_of(house, karen.id) == rows
    assert karen.devices()[0]["name"] == "Testtelefon"


def test_what_others_write_and_read_meanwhile_is_neither_lost_nor_refused(house: House) -> None:
    people.with_demo(house)
    karen = Somebody(house)
    people.record(house, karen.id, *(put(f"n{number}") for number in range(300)))
    written = dict[str, int]()

    def write() -> None:
        place = len(written)
        people.record(house, karen.id, put(f"w{place}", place), put(f"n{place % 300}", f"again {place}"))
        written[f"w{place}"] = place

    def read() -> None:
        assert len(view_of(house, karen.id)) >= 300

    with meanwhile(write, read):
        done = [renewing.renew(house.database, house.now) for _ in range(2)]

    assert [each["kept"] for each in done] == [0, 0]
    assert written
    assert versions(house, karen.id) == [3]
    with house.open(karen.id, "record:export") as (session, grant):
        says = {each.id: each.content["says"] for each in records.read(session, grant, "note")}
    assert {name: says[name] for name in written} == written
    assert everything(house)


@pytest.mark.postgresql
def test_a_key_is_not_destroyed_under_somebody_who_is_about_to_commit_what_it_seals(served: House) -> None:
    bodil = served.citizen()
    with served.open(bodil, "record:import") as (session, grant):
        records.write(session, grant, [put("late")], served.at)
        with served.database.transaction() as other:
            resealing.begin(other, bodil, served.at)
        for each in renewing.TABLES:
            with served.database.transaction() as other:
                resealing.reseal(other, each, bodil, served.at)
        with served.database.transaction() as other:
            assert resealing.retire(other, renewing.TABLES, bodil) is None
    with served.database.transaction() as other:
        assert resealing.retire(other, renewing.TABLES, bodil) is None  # something still lies under the old one
    assert renewing.renew(served.database, served.now)["kept"] == 0
    assert [key for key in view_of(served, bodil) if key[0] == "note"]


@pytest.mark.postgresql
def test_who_read_the_keys_before_a_renewal_seals_under_the_newest_and_opens_what_was_sealed_anew(
    served: House,
) -> None:
    bodil = served.citizen()
    people.record(served, bodil, put("a"))
    with served.database.transaction() as session:
        box = vault.of(session).box(session, bodil, served.at)
        renewing.renew(served.database, served.now)
        found = "SELECT collection, key, seq, key_version, sealed FROM item WHERE citizen_id = :whose AND seq = 1"
        row = session.execute(text(found), {"whose": bodil}).one()
        assert row.key_version == 2
        assert box.open(row.sealed, row.key_version, "item", row.collection, row.key, row.seq)
        assert box.version == 2
        sealed = box.seal(b"late", "item", "note", "k", 1)
        assert box.open(sealed, 2, "item", "note", "k", 1) == b"late"


@pytest.mark.postgresql
def test_a_hold_that_went_with_a_savepoint_is_taken_anew(served: House) -> None:
    bodil = served.citizen()
    with served.database.transaction() as session:
        box = vault.of(session).box(session, bodil, served.at)
        savepoint = session.begin_nested()
        assert box.version == 1
        savepoint.rollback()
        renewing.renew(served.database, served.now)
        assert box.version == 2


def test_a_row_that_says_another_key_version_than_its_seal_is_told(house: House) -> None:
    bodil = house.citizen()
    people.record(house, bodil, put("a"))
    with house.database.transaction() as session:
        resealing.begin(session, bodil, house.at)
        session.execute(update(SEALED[0].table).values(key_version=2))
    with pytest.raises(envelope.NotOpened):
        view_of(house, bodil)
