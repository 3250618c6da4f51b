"""What a decision of consent costs: the fold of a citizen's events, and a decision on it, at 5, 50 and 200 events."""

import gc
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from app.consent import history, rules
from app.consent.event import Citizen, Event, Item, Limit, Party, Request

SIZES = (5, 50, 200)
DECISIONS = 20_000
FOLDS = 2_000
BUDGET_US = 50.0  # of the 99th percentile of a decision at 50 events
NOW = datetime(2026, 5, 1, 10, tzinfo=UTC)
CITIZEN = Citizen("A", custody=frozenset({"C"}))
ACTIONS = ("medication:read", "appointments:read", "consent:status", "log:read")
PURPOSES = ("relative", "treatment", "casework")


def measure() -> dict[str, Any]:
    """Microseconds, p50 and p99, at each size: `fold`, `decide` on what was folded, and `both` as a single read pays.

    Two citizens are measured: one whose grants and blocks are about this and that (`mixed`), and one of whose grants
    all are about whoever asks and whatever they ask for, so that none can be passed over (`worst`).
    """
    found = {f"{kind}_{size}": _of(size, kind == "worst") for size in SIZES for kind in ("mixed", "worst")}
    budgeted = found["worst_50"]["decide"]["p99"]
    return {"unit": "us", **found, "budget": f"<= {BUDGET_US:g}", "holds": budgeted <= BUDGET_US}


def _of(size: int, is_worst: bool) -> dict[str, Any]:
    source = random.Random(size)
    events = [_event(source, number, is_worst) for number in range(size)]
    requests = [_request(source, is_worst) for _ in range(64)]
    folded = history.fold(CITIZEN, events)
    outcomes = {rules.decide(folded, each, NOW, NOW).reason for each in requests}
    return {
        "decide": _spread(lambda turn: rules.decide(folded, requests[turn % 64], NOW, NOW), DECISIONS),
        "fold": _spread(lambda _turn: history.fold(CITIZEN, events), FOLDS),
        "both": _spread(lambda turn: rules.decide(history.fold(CITIZEN, events), requests[turn % 64], NOW, NOW), FOLDS),
        "reasons": sorted(outcomes),
    }


def _spread(call: Callable[[int], object], times: int) -> dict[str, float]:
    """The 50th and 99th percentile of many calls, each timed by itself, with the clock's own cost in it."""
    for turn in range(200):
        call(turn)
    gc.collect()
    taken = []
    for turn in range(times):
        begun = time.perf_counter_ns()
        call(turn)
        taken.append(time.perf_counter_ns() - begun)
    taken.sort()
    return {"p50": round(taken[times // 2] / 1000, 2), "p99": round(taken[times * 99 // 100] / 1000, 2)}


def _event(source: random.Random, number: int, is_worst: bool) -> Event:
    """Of ten events six are grants, two blocks, one an acceptance and one a withdrawal; few match, as in life."""
    kind = ("grant", "grant", "deny", "accept", "grant", "grant", "withdraw", "grant", "deny", "grant")[number % 10]
    recorded_at = NOW - timedelta(days=300 - number)
    by = "B" if kind == "accept" else "A"
    if kind in ("accept", "withdraw"):
        return Event(f"e{number}", "A", kind, f"g{number - 2}", by, recorded_at)  # type: ignore[arg-type]
    return Event(
        f"e{number}",
        "A",
        kind,  # type: ignore[arg-type]
        f"g{number}",
        by,
        recorded_at,
        grantee=Party("everyone") if is_worst and kind == "grant" else _party(source),
        exceptions=(_party(source),) if number % 3 == 0 else (),
        actions=frozenset(ACTIONS) if is_worst else frozenset(source.sample(ACTIONS, 2)),
        purposes=frozenset(PURPOSES) if is_worst else frozenset(source.sample(PURPOSES, 2)),
        limit=Limit("sor:1", None, NOW.date()) if number % 2 else None,
        valid_from=recorded_at,
        valid_to=NOW + timedelta(days=300),
    )


def _party(source: random.Random) -> Party:
    number = source.randrange(40)
    return source.choice(
        [
            Party("person", f"P{number}"),
            Party("organisation", None, f"sor:{number}"),
            Party("role", "doctor", f"sor:{number}"),
        ]
    )


def _request(source: random.Random, is_worst: bool) -> Request:
    number = source.randrange(40)
    action, purpose = source.choice(ACTIONS), source.choice(PURPOSES)
    item = source.choice([None, Item("sor:1", NOW.date()), Item(None, NOW.date())])
    house = None if is_worst and number % 2 else f"sor:{number}"
    return Request(f"P{number}", action, purpose, "doctor", house, "substantial", item=item)
