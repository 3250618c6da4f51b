"""Pulls over HTTP: one's own copy in whole, in changes and in pages, after a sweep, and the wrong requests."""

from datetime import timedelta

import pytest

from app.records import heads
from app.records import service as records
from app.records.item import Put, Remove
from tests.house import House
from tests.sync import people
from tests.sync.people import Somebody

THING = "note"


def put(name: str, says: object = 1) -> Put:
    return Put(THING, name, "self", {"says": says})


def view_of(house: House, citizen_id: str) -> dict[tuple[str, str], bytes]:
    """What stands on a shelf."""
    with house.open(citizen_id, "record:export") as (session, grant):
        head = heads.read(session, citizen_id)
        assert head is not None
        rows = records.rows_after(session, grant, 0, head.seq, 100_000)
    return {(row.collection, row.key): row.body for row in rows if row.body is not None}


@pytest.mark.parametrize("suite", ["x25519", "p256"])
def test_a_new_device_is_told_the_whole_record_and_then_that_nothing_is_new(
    karen: Somebody, house: House, suite: str
) -> None:
    holder = karen.holder(suite)
    head = holder.pull()

    [told] = head["spaces"]
    assert (told["answer"], told["start"], told["more"], told["base"], told["relation"]) == (
        "snapshot", True, False, 0, "self",
    )  # fmt: skip
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)
    assert not holder.has_news()
    assert holder.pull()["spaces"][0]["answer"] == "up_to_date"
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_what_changes_comes_alone_removals_too(karen: Somebody, house: House) -> None:
    people.record(house, karen.id, put("a"), put("b"))
    holder = karen.holder()
    holder.pull()
    people.record(house, karen.id, put("a", 2), Remove(THING, "b"), put("c"))

    assert holder.has_news()
    [told] = holder.pull()["spaces"]
    assert (told["answer"], told["rows"], told["to"] - told["base"]) == ("delta", 3, 1)
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_a_copy_that_does_not_fit_comes_in_pages_and_ends_at_a_state_that_there_was(
    karen: Somebody, house: House
) -> None:
    people.record(house, karen.id, *(put(f"n{number}") for number in range(4_500)))
    holder = karen.holder()
    seen = []
    for page in range(10):
        [told] = holder.pull()["spaces"]
        seen.append((told["answer"], told["start"], told["more"]))
        if not told["more"]:
            break
        assert holder.spaces[karen.id].rows == {}
        people.record(house, karen.id, put(f"n{page}", "changed"), Remove(THING, f"n{4_000 + page}"))

    assert seen[0] == ("snapshot", True, True)
    assert set(seen[1:-1]) == {("snapshot", False, True)}
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)
    assert holder.pull()["spaces"][0]["answer"] == "up_to_date"


def test_a_change_that_does_not_fit_replaces_the_copy_and_is_never_half_shown(karen: Somebody, house: House) -> None:
    holder = karen.holder()
    holder.pull()
    before = dict(holder.spaces[karen.id].rows)
    people.record(house, karen.id, *(put(f"n{number}") for number in range(2_500)))
    [told] = holder.pull()["spaces"]

    assert (told["answer"], told["start"], told["more"]) == ("snapshot", True, True)
    assert holder.spaces[karen.id].rows == before
    holder.sync()
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_long_rows_are_counted_by_their_bytes(karen: Somebody, house: House) -> None:
    people.record(house, karen.id, *(put(f"long{number}", "x" * 100_000) for number in range(12)))
    holder = karen.holder()
    [told] = holder.pull()["spaces"]

    assert told["more"]
    assert told["rows"] < len(view_of(house, karen.id))
    holder.sync()
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_a_copy_below_the_floor_is_filled_anew_and_one_that_is_being_filled_comes_to_rest(
    karen: Somebody, house: House
) -> None:
    people.record(house, karen.id, put("gone"))
    old, late = karen.holder(), karen.holder()
    old.pull()
    people.record(house, karen.id, Remove(THING, "gone"), *(put(f"n{number}") for number in range(2_500)))
    late.pull()
    people.record(house, karen.id, put("last"))
    house.wait(days=29)
    with house.database.transaction() as session:
        heads.sweep(session, karen.id, house.at + timedelta(days=10))

    assert old.pull()["spaces"][0]["answer"] == "snapshot"
    for holder in (old, late):
        holder.sync()
        assert holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_a_device_that_lost_its_copy_is_told_all_with_a_number_above_the_last(karen: Somebody, house: House) -> None:
    holder = karen.holder()
    holder.pull()
    people.record(house, karen.id, put("a"))
    number = holder.pull()["spaces"][0]["to"]
    holder.lose_copy(karen.id)
    [told] = holder.pull()["spaces"]

    assert (told["answer"], told["base"]) == ("snapshot", 0)
    assert told["to"] > number
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_tokens_of_another_device_another_space_and_of_nobody_count_as_none(karen: Somebody, house: House) -> None:
    holder, other = karen.holder(), karen.holder()
    for each in (holder, other):
        each.pull()
    henrik = Somebody(house, 2)
    his = henrik.holder()
    his.pull()
    for token in (other.spaces[karen.id].cursor, his.spaces[henrik.id].cursor, "AAAA", "x" * 900):
        holder.spaces[karen.id].cursor = token
        assert holder.pull()["spaces"][0]["answer"] == "snapshot"
        assert holder.pull()["spaces"][0]["answer"] == "up_to_date"


def test_a_foreign_space_is_ordered_away_like_one_of_nobody_and_the_log_says_so_once(
    karen: Somebody, house: House
) -> None:
    henrik = Somebody(house, 2)
    holder = karen.holder()
    holder.pull()
    told = []
    for name in (henrik.id, "0" * 32):
        holder.lose_copy(name)
        head = holder.pull()
        told.append({**head["spaces"][1], "space": ""})
        assert name not in holder.spaces
        holder.lose_copy(name)
        holder.pull()

    assert told[0] == told[1] == {"space": "", "answer": "wipe", "gen": ""}
    assert people.logged(house, henrik.id, "record:copy") == [(karen.id, "refused")]


def test_an_ended_device_is_told_to_destroy_everything_until_it_says_that_it_has(karen: Somebody) -> None:
    holder, other = karen.holder(), karen.holder()
    for each in (holder, other):
        each.pull()
    assert karen.client.delete(f"/api/v1/devices/{holder.device.id}", headers=karen.headers).status_code == 204
    gen = holder.spaces[karen.id].head["gen"]
    head = holder.pull()

    assert (head["ended"], head["spaces"]) == (True, [{"space": karen.id, "answer": "wipe", "gen": gen}])
    assert holder.spaces == {}
    listed = {each["id"]: each for each in karen.devices()}
    assert (listed[holder.device.id]["wiped"], listed[holder.device.id]["locks_at"] is None) == (False, False)
    assert holder.pull()["spaces"] == []
    assert {each["id"]: each["wiped"] for each in karen.devices()} == {holder.device.id: True, other.device.id: False}
    assert other.pull()["spaces"][0]["answer"] == "up_to_date"


def test_what_each_device_holds_locks_seven_days_after_it_was_last_told(karen: Somebody, house: House) -> None:
    holder = karen.holder()
    assert karen.devices()[0]["locks_at"] is None
    [told] = holder.pull()["spaces"]
    assert told["lease_until"] == "2026-12-02T09:30:00Z"
    assert karen.devices()[0]["locks_at"] == "2026-12-02T10:30:00+01:00"
    house.wait(days=1)
    assert holder.pull()["spaces"][0]["lease_until"] == "2026-12-03T09:30:00Z"
