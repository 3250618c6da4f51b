"""Counters and rows of every log are held against each other once a day, and nothing is forgotten while they differ."""

import logging

import pytest

from app.audit import keeping, reconciling, verifying
from tests.audit.rows import ORIGIN, rows
from tests.conftest import Raw
from tests.house import House
from tests.shell import Shell


@pytest.fixture
def anna(house: House) -> str:
    anna = house.citizen("1501701234", "Anna")
    house.citizen("0202601234", "Bodil")
    for _ in range(3):
        with house.open(anna, "medication:read"):
            pass
    keep(house)
    return anna


def keep(house: House) -> int | None:
    return keeping.keep(house.database, ORIGIN, house.at).differing


def standing(house: House) -> list[tuple[str, int, int, bool]]:
    with house.database.reading() as session:
        found = reconciling.read_alarms(session)
    return [(each.citizen_id, each.counted, each.found, each.settled_at is None) for each in found]


CHANGES = {
    "an entry is gone": ("DELETE FROM access_entry WHERE seq = 2", 4, 3),
    "the last is gone": ("DELETE FROM access_entry WHERE seq = 4", 4, 3),
    "an entry too many": (
        "INSERT INTO access_entry (citizen_id, seq, nonce, key_version, sealed, prev, leaf, recorded_at) SELECT "
        "citizen_id, 5, 'x', key_version, sealed, prev, leaf, recorded_at FROM access_entry WHERE seq = 4",
        4,
        5,
    ),
    "another number": ("UPDATE access_entry SET seq = 9 WHERE seq = 4", 4, 4),
    "a leaf is gone": ("DELETE FROM log_leaf WHERE seq = 3", 4, 3),
    "another counter": ("UPDATE subject_head SET count = 7 WHERE count = 4", 7, 4),
    "no counter": ("DELETE FROM subject_head WHERE count = 4", 0, 4),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_difference_raises_one_alarm_a_log(
    house: House, raw: Raw, anna: str, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    assert standing(house) == []
    change, counted, found = CHANGES[name]
    raw.run(change)
    assert keep(house) is None  # today is done
    for _ in range(2):
        house.wait(days=1)
        with caplog.at_level(logging.WARNING):
            assert reconciling.reconcile(house.database, house.at) == 1

    assert standing(house) == [(anna, counted, found, True)]
    assert "naerblik alarms" in caplog.text
    assert anna not in caplog.text


def test_what_agrees_again_is_settled_and_older_maps_stay_until_then(
    house: House, raw: Raw, anna: str, capsys: pytest.CaptureFixture[str]
) -> None:
    raw.run("UPDATE subject_head SET in_tree = in_tree + 1 WHERE citizen_id = :anna", anna=anna)
    for _ in range(3):
        house.wait(days=1)
        keep(house)
    days = rows(house.database, "SELECT DISTINCT day FROM log_map_chunk")
    with house.database.snapshot() as session:
        found = {each.part for each in verifying.verify_tree(session).faults}

    raw.run("UPDATE subject_head SET in_tree = in_tree - 1 WHERE citizen_id = :anna", anna=anna)
    house.wait(days=1)

    assert (len(days), found) == (4, {"subject_head"})
    assert keep(house) == 0
    assert standing(house) == [(anna, 5, 4, False)]
    assert len(rows(house.database, "SELECT DISTINCT day FROM log_map_chunk")) == 2
    code, told = Shell(house, capsys).run("alarms")
    assert (code, told["logs"]) == (
        0,
        [
            {
                "citizen": anna,
                "raised_at": "2026-11-26T09:30:00Z",
                "settled_at": "2026-11-29T09:30:00Z",
                "counted": 5,
                "found": 4,
            }
        ],
    )


def test_who_is_shredded_differs_from_nothing(house: House, anna: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert anna
    assert Shell(house, capsys).said("keys", "shred", "1501701234", "--for-ever")[0] == 0
    house.wait(days=1)

    assert keep(house) == 0
