"""Events of consent as values, for tests that need no JSON."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.consent.event import Event, Kind, Party

AT = datetime(2026, 3, 1, 8, 12, tzinfo=UTC)
END = datetime(2026, 12, 31, 23, tzinfo=UTC)
B = Party("person", "B")
HOUSE = Party("organisation", None, "cvr:1")
DOCTOR = Party("role", "doctor", "cvr:1")
EVERYONE = Party("everyone")


def terms(kind: Kind = "grant", **changed: Any) -> Event:
    """A grant or a deny of reading the card, given by the citizen A to the relative B under G."""
    values: dict[str, Any] = {
        "id": "g",
        "citizen_id": "A",
        "kind": kind,
        "grant_id": "G",
        "given_by": "A",
        "recorded_at": AT,
        "grantee": B,
        "actions": frozenset({"medication:read"}),
        "purposes": frozenset({"relative"}),
        "valid_from": AT,
        "valid_to": END if kind == "grant" else None,
    }
    return Event(**{**values, **changed})


def about(kind: Kind, given_by: str = "A", **changed: Any) -> Event:
    """An event about G an hour later."""
    values: dict[str, Any] = {
        "id": kind,
        "citizen_id": "A",
        "kind": kind,
        "grant_id": "G",
        "given_by": given_by,
        "recorded_at": AT + timedelta(hours=1),
    }
    return Event(**{**values, **changed})
