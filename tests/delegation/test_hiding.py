"""What a citizen hides is not there for a relative: in no list, number, answer or copy, and nothing tells of a hole."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.records import hidden
from app.records.item import OpenItem
from tests.conftest import NOW
from tests.delegation.family import Family
from tests.delegation.test_terms import put, synced
from tests.house import House
from tests.sync import people
from tests.sync.people import Somebody, logged

ALL = ["medication:read", "medication:mark", "appointments:read", "appointments:respond", "offline:keep"]


@pytest.fixture
def family(house: House) -> Family:
    family = Family(house)
    family.accepted(actions=ALL)
    return family


def hide(family: Family, collection: str, key: str, by: Somebody | None = None, **more: Any) -> TestResponse:
    body = {"collection": collection, "key": key, "person": None, "hidden": True, **more}
    return put(by or family.karen, f"/citizens/{family.karen.id}/hidden", body)


def get(who: Somebody, of: Somebody, what: str) -> Any:
    answer = who.client.get(f"/api/v1/citizens/{of.id}/{what}")
    assert answer.status_code == 200
    return answer.get_json()


def keys(told: dict[str, Any], what: str) -> list[str]:
    return [each["key"] for each in told[what]]


def marked(family: Family, key: str) -> None:
    """Karen says that she took it, and takes that back."""
    karen = family.karen
    said = {"medication": key, "date": "2026-11-25", "slot": "morning", "ordinal": 1, "said": "taken", "at": None}
    assert put(karen, f"/citizens/{karen.id}/dose-marks/mark-0000000000000001", said).status_code == 200
    [mark] = get(karen, karen, "dose-marks?first=2026-11-25&last=2026-11-25")["marks"]
    undo = {"undo_id": "undo-0000000000000001"}
    assert put(karen, f"/citizens/{karen.id}/dose-marks/{mark['key']}/undo", undo).status_code == 200


def test_a_medicine_that_is_hidden_is_nowhere_for_the_relative_and_stays_for_the_citizen(family: Family) -> None:
    karen, henrik = family.karen, family.henrik
    before = get(henrik, karen, "card")
    key = before["medications"][0]["key"]
    name = before["medications"][0]["name"]
    marked(family, key)
    assert get(henrik, karen, "dose-marks?first=2026-11-25&last=2026-11-25")["marks"]

    for _ in range(2):
        told = hide(family, "medication", key)
        assert told.get_json()["hidden"] == [{"collection": "medication", "key": key, "person": None}]
    card, plan = get(henrik, karen, "card"), get(henrik, karen, "dose-plan?date=2026-11-25")
    assert keys(card, "medications") == keys(before, "medications")[1:]
    assert key not in str(card)
    assert name not in str(card)
    assert key not in str(plan)
    assert get(henrik, karen, "dose-marks?first=2026-11-25&last=2026-11-25")["marks"] == []
    said = {"medication": key, "date": "2026-11-25", "slot": "morning", "ordinal": 1, "said": "taken", "at": None}
    assert put(henrik, f"/citizens/{karen.id}/dose-marks/mark-0000000000000002", said).status_code == 404
    assert keys(get(karen, karen, "card"), "medications") == keys(before, "medications")

    hide(family, "medication", key, hidden=False)
    assert get(henrik, karen, "card") == before
    assert logged(family.house, karen.id, "delegation:hide") == [(karen.id, "permitted")] * 3


def test_an_appointment_that_is_hidden_cannot_be_answered_as_one_that_is_not_there(family: Family) -> None:
    karen, henrik = family.karen, family.henrik
    [first, *others] = get(henrik, karen, "appointments")["appointments"]
    hide(family, "appointment", first["key"])

    assert get(henrik, karen, "appointments")["appointments"] == others
    body = {"message_id": "message-000000001", "version": first["version"], "said": "coming", "wish": None}
    refused = put(henrik, f"/citizens/{karen.id}/appointments/{first['key']}/answer", body)
    nothing = put(henrik, f"/citizens/{karen.id}/appointments/{'0' * 32}/answer", body)
    assert (refused.status_code, refused.get_data()) == (nothing.status_code, nothing.get_data())


def test_a_copy_that_hides_something_is_as_one_that_never_had_it(family: Family) -> None:
    karen, henrik = family.karen, family.henrik
    holder = synced(henrik)
    gen, whole = holder.spaces[karen.id].head["gen"], dict(holder.spaces[karen.id].rows)
    key = holder.spaces[karen.id].keys("medication")[0]
    marked(family, key)
    hide(family, "medication", key)
    holder.sync()

    held = holder.spaces[karen.id]
    assert held.head["gen"] != gen
    assert ("medication", key) not in held.rows
    assert not any(key.encode() in body for body in held.rows.values())
    assert held.keys("dose_mark") == []
    assert held.keys("hidden") == []
    fresh = synced(henrik).spaces[karen.id]
    assert (fresh.rows, fresh.head["gen"], fresh.head["digest"]) == (held.rows, held.head["gen"], held.head["digest"])
    assert "hidden" in {collection for collection, _ in synced(karen).spaces[karen.id].rows}
    assert len(held.rows) < len(whole)


def test_what_is_hidden_from_one_is_seen_by_another_and_what_one_may_not_see_changes_no_copy(family: Family) -> None:
    karen, henrik, line = family.karen, family.henrik, family.line
    people.grant(family.house, karen.id, line.id, frozenset({"medication:read", "offline:keep"}), name="line")
    key = get(line, karen, "card")["medications"][0]["key"]
    holder = synced(line)
    gen = holder.spaces[karen.id].head["gen"]
    hide(family, "medication", key, person=henrik.id)
    hide(family, "appointment", get(karen, karen, "appointments")["appointments"][0]["key"])

    assert key not in keys(get(henrik, karen, "card"), "medications")
    assert key in keys(get(line, karen, "card"), "medications")
    holder.sync()
    assert holder.spaces[karen.id].head["gen"] == gen


def test_only_the_citizen_hides_and_only_what_is_there(family: Family) -> None:
    karen, henrik = family.karen, family.henrik
    key = get(henrik, karen, "card")["medications"][0]["key"]

    assert hide(family, "medication", key, by=henrik).status_code == 403
    assert henrik.client.get(f"/api/v1/citizens/{karen.id}/hidden").status_code == 403
    assert hide(family, "medication", "0" * 32).status_code == 404
    assert hide(family, "note", key).status_code == 422
    assert hide(family, "appointment", key).status_code == 404


def item(key: str, **content: Any) -> OpenItem:
    return OpenItem(key, "self", content, NOW, key=key)


def test_what_tells_of_something_hidden_goes_with_it_however_far() -> None:
    found = {"dose_mark": [item("a", medication="m"), item("b", undoes="a"), item("c", undoes="b"), item("d")]}

    assert hidden.left(found, {"m"}) == {"dose_mark": [found["dose_mark"][3]]}
    assert hidden.left(found, set()) == found
