"""Copies of somebody else's: what they hold, for how long, what is logged of them, and how they go."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.consent.event import Limit
from app.records.item import Put
from app.records.restores import begin_epoch
from tests.copy import Holder
from tests.house import House
from tests.sync import people
from tests.sync.people import KEEPING, Somebody

ALL = frozenset({"medication:read", "medication:mark", "appointments:read", "appointments:respond", "offline:keep"})


@pytest.fixture
def helper(karen: Somebody, house: House) -> Somebody:
    """A relative of Karen's, who has given her nothing yet."""
    assert karen.id
    return Somebody(house, 2)


def told_of(head: dict[str, Any], space: str) -> dict[str, Any]:
    return next(each for each in head["spaces"] if each["space"] == space)


def synced(somebody: Somebody) -> Holder:
    holder = somebody.holder()
    holder.sync()
    return holder


def test_a_copy_is_lent_with_what_was_granted_and_nothing_else(karen: Somebody, helper: Somebody, house: House) -> None:
    holder = synced(helper)
    assert set(holder.spaces) == {helper.id}
    people.grant(house, karen.id, helper.id)
    head = holder.pull()

    told = told_of(head, karen.id)
    assert (told["answer"], told["relation"], told["takes"], told["lease_until"]) == (
        "snapshot",
        "grant",
        [],
        "2026-11-26T09:30:00Z",
    )
    held = holder.spaces[karen.id]
    assert {collection for collection, _ in held.rows} <= {"card", "medication", "prescription", "renewal", "dose_mark"}
    own = synced(karen).spaces[karen.id]
    assert all(own.rows[place] == body for place, body in held.rows.items())
    assert held.keys("medication") == own.keys("medication")
    assert people.logged(house, karen.id, "record:copy") == [(helper.id, "permitted")]
    holder.pull()
    assert people.logged(house, karen.id, "record:copy") == [(helper.id, "permitted")]


def test_without_leave_to_keep_a_copy_none_is_told_of(karen: Somebody, helper: Somebody, house: House) -> None:
    people.grant(house, karen.id, helper.id, frozenset({"medication:read"}))
    assert set(synced(helper).spaces) == {helper.id}
    assert people.logged(house, karen.id, "record:copy") == []


def test_what_the_copy_leaves_out_leaves_no_trace_in_it(karen: Somebody, helper: Somebody, house: House) -> None:
    people.grant(house, karen.id, helper.id)
    holder = synced(helper)
    before = dict(holder.spaces[karen.id].head)
    # So many that the shelf's number has more digits than before.
    people.record(house, karen.id, *(Put("note", f"n{number}", "self", {}) for number in range(1000)))
    people.record(house, karen.id, Put("appointment_answer", "a", "self", {}), Put("note", "b", "self", {}))
    told = told_of(holder.pull(), karen.id)

    assert (told["answer"], told["to"], told["count"], told["digest"]) == (
        "up_to_date",
        before["to"],
        before["count"],
        before["digest"],
    )
    assert len(told["cursor"]) == len(before["cursor"])
    assert holder.has_news()  # it always may be, so that this cannot be heard either
    people.record(house, karen.id, Put("renewal", "r", "self", {}))
    assert told_of(holder.pull(), karen.id)["answer"] == "snapshot"


def test_a_wider_and_a_narrower_scope_replace_the_copy(karen: Somebody, helper: Somebody, house: House) -> None:
    people.grant(house, karen.id, helper.id)
    holder = synced(helper)
    house.wait(minutes=1)
    people.grant(house, karen.id, helper.id, ALL, name="h")
    told = told_of(holder.pull(), karen.id)
    assert (told["answer"], told["takes"]) == ("snapshot", ["appointment:answer", "dose:mark", "dose:undo"])
    assert holder.spaces[karen.id].keys("appointment") != []
    house.wait(minutes=1)
    people.withdraw(house, karen.id, "h")
    assert told_of(holder.pull(), karen.id)["answer"] == "snapshot"
    assert holder.spaces[karen.id].keys("appointment") == []
    assert holder.spaces[karen.id].keys("medication") != []


def test_a_grant_that_ended_is_wiped_and_one_that_came_again_brings_all(
    karen: Somebody, helper: Somebody, house: House
) -> None:
    people.grant(house, karen.id, helper.id)
    holder = synced(helper)
    gen = holder.spaces[karen.id].head["gen"]
    house.wait(minutes=1)
    people.withdraw(house, karen.id)
    assert told_of(holder.pull(), karen.id) == {"space": karen.id, "answer": "wipe", "gen": gen}
    assert set(holder.spaces) == {helper.id}
    holder.pull()
    assert people.logged(house, karen.id, "record:copy") == [(helper.id, "permitted"), (helper.id, "refused")]
    house.wait(minutes=1)
    people.grant(house, karen.id, helper.id, name="h")
    assert told_of(holder.pull(), karen.id)["answer"] == "snapshot"
    assert holder.spaces[karen.id].keys("medication") != []


