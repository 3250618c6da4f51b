"""Preferences of reminders from devices: each field by itself, the last that the server took, and only one's own."""

from typing import Any

import pytest

from app.grant import Actor
from app.reminders import preferences
from tests.copy import Holder
from tests.house import House
from tests.sync import people
from tests.sync.people import Somebody


def prefer(holder: Holder, space: str, field: str, value: Any) -> int:
    return holder.act(space, "preference:set", {"field": field, "value": value})


def held(holder: Holder, space: str) -> dict[str, Any]:
    """What lies in a device's copy."""
    return {said["field"]: said["value"] for said in holder.spaces[space].contents("preference").values()}


def counting(house: House, citizen_id: str) -> dict[str, Any]:
    with house.open(citizen_id, "preferences:read", Actor(citizen_id, "citizen")) as (session, grant):
        return dict(preferences.read_preferences(session, grant))


def test_of_one_field_the_last_that_the_server_took_counts_and_others_are_left(
    karen: Somebody, holder: Holder, house: House
) -> None:
    other = karen.holder("p256")
    other.sync()
    prefer(holder, karen.id, "quiet", "22:00-07:00")
    prefer(holder, karen.id, "lock_screen", "named")
    prefer(other, karen.id, "quiet", "21:00-06:00")
    prefer(other, karen.id, "window", 30)
    holder.sync()
    other.sync()
    holder.sync()

    said = {"quiet": "21:00-06:00", "lock_screen": "named", "window": 30}
    assert held(holder, karen.id) == held(other, karen.id) == said
    counts = counting(house, karen.id)
    assert {field: counts[field] for field in said} == said
    assert counts["snooze"] == 10


def test_what_was_said_is_taken_back_and_then_the_default_counts(karen: Somebody, holder: Holder, house: House) -> None:
    prefer(holder, karen.id, "kind.appointment", False)
    holder.sync()
    assert counting(house, karen.id)["kind.appointment"] is False
    back, again = (prefer(holder, karen.id, "kind.appointment", None) for _ in range(2))
    holder.sync()
    assert [holder.outcomes[mid] for mid in (back, again)] == ["applied", "applied"]
    assert held(holder, karen.id) == {}
    assert counting(house, karen.id)["kind.appointment"] is True


def test_a_medicine_is_reminded_of_only_while_it_is_on_the_shelf(karen: Somebody, holder: Holder) -> None:
    key = holder.spaces[karen.id].keys("medication")[0]
    done = prefer(holder, karen.id, f"medicine.{key}.remind", True)
    unknown = prefer(holder, karen.id, f"medicine.{'0' * 32}.remind", True)
    back = prefer(holder, karen.id, f"medicine.{'0' * 32}.remind", None)
    holder.sync()
    assert [holder.outcomes[mid] for mid in (done, unknown, back)] == ["applied", "rejected:not_found", "applied"]
    assert held(holder, karen.id) == {f"medicine.{key}.remind": True}


@pytest.mark.parametrize(
    "args",
    [
        {"field": "weather", "value": True},
        {"field": "weather", "value": None},
        {"field": "window", "value": 5},
        {"field": "window", "value": 60.0},
        {"field": "quiet", "value": {"from": "22:00"}},
        {"field": 7, "value": True},
        {"field": "x" * 81, "value": True},
        {"field": "quiet"},
        {"field": "quiet", "value": "none", "more": 1},
    ],
)
def test_what_is_no_preference_is_refused_and_changes_nothing(
    karen: Somebody, holder: Holder, args: dict[str, Any]
) -> None:
    mid = holder.act(karen.id, "preference:set", args)
    holder.sync()
    assert holder.outcomes[mid] == "rejected:malformed"
    assert held(holder, karen.id) == {}


def test_nobody_sets_or_sees_somebody_elses(karen: Somebody, holder: Holder, house: House) -> None:
    prefer(holder, karen.id, "lock_screen", "named")
    holder.sync()
    people.grant(house, karen.id, Somebody(house, 2).id)
    relative = Somebody(house, 2)
    theirs = relative.holder()
    theirs.sync()
    assert theirs.spaces[karen.id].contents("preference") == {}
    mid = prefer(theirs, karen.id, "lock_screen", "neutral")
    theirs.sync()
    assert theirs.outcomes[mid] == "rejected:not_allowed"
    assert counting(house, karen.id)["lock_screen"] == "named"
    assert people.logged(house, karen.id, "preferences:write") == [
        (karen.id, "permitted"),
        (relative.id, "refused"),
    ]
    assert "preference:set" in holder.spaces[karen.id].head["takes"]
    assert "preference:set" not in theirs.spaces[karen.id].head["takes"]
