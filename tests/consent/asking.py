"""Asks about made-up cases: answers, and cases in which one thing is different."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from app.consent import cases
from tests.consent import made

Json = dict[str, Any]

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MICROSECOND = timedelta(microseconds=1)
# A seed and not hypothesis' own draws: those avoid what is rare, and here it is the rare that matters.
randoms = st.builds(Random, st.integers(0, 2**32 - 1))
# Spring and autumn of 2026 to the microsecond, with both changes of the clock.
instants = st.integers(0, 230 * 24 * 3600 * 10**6).map(
    lambda passed: datetime(2026, 3, 20, tzinfo=UTC) + timedelta(microseconds=passed)
)


def answer(case: Json, **changed: Any) -> Json:
    """The answer to a case in which something is different; an unreadable case is no answer."""
    said = cases.answer({**case, **changed})
    assert "error" not in said, said
    return said


def asked(case: Json, **changed: Any) -> Json:
    """The case with another request."""
    return {**case, "request": {**case["request"], **changed}}


def by(case: Json, **changed: Any) -> Json:
    """The case with another actor."""
    return asked(case, actor={**case["request"]["actor"], **changed})


def kinds(case: Json, answered: Json) -> set[str]:
    """The kinds of the events that an answer names."""
    said = {each["id"]: each["kind"] for each in case["events"]}
    return {said[name] for name in answered["events"]}


def new_event(random: Random, kind: str, name: str = "new", **changed: Any) -> Json:
    """A further event of a kind."""
    maybe = made.Maybe(random)
    while True:
        event = made.event(maybe, 0)
        if event["kind"] == kind:
            return {**event, "id": name, **changed}


def delegation(begins: datetime, ends: datetime, *more: Json, **changed: Any) -> Json:
    """A case with one accepted grant to B, about which B asks."""
    grant = {
        "id": "g",
        "kind": "grant",
        "grant_id": "G",
        "grantee": {"type": "person", "id": "B"},
        "actions": ["medication:read"],
        "purposes": ["relative"],
        "valid_from": begins.isoformat(),
        "valid_to": ends.isoformat(),
        "recorded_at": "2026-01-01T00:00:00Z",
        "given_by": "A",
    }
    accept = {"id": "a", "kind": "accept", "grant_id": "G", "recorded_at": "2026-01-02T00:00:00Z", "given_by": "B"}
    return {
        "id": "delegation",
        "citizen": {"id": "A", "born": "1950-01-01"},
        "events": [grant, accept, *more],
        "request": {
            "actor": {"id": "B", "level": "high"},
            "action": "medication:read",
            "purpose": "relative",
        },
        "valid_at": "2026-06-01T00:00:00Z",
        "known_at": "2027-01-01T00:00:00Z",
        **changed,
    }


def outcome(case: Json, valid_at: datetime, known_at: datetime | None = None) -> str:
    """What a case comes to at other instants."""
    changed = {"known_at": known_at.isoformat()} if known_at else {}
    said: str = answer(case, valid_at=valid_at.isoformat(), **changed)["decision"]
    return said
