"""No sequence of acts by anybody but the citizen enlarges anybody's rights: a machine that tries."""

from random import Random
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from app.consent import cases
from tests.consent import made

Json = dict[str, Any]

ASKING = [
    {"actor": {"id": who, "role": role, "organisation": house, "level": "high"}, "action": action, "purpose": purpose}
    for who, role, house in (
        ("B", None, None),
        ("C", None, None),
        ("D", "doctor", "cvr:1"),
        ("W", "caseworker", "cvr:2"),
    )
    for action in ("medication:read", "consent:status")
    for purpose in ("relative", "casework")
]
seeds = st.builds(Random, st.integers(0, 2**32 - 1))
VALID_AT = made.INSTANTS[4].isoformat()
EARLY = made.INSTANTS[0].isoformat()
KNOWN_AT = made.INSTANTS[5].isoformat()


def rights(events: list[Json]) -> set[int]:
    """Which of the requests are permitted."""
    found = set()
    for number, request in enumerate(ASKING):
        case = {
            "id": "rights",
            "citizen": {"id": "A", "born": "2016-05-05", "custody": ["C"]},
            "events": events,
            "request": request,
            "valid_at": VALID_AT,
            "known_at": KNOWN_AT,
        }
        if cases.answer(case)["decision"] == "permit":
            found.add(number)
    return found


def as_if_accepted(events: list[Json]) -> list[Json]:
    """The events, and a yes to whatever the citizen gave: the most that others can make of them."""
    return [
        *events,
        *(
            {
                "id": f"yes to {each['id']} of {each['grant_id']}",
                "kind": "accept",
                "grant_id": each["grant_id"],
                "recorded_at": each["recorded_at"],
                "given_by": each["grantee"]["id"],
            }
            for each in events
            if each["kind"] == "grant" and each["given_by"] == "A" and each["grantee"]["type"] == "person"
        ),
    ]


class Rights(RuleBasedStateMachine):
    """The citizen gives, blocks and takes back; everybody else writes whatever they can think of."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Json] = []
        self.most: set[int] = set()

    @initialize(random=seeds)
    def begin(self, random: Random) -> None:
        """The citizen has done a few things already."""
        for _ in range(4):
            self.the_citizen_does_something(random)

    @rule(random=seeds)
    def the_citizen_does_something(self, random: Random) -> None:
        """Anything, which moves the bound."""
        self._write(random, given_by="A", capacity="self")
        self.most = rights(as_if_accepted(self.events))

    @rule(who=st.sampled_from(["B", "C", "D"]), everyone=st.booleans())
    def the_citizen_gives_and_blocks(self, who: str, everyone: bool) -> None:
        """Both for good, so that only the block stands between somebody and the data."""
        for kind in ("grant", "deny"):
            to_all = everyone and kind == "grant"
            self.events.append(
                {
                    "id": f"e{len(self.events)}",
                    "kind": kind,
                    "grant_id": f"{kind} {len(self.events)}",
                    "grantee": {"type": "everyone"} if to_all else {"type": "person", "id": who},
                    "actions": ["medication:read", "consent:status"],
                    "purposes": ["relative", "casework"],
                    "valid_from": EARLY,
                    "valid_to": KNOWN_AT,
                    "recorded_at": EARLY,
                    "given_by": "A",
                }
            )
        self.most = rights(as_if_accepted(self.events))

    @rule(random=seeds, who=st.sampled_from(["B", "C", "D", "W", "cvr:1", "cvr:2"]))
    def somebody_else_does_something(self, random: Random, who: str) -> None:
        """Anything, in whatever capacity but on paper; nothing opens that the citizen did not give."""
        self._write(random, given_by=who, capacity=random.choice(["self", "guardian", "legal", "Paper"]))
        assert rights(self.events) <= self.most

    @rule(
        back=st.integers(1, 2),
        who=st.sampled_from([None, None, "B", "C", "W"]),
        kind=st.sampled_from(["accept", "withdraw", "supersede", "invalidate"]),
    )
    def somebody_else_answers_or_ends_something(self, back: int, who: str | None, kind: str) -> None:
        """What was recorded of late, early enough to matter; often the one of whom it speaks."""
        about = self.events[-back]
        self.events.append(
            {
                "id": f"e{len(self.events)}",
                "kind": kind,
                "grant_id": about["grant_id"],
                "recorded_at": EARLY,
                "given_by": who or about.get("grantee", {}).get("id") or "B",
            }
        )
        assert rights(self.events) <= self.most

    def _write(self, random: Random, **changed: Any) -> None:
        event = {**made.event(made.Maybe(random), len(self.events)), **changed}
        event.pop("citizen", None)
        self.events.append(event)


TestRights = Rights.TestCase
TestRights.settings = settings(max_examples=80, stateful_step_count=25, deadline=None)
