"""Reading consent cases: strictly, and whatever strangers write."""

from copy import deepcopy
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consent import cases
from app.consent.event import Limit, Party
from tests.consent import made

Json = dict[str, Any]

FULL: Json = {
    "id": "full",
    "citizen": {"id": "A", "born": "1950-01-01", "died": None, "custody": ["C"]},
    "events": [
        {
            "id": "e1",
            "citizen": "A",
            "kind": "grant",
            "grant_id": "g1",
            "grantee": {"type": "role", "id": "doctor", "organisation": "sor:1001"},
            "except": [{"type": "person", "id": "D"}],
            "actions": ["medication:read"],
            "purposes": ["treatment"],
            "data": {"organisation": "sor:1001", "from": "2026-01-01", "to": "2026-06-30"},
            "valid_from": "2026-03-01T09:12:00.25+01:00",
            "valid_to": "2027-01-01T00:00:00+01:00",
            "recorded_at": "2026-03-01T08:12:00Z",
            "given_by": "W",
            "capacity": "paper",
            "notice_sha256": "00",
            "prev_hash": None,
            "hash": "ff",
        },
        {
            "id": "e2",
            "kind": "withdraw",
            "grant_id": "g1",
            "recorded_at": "2026-03-01T10:00+01:00",
            "given_by": "A",
        },
    ],
    "statutes": [
        {
            "role": "doctor",
            "organisation": "sor:1001",
            "action": "medication:read",
            "purpose": "treatment",
            "objectable": True,
        }
    ],
    "request": {
        "actor": {"id": "L", "role": "doctor", "organisation": "sor:1001", "level": "high", "locked": True},
        "action": "medication:read",
        "purpose": "treatment",
        "data": {"organisation": "sor:1001", "date": "2026-02-02", "hidden_from_guardian": True},
        "emergency": {"reason": "bevidstløs", "role_listed": True},
    },
    "valid_at": "2026-05-01T12:00:00+02:00",
    "known_at": "2026-05-01T12:00:00+02:00",
}
LEAST: Json = {
    "id": "least",
    "citizen": {"id": "A"},
    "request": {"actor": {"id": "A"}, "action": "medication:read", "purpose": "self"},
    "valid_at": "2026-05-01T12:00:00Z",
    "known_at": "2026-05-01T12:00:00Z",
}


def changed(path: str, value: Any) -> Json:
    """The full case with one member replaced; what is replaced by nothing is taken away."""
    case = deepcopy(FULL)
    *way, last = path.split(".")
    place: Any = case
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    key = int(last) if last.isdigit() else last
    if value is NOTHING:
        del place[key]
    else:
        place[key] = value
    return case


NOTHING = object()


def test_everything_in_a_case_is_read() -> None:
    case = cases.read(FULL)

    grant, end = case.events
    assert (case.citizen.born, case.citizen.died, case.citizen.custody) == (date(1950, 1, 1), None, frozenset("C"))
    assert grant.grantee == Party("role", "doctor", "sor:1001")
    assert grant.exceptions == (Party("person", "D"),)
    assert grant.limit == Limit("sor:1001", date(2026, 1, 1), date(2026, 6, 30))
    assert grant.valid_from == datetime(2026, 3, 1, 8, 12, 0, 250_000, tzinfo=UTC)
    assert grant.valid_to == datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert (grant.capacity, grant.given_by, grant.citizen_id) == ("paper", "W", "A")
    assert (end.kind, end.recorded_at, end.capacity) == ("withdraw", datetime(2026, 3, 1, 9, tzinfo=UTC), "self")
    assert case.statutes[0].objectable
    assert case.request.locked
    assert case.request.hidden
    assert case.request.item is not None
    assert case.request.item.day == date(2026, 2, 2)
    assert case.request.emergency is not None
    assert case.request.emergency.reason == "bevidstløs"
    assert case.valid_at == datetime(2026, 5, 1, 10, tzinfo=UTC)


def test_what_is_missing_is_empty_and_a_missing_level_is_none() -> None:
    case = cases.read(LEAST)

    assert (case.events, case.statutes, case.citizen.custody) == ((), (), frozenset())
    assert (case.request.item, case.request.emergency, case.request.locked) == (None, None, False)
    assert cases.answer(LEAST) == {"id": "least", "decision": "deny", "reason": "auth", "events": []}


def test_what_a_checker_notes_beside_a_case_is_let_pass() -> None:
    noted = {**LEAST, "expect": "deny", "why": [1.5, {"x": None}]}

    assert cases.answer(noted) == cases.answer(LEAST)