def test_a_wipe_that_was_not_heard_is_told_again_and_logged_once(
    karen: Somebody, helper: Somebody, house: House
) -> None:
    people.grant(house, karen.id, helper.id)
    holder = synced(helper)
    people.withdraw(house, karen.id)
    body = holder.pull_body()
    for _ in range(3):
        status, head, _ = holder.device.ask("/api/v1/sync/pull", body)
        assert (status, told_of(head, karen.id)["answer"]) == (200, "wipe")
    assert people.logged(house, karen.id, "record:copy") == [(helper.id, "permitted"), (helper.id, "refused")]


def test_a_lease_never_passes_the_end_of_what_it_rests_on(karen: Somebody, helper: Somebody, house: House) -> None:
    people.grant(house, karen.id, helper.id, ends=house.at + timedelta(hours=5))
    holder = synced(helper)
    assert holder.spaces[karen.id].head["lease_until"] == "2026-11-25T14:30:00Z"
    house.wait(hours=5)
    assert told_of(holder.pull(), karen.id)["answer"] == "wipe"


def test_of_a_limited_grant_only_what_lies_inside_is_copied_and_no_list_names_the_rest(
    karen: Somebody, helper: Somebody, house: House
) -> None:
    people.grant(house, karen.id, helper.id, ALL, limit=Limit(None, date(2026, 1, 1), date(2027, 12, 31)))
    holder = synced(helper)
    own, lent = synced(karen).spaces[karen.id], holder.spaces[karen.id]

    assert 0 < len(lent.keys("appointment")) <= len(own.keys("appointment"))
    shown = {each["id"] for each in lent.contents("medication").values()}
    hidden = {each["id"] for each in own.contents("medication").values()} - shown
    assert hidden
    for listing in lent.contents("card").values():
        assert not hidden & {*listing["listed"], *listing["seen"]}
        assert {*listing["listed"]} <= shown


def test_a_relative_marks_a_dose_and_answers_within_the_grant_and_no_further(
    karen: Somebody, helper: Somebody, house: House
) -> None:
    people.grant(house, karen.id, helper.id, ALL)
    holder = synced(helper)
    medication = holder.spaces[karen.id].keys("medication")[0]
    dose = {"medication": medication, "date": "2026-11-25", "slot": "noon", "ordinal": 1, "said": "taken", "at": None}
    marked = holder.act(karen.id, "dose:mark", dose)
    noted = holder.act(karen.id, "consent:withdraw", {"grant_id": "g"})
    holder.sync()

    assert [holder.outcomes[mid] for mid in (marked, noted)] == ["applied", "rejected:not_allowed"]
    [mark] = synced(karen).spaces[karen.id].contents("dose_mark").values()
    assert mark["by"] == helper.id
    assert people.logged(house, karen.id, "medication:mark") == [(helper.id, "permitted")]
    people.withdraw(house, karen.id)
    late = holder.act(karen.id, "dose:mark", {**dose, "slot": "evening"})
    holder.push()
    assert holder.outcomes[late] == "rejected:not_allowed"
    assert people.logged(house, karen.id, "medication:mark")[1:] == [(helper.id, "refused")]


def test_after_a_restore_a_lent_copy_is_closed_until_the_citizens_own_device_has_spoken(
    karen: Somebody, helper: Somebody, house: House
) -> None:
    people.grant(house, karen.id, helper.id, KEEPING)
    own, holder = synced(karen), synced(helper)
    with house.database.transaction() as session:
        begin_epoch(session, karen.id, house.at)
    rows = dict(holder.spaces[karen.id].rows)
    for _ in range(2):
        assert told_of(holder.pull(), karen.id) == {"space": karen.id, "answer": "closed"}
    assert (holder.spaces[karen.id].is_closed, holder.spaces[karen.id].rows) == (True, rows)
    assert people.logged(house, karen.id, "record:copy") == [(helper.id, "permitted"), (helper.id, "refused")]

    own.pull()  # it is filled anew
    assert told_of(holder.pull(), karen.id)["answer"] == "closed"
    own.act(karen.id, "note:remove", {"id": "none"}, "0" * 32)
    own.pull()  # something waits to be sent
    assert told_of(holder.pull(), karen.id)["answer"] == "closed"
    own.sync()
    own.sync()
    assert told_of(holder.pull(), karen.id)["answer"] == "snapshot"
    assert not holder.spaces[karen.id].is_closed
