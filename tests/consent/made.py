"""Makes consent cases: from a random source, in a world so small that events, requests and instants often meet."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
PEOPLE = ["B", "C", "D"]
HOUSES = ["cvr:1", "cvr:2"]
ROLES = ["doctor", "caseworker"]
ACTIONS = ["medication:read", "medication:read", "consent:status"]
PURPOSES = ["relative", "relative", "casework"]
DAYS = ["2026-01-01", "2026-03-01", "2026-03-15", "2026-06-30", "2026-07-01"]
KINDS = [*["grant"] * 7, *["accept"] * 6, *["deny"] * 3, "withdraw", "supersede", "invalidate"]
INSTANTS = [datetime(2026, 3, 1, 8, tzinfo=UTC) + timedelta(hours=hours) for hours in (0, 1, 2, 3, 24, 2000)]
# The two nights in which the clocks change, midnights, and a 15th birthday.
INSTANTS += [datetime(2026, *local, tzinfo=COPENHAGEN).astimezone(UTC) for local in ((3, 29), (10, 25), (3, 15))]


def case(random: Random) -> Json:
    """One case with up to thirteen events."""
    maybe = Maybe(random)
    return {
        "id": "made",
        "citizen": {
            "id": "A",
            "born": maybe.one(["1950-01-01", "1950-01-01", "2011-03-15", "2012-02-29", "2020-05-05", None]),
            "died": maybe.one([*[None] * 6, "2026-03-02", "2026-03-29"]),
            "custody": maybe.some(["B", "C"]),
        },
        "events": [event(maybe, number) for number in range(random.randrange(14))],
        "statutes": [statute(maybe) for _ in range(random.choice([0, 0, 0, 1, 2]))],
        "request": request(maybe),
        "valid_at": maybe.instant(late=not maybe.rarely(3)),
        "known_at": maybe.instant(late=True),
    }


def event(maybe: "Maybe", number: int) -> Json:
    """An event, mostly by somebody who may give it."""
    kind = maybe.one(KINDS)
    said: Json = {
        "id": f"e{number}",
        "kind": kind,
        "grant_id": maybe.one(["g1", "g2", "g3"]),
        "recorded_at": maybe.instant(early=True),
        "given_by": maybe.one(["B", "B", "C"] if kind == "accept" else [*["A"] * 9, "B", "D", "cvr:1"]),
    }
    if maybe.rarely():
        said["capacity"] = "paper"
    if maybe.rarely(20):
        said["citizen"] = maybe.one(["A", "Z"])
    if kind in ("grant", "deny"):
        said |= {
            "grantee": party(maybe),
            "except": [party(maybe, everyone=False) for _ in range(maybe.one([0, 0, 0, 1, 2]))],
            "actions": maybe.many(ACTIONS),
            "purposes": maybe.many(PURPOSES),
            "valid_from": maybe.instant(early=True),
            "valid_to": None if maybe.rarely(20) or (kind == "deny" and maybe.rarely(2)) else maybe.instant(late=True),
        }
        if maybe.rarely(3):
            said["data"] = {
                "organisation": maybe.one([None, *HOUSES]),
                "from": maybe.one([None, *DAYS[:3]]),
                "to": maybe.one([None, *DAYS[2:]]),
            }
    return said


def party(maybe: "Maybe", everyone: bool = True) -> Json:
    """A party, at times without its organisation."""
    house = None if maybe.rarely() else maybe.one(HOUSES)
    parties: list[Json] = [
        {"type": "person", "id": maybe.one(PEOPLE)},
        *[{"type": "person", "id": "B"}] * (8 if everyone else 1),
        {"type": "organisation", "organisation": house},
        {"type": "role", "id": maybe.one(ROLES), "organisation": house},
    ]
    found: Json = maybe.one([*parties, {"type": "everyone"}] if everyone or maybe.rarely() else parties)
    return found


def statute(maybe: "Maybe") -> Json:
    """A row of law."""
    return {
        "role": maybe.one(ROLES),
        "organisation": maybe.one([*HOUSES, *HOUSES, None]),
        "action": maybe.one(ACTIONS),
        "purpose": maybe.one(PURPOSES),
        "objectable": maybe.one([True, True, False]),
    }


def request(maybe: "Maybe") -> Json:
    """A request, mostly by somebody else than the citizen and with what it takes."""
    asked: Json = {
        "actor": {
            "id": maybe.one(["B", "B", "B", "B", "C", "C", "D", "D", "A"]),
            "role": maybe.one([None, *ROLES]),
            "organisation": maybe.one([None, *HOUSES]),
            "level": "low" if maybe.rarely(40) else maybe.one(["substantial", "high"]),
            "locked": maybe.rarely(40),
        },
        "action": "medication:print" if maybe.rarely(30) else maybe.one(ACTIONS),
        "purpose": "pleasure" if maybe.rarely(30) else maybe.one(PURPOSES),
    }
    if maybe.rarely(3):
        asked["data"] = {
            "organisation": maybe.one([None, *HOUSES]),
            "date": maybe.one([None, *DAYS]),
            "hidden_from_guardian": maybe.rarely(4),
        }
    if maybe.rarely(5):
        asked["emergency"] = {"reason": maybe.one(["unconscious", "unconscious", " "]), "role_listed": maybe.rarely(2)}
    return asked


class Maybe:
    """Draws from a random source."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def one(self, of: list[Any]) -> Any:
        """One of them."""
        return self._random.choice(of)

    def some(self, of: list[Any]) -> list[Any]:
        """Any of them, perhaps none."""
        return [each for each in of if self._random.random() < 0.5]

    def many(self, of: list[Any]) -> list[Any]:
        """Most of them, perhaps none."""
        return [each for each in of if self._random.random() < 0.75]

    def rarely(self, of: int = 6) -> bool:
        """True once in so many times."""
        return self._random.randrange(of) == 0

    def instant(self, early: bool = False, late: bool = False) -> str:
        """An instant of this world, or the microsecond before or after one, in one of the zones a case may use."""
        of = INSTANTS[:3] if early and not self.rarely(4) else INSTANTS[3:] if late else INSTANTS
        found = self.one(of) + timedelta(microseconds=self.one([-1, 0, 0, 0, 1]))
        text: str = found.astimezone(self.one([UTC, COPENHAGEN])).isoformat()
        return text.replace("+00:00", "Z")
