"""A device checks its person's log: whatever is taken out of it or changed, it notices at the next answer."""

import base64
import copy
from collections.abc import Callable
from typing import Any

import pytest

from app.audit import keeping
from tests.audit.rows import ORIGIN
from tests.conftest import Raw
from tests.copy import Holder
from tests.house import House
from tests.log_keeper import Broken, LogKeeper
from tests.sync.people import Somebody

PATH = "/api/v1/sync/log"


def ask(holder: Holder, keeper: LogKeeper) -> tuple[dict[str, Any], list[bytes]]:
    status, head, rows = holder.device.ask(PATH, keeper.request())
    assert status == 200, head
    return head, rows


def check(holder: Holder, keeper: LogKeeper) -> None:
    """Ask until there is no more, and check each answer."""
    more = True
    while more:
        head, rows = ask(holder, keeper)
        keeper.take(head, rows)
        more = head["more"]


def look(house: House, citizen_id: str, times: int = 1) -> None:
    for _ in range(times):
        with house.open(citizen_id, "medication:read"):
            pass


def keep(house: House) -> None:
    keeping.keep(house.database, ORIGIN, house.at)


@pytest.fixture
def keeper(house: House, karen: Somebody, holder: Holder) -> LogKeeper:
    """What Karen's device keeps after a day with a map and looks after it."""
    keeper = LogKeeper()
    look(house, karen.id, 3)
    keep(house)
    look(house, karen.id, 2)
    keep(house)
    check(holder, keeper)
    return keeper


def test_all_is_checked_from_the_first_answer_on(
    house: House, karen: Somebody, holder: Holder, keeper: LogKeeper
) -> None:
    before = len(keeper.leaves)
    assert keeper.map_count == before - 2
    for days in range(3):
        house.wait(days=1)
        look(house, karen.id, days)
        keep(house)
        check(holder, keeper)
    check(holder, keeper)

    assert keeper.map_count == len(keeper.leaves) == before + 3
    assert [each["action"] for each in keeper.entries[-3:]] == ["medication:read"] * 3


def test_before_anything_is_signed_the_entries_come_without_proof(karen: Somebody, holder: Holder) -> None:
    keeper = LogKeeper()

    check(holder, keeper)

    assert (keeper.note, len(keeper.leaves) > 0, karen.id != "") == (None, True, True)


def test_a_long_log_comes_in_parts(
    house: House, karen: Somebody, holder: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.proving.MOST_ENTRIES", 2)
    look(house, karen.id, 4)
    keep(house)
    keeper = LogKeeper()

    assert ask(holder, keeper)[0]["more"]
    check(holder, keeper)
    assert keeper.map_count == len(keeper.leaves)


def test_an_ended_device_is_told_nothing(karen: Somebody, holder: Holder, keeper: LogKeeper) -> None:
    assert karen.client.delete(f"/api/v1/devices/{holder.device.id}", headers=karen.headers).status_code < 300

    head, rows = ask(holder, keeper)

    assert (head["ended"], rows, "end" in head, "checkpoint" in head) == (True, [], False, False)


CHANGES = {
    "the newest entries are cut": (
        "DELETE FROM access_entry WHERE citizen_id = :of AND seq > :n - 1",
        "UPDATE subject_head SET count = :n - 1, in_tree = :n - 1, head = (SELECT e.leaf FROM access_entry e "
        "WHERE e.citizen_id = :of AND e.seq = :n - 1) WHERE citizen_id = :of",
    ),
    "a head is set back": (
        "UPDATE subject_head SET count = :n - 1, head = (SELECT e.prev FROM access_entry e "
        "WHERE e.citizen_id = :of AND e.seq = :n) WHERE citizen_id = :of",
    ),
    "a head is another": (
        "UPDATE subject_head SET head = (SELECT e.prev FROM access_entry e WHERE e.citizen_id = :of AND e.seq = :n) "
        "WHERE citizen_id = :of",
    ),
    "the tree is cut": ("DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)",),
    "nothing is signed any more": ("DELETE FROM checkpoint",),
    "the map is gone": ("DELETE FROM log_map",),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_the_database_lacks_or_says_otherwise_is_noticed(
    raw: Raw, karen: Somebody, holder: Holder, keeper: LogKeeper, name: str
) -> None:
    values = {"of": karen.id, "n": len(keeper.leaves)}
    for statement in CHANGES[name]:
        raw.run(statement, **{key: value for key, value in values.items() if f":{key}" in statement})

    with pytest.raises(Broken):
        check(holder, keeper)


def test_a_new_device_notices_a_log_that_was_cut_after_the_map(
    house: House, raw: Raw, karen: Somebody, holder: Holder
) -> None:
    look(house, karen.id, 3)
    keep(house)
    values = {"of": karen.id}
    raw.run("UPDATE subject_head SET count = count - 1, head = (SELECT e.prev FROM access_entry e WHERE "
            "e.citizen_id = :of AND e.seq = subject_head.count) WHERE citizen_id = :of", **values)  # fmt: skip

    with pytest.raises(Broken, match="another end"):
        check(holder, LogKeeper())


def flip(text: str) -> str:
    """One bit of what is coded."""
    raw = bytearray(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    raw[-1] ^= 1
    return base64.urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode()


def spoilers(head: dict[str, Any]) -> dict[str, Callable[[dict[str, Any]], None]]:
    """Every way to change one value of an answer."""

    def change(where: list[Any], what: Callable[[Any], Any]) -> Callable[[dict[str, Any]], None]:
        def act(spoiled: dict[str, Any]) -> None:
            place: Any = spoiled
            for each in where[:-1]:
                place = place[each]
            place[where[-1]] = what(place[where[-1]])

        return act

    ways = {each: change(["map", each], flip) for each in ("root", "tag", "head")}
    ways |= {
        f"map {each}": change(["map", each], lambda value: value + 1) for each in ("size", "count", "index", "position")
    }
    ways |= {"day": change(["map", "day"], lambda _: "2026-01-01"), "tag of the log": change(["tag"], flip)}
    ways |= {"end": change(["end", "head"], flip), "count": change(["end", "count"], lambda value: value + 1)}
    ways |= {"size": change(["checkpoint"], lambda note: note.replace("\n", "\n1", 1))}
    for list_of in (["consistency"], ["map", "path"], ["map", "inclusion"]):
        name = list_of[-1]
        hashes = head[name] if name == "consistency" else head["map"][name]
        ways |= {f"{name} {at}": change([*list_of, at], flip) for at in range(len(hashes))}
        ways |= {f"{name} short": change(list_of, lambda value: value[1:] if value else ["A" * 43])}
        ways |= {f"{name} long": change(list_of, lambda value: [*value, "A" * 43])}
    return ways


def holds(keeper: LogKeeper, head: dict[str, Any], rows: list[bytes]) -> bool:
    try:
        keeper.take(head, rows)
    except Broken:
        return False
    return True


def test_every_value_of_an_answer_counts(house: House, karen: Somebody, holder: Holder, keeper: LogKeeper) -> None:
    house.wait(days=1)
    look(house, karen.id, 3)
    keep(house)
    head, rows = ask(holder, keeper)

    for name, spoil in spoilers(head).items():
        spoiled, mine = copy.deepcopy(head), copy.deepcopy(keeper)
        spoil(spoiled)
        assert not holds(mine, spoiled, rows), name
    for changed in ([*rows, rows[0]], rows[:-1], rows[::-1], [rows[0].replace(b"permitted", b"refused"), *rows[1:]]):
        assert not holds(copy.deepcopy(keeper), head, changed)
    assert holds(copy.deepcopy(keeper), head, rows)
