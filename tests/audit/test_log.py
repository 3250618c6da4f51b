import pytest
from sqlalchemy.exc import IntegrityError

from app import errors
from app.audit import entry as entries
from app.audit import service as audit
from app.audit.entry import AccessEntry
from app.grant import Actor
from tests.conftest import Raw
from tests.house import OPERATOR, House


def entry(house: House, action: str = "medication:read") -> AccessEntry:
    return entries.entry_of(OPERATOR, action, "operation", "operation", "permitted", house.at.isoformat())


def faults(house: House) -> list[tuple[int, str]]:
    with house.database.reading() as session:
        return [(found.seq, found.fault) for found in audit.verify(session, house.at)[1]]


def filled(house: House, number: int = 4) -> str:
    citizen_id = house.citizen()
    for _ in range(number - 1):
        with house.open(citizen_id, "medication:read"):
            house.wait(minutes=1)
    return citizen_id


def test_the_log_says_who_did_what_and_why_newest_first(house: House) -> None:
    citizen_id = house.citizen()

    with house.open(citizen_id, "medication:read"):
        pass
    with house.open(citizen_id, "log:read") as (session, grant):
        log = audit.read_log(session, grant)

    assert [(each.seq, each.entry.action) for each in log] == [
        (3, "log:read"),
        (2, "medication:read"),
        (1, "record:import"),
    ]
    assert log[1].entry.actor == "operator:test"
    assert log[1].entry.role == "operator"
    assert log[1].entry.category == "medication"
    assert log[1].entry.outcome == "permitted"


def test_reading_the_log_needs_a_grant_for_it(house: House) -> None:
    citizen_id = house.citizen()

    with house.open(citizen_id, "medication:read") as (session, grant), pytest.raises(errors.NotAllowed):
        audit.read_log(session, grant)


def test_the_log_is_read_in_parts_that_meet_without_a_gap(house: House) -> None:
    citizen_id = filled(house, 5)

    with house.open(citizen_id, "log:read") as (session, grant):
        whole = audit.read_log(session, grant)
        first = audit.read_page(session, grant, None, 4)
        second = audit.read_page(session, grant, first.entries[-1].seq, 4)

    assert [each.seq for each in first.entries] == [6, 5, 4, 3]
    assert (first.more, second.more) == (True, False)
    assert first.entries + second.entries == whole


def test_a_part_that_ends_with_the_first_entry_is_the_last(house: House) -> None:
    citizen_id = filled(house, 3)

    with house.open(citizen_id, "log:read") as (session, grant):
        page = audit.read_page(session, grant, None, 4)

    assert (len(page.entries), page.more) == (4, False)


def test_an_untouched_log_has_no_fault(house: House) -> None:
    filled(house)

    assert faults(house) == []


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("DELETE FROM access_entry WHERE seq = 2", 2),
        ("DELETE FROM access_entry WHERE seq = 4", 4),
        ("UPDATE access_entry SET sealed = (SELECT sealed FROM access_entry WHERE seq = 1) WHERE seq = 2", 2),
        ("UPDATE access_entry SET leaf = (SELECT leaf FROM access_entry WHERE seq = 1) WHERE seq = 3", 3),
        ("UPDATE access_entry SET prev = (SELECT prev FROM access_entry WHERE seq = 1) WHERE seq = 3", 3),
        ("UPDATE subject_head SET count = 5 WHERE count = 4", 5),
        ("UPDATE subject_head SET head = (SELECT leaf FROM access_entry WHERE seq = 2) WHERE count = 4", 5),
    ],
)
def test_any_edit_or_deletion_is_found_at_its_place(house: House, raw: Raw, statement: str, first: int) -> None:
    filled(house)

    raw.run(statement)

    assert [seq for seq, _ in faults(house)] == [first]


def test_two_entries_that_changed_places_are_found(house: House, raw: Raw) -> None:
    filled(house)
    for old, new in ((2, 99), (3, 2), (99, 3)):
        raw.run("UPDATE access_entry SET seq = :new WHERE seq = :old", new=new, old=old)

    assert [seq for seq, _ in faults(house)] == [2]


def test_the_same_request_is_logged_once(house: House) -> None:
    citizen_id = house.citizen()

    with house.database.transaction() as session:
        audit.append(session, citizen_id, entry(house), house.at, nonce="one")
    with pytest.raises(IntegrityError), house.database.transaction() as session:
        audit.append(session, citizen_id, entry(house), house.at, nonce="one")

    assert faults(house) == []


def test_nobody_unknown_has_a_log(house: House) -> None:
    with house.database.transaction() as session:
        with pytest.raises(errors.NotFound):
            audit.append(session, "nobody", entry(house), house.at)
        with pytest.raises(errors.NotFound):
            audit.lock(session, "nobody")


def test_the_log_does_not_stand_in_clear(house: House, raw: Raw) -> None:
    citizen_id = house.citizen()
    with house.open(citizen_id, "medication:read", Actor("operator:KANARIEFUGL", "operator")):
        pass

    stored = raw.run("SELECT sealed FROM access_entry")

    assert len(stored) == 2
    assert not any(b"KANARIEFUGL" in bytes(row[0]) for row in stored)