WRONG: dict[str, tuple[Any, str]] = {
    "no id": (changed("id", NOTHING), "id is missing."),
    "an id that is a number": (changed("id", 7), "id must be a text."),
    "an empty id": (changed("id", ""), "id must be a text."),
    "no citizen": (changed("citizen", NOTHING), "citizen is missing."),
    "a citizen that is a text": (changed("citizen", "A"), "citizen is no object."),
    "a date that does not exist": (changed("citizen.born", "2023-02-29"), "citizen.born must be a date"),
    "a date in another form": (changed("citizen.born", "20230228"), "citizen.born must be a date"),
    "a week for a date": (changed("citizen.died", "2023-W01-1"), "citizen.died must be a date"),
    "a date in other digits": (changed("citizen.born", "١٩٥٠-01-01"), "citizen.born must be a date"),
    "a date with a time": (changed("citizen.died", "2026-01-01T00:00:00Z"), "citizen.died must be a date"),
    "custody that is a text": (changed("citizen.custody", "C"), "citizen.custody must be a list."),
    "custody of a number": (changed("citizen.custody", [1]), "citizen.custody must be a list of texts."),
    "events that are an object": (changed("events", {}), "events must be a list."),
    "an event that is a list": (changed("events.1", []), "events[1] is no object."),
    "an unknown kind": (changed("events.0.kind", "give"), "events[0].kind must be one of grant, accept"),
    "a kind that is a list": (changed("events.0.kind", ["grant"]), "events[0].kind must be a text."),
    "a misspelt member of an event": (changed("events.0.excpet", []), "events[0] has a member that nobody knows"),
    "a misspelt member of a limit": (changed("events.0.data.untill", ""), "events[0].data has a member"),
    "no grantee": (changed("events.0.grantee", NOTHING), "events[0].grantee is missing."),
    "a grantee of no type": (changed("events.0.grantee.type", NOTHING), "events[0].grantee.type is missing."),
    "a grantee of another type": (changed("events.0.grantee.type", "robot"), "events[0].grantee.type must be one"),
    "an exception that is a text": (changed("events.0.except", ["D"]), "events[0].except[0] is no object."),
    "actions that are a text": (changed("events.0.actions", "medication:read"), "events[0].actions must be a list."),
    "an action that is null": (changed("events.0.actions", [None]), "events[0].actions must be a list of texts."),
    "no start": (changed("events.0.valid_from", None), "events[0].valid_from is missing."),
    "a start without a zone": (changed("events.0.valid_from", "2026-03-01T09:12:00"), "must be a time with its zone"),
    "a start on a date": (changed("events.0.valid_from", "2026-03-01"), "must be a time with its zone"),
    "a time that is a number": (changed("events.0.recorded_at", 1767225600), "events[0].recorded_at must be a text."),
    "half past twenty-four": (changed("valid_at", "2026-03-01T24:30:00Z"), "valid_at must be a time"),
    "midnight written as twenty-four": (changed("valid_at", "2026-03-01T24:00:00Z"), "valid_at must be a time"),
    "a leap second": (changed("valid_at", "2026-06-30T23:59:60Z"), "valid_at must be a time"),
    "more digits than a microsecond has": (changed("valid_at", "2026-03-01T00:00:00.0000001Z"), "valid_at must be a"),
    "a time before all times": (changed("valid_at", "0001-01-01T00:00:00+01:00"), "valid_at must be a time"),
    "a time after all times": (changed("known_at", "9999-12-31T23:59:59-01:00"), "known_at must be a time"),
    "an offset of a day": (changed("known_at", "2026-03-01T00:00:00+24:00"), "known_at must be a time"),
    "a line break after a time": (changed("known_at", "2026-03-01T00:00:00Z\n"), "known_at must be a time"),
    "no valid_at": (changed("valid_at", NOTHING), "valid_at is missing."),
    "no actor": (changed("request.actor", None), "request.actor is missing."),
    "an actor without an id": (changed("request.actor.id", None), "request.actor.id is missing."),
    "locked as a text": (changed("request.actor.locked", "false"), "request.actor.locked must be true or false."),
    "locked as a number": (changed("request.actor.locked", 0), "request.actor.locked must be true or false."),
    "hidden as null": (changed("request.data.hidden_from_guardian", None), "must be true or false."),
    "an empty organisation": (changed("request.actor.organisation", ""), "request.actor.organisation must be a text."),
    "an action that is no text": (changed("request.action", True), "request.action must be a text."),
    "an emergency that is true": (changed("request.emergency", True), "request.emergency is no object."),
    "a reason that is a list": (changed("request.emergency.reason", []), "request.emergency.reason must be a text."),
    "a statute without a role": (changed("statutes.0.role", None), "statutes[0].role is missing."),
    "half a surrogate pair": (changed("events.0.given_by", "\ud800"), "events[0].given_by must be a text."),
    "one id with two contents": (changed("events.1.id", "e1"), "One event id has two contents."),
    "a list": ([], "the case is no object."),
    "null": (None, "the case is no object."),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_case_that_cannot_be_read_is_answered_with_a_sentence_that_repeats_nothing(name: str) -> None:
    case, said = WRONG[name]

    answered = cases.answer(case)

    assert set(answered) == {"id", "error"}
    assert said in answered["error"]
    assert answered["error"].endswith(".")
    assert answered["id"] in (None, "full", "")


def test_a_sentence_never_repeats_what_the_case_says() -> None:
    case = changed("events.0.kind", "1501701234")
    case["events"][0]["1501701234"] = "1501701234"

    assert "1501701234" not in cases.answer(case)["error"]


JUNK: list[Any] = [None, True, 0, -1, "", "x", "\ud800", [], ["x"], {}, {"id": "x"}, [[]], "9999-12-31T23:59:59Z"]


@given(st.builds(Random, st.integers(0, 2**32 - 1)))
def test_a_case_in_which_anything_is_replaced_by_anything_is_answered(random: Random) -> None:
    case: Any = made.case(random)
    place = case
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            break
        key = random.choice(keys)
        if not isinstance(place[key], dict | list) or random.random() < 0.3:
            place[key] = random.choice(JUNK)
            break
        place = place[key]

    answered = cases.answer(case)

    assert set(answered) in ({"id", "error"}, {"id", "decision", "reason", "events"})
