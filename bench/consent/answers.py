"""How long a caseworker's answer takes, as two distributions: the yes, and the no of every kind, in mixed order."""

import random
import tempfile
import time
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import Any

from bench.shared.postgresql import served
from tests.access import asking
from tests.access.asking import NUMBERS, question
from tests.conftest import NOW
from tests.house import House, house_in

TIMES = 150
PARTS = (5, 25, 50, 75, 95, 99)
YES = "given"


def measure() -> dict[str, Any]:
    """Milliseconds by part of the distribution, on each database.

    ``told_apart`` is how often a yes and a no drawn at random would be told apart by which took longer: 0.5 is never,
    as with a coin, and 1 always. The work is counted by tests/access/test_status.py; this shows what is left of it.
    """
    with tempfile.TemporaryDirectory() as folder:
        sqlite = _on(Path(folder) / "sqlite", f"sqlite:///{folder}/bench.db")
        with served() as url:
            return {"sqlite": sqlite, "postgresql": _on(Path(folder) / "postgresql", url)}


def _on(data_dir: Path, url: str) -> dict[str, Any]:
    with house_in(data_dir, url, NOW) as house:
        asking.populate(house)
        taken = _taken(house)
    noes = sorted(each for how, times in taken.items() if how != YES for each in times)
    yes = sorted(taken[YES])
    kinds = {how: _apart(yes, sorted(times)) for how, times in taken.items() if how != YES}
    return {"yes_ms": _parts(yes), "no_ms": _parts(noes), "told_apart": _apart(yes, noes), "told_apart_by_kind": kinds}


def _taken(house: House) -> dict[str, list[float]]:
    """Milliseconds of each question. In mixed order, so that whatever else the machine does falls on all alike."""
    turns = [how for how in NUMBERS for _ in range(TIMES)]
    random.Random(1).shuffle(turns)
    for place, how in enumerate(NUMBERS):
        asking.ask(house, question(NUMBERS[how], nonce=f"warmup{place:010}"))
    taken: dict[str, list[float]] = {how: [] for how in NUMBERS}
    for place, how in enumerate(turns):
        # Past the time of the alarm, whose own work would grow with what was asked before.
        house.wait(minutes=1)
        asked = question(NUMBERS[how], nonce=f"measured{place:010}")
        begun = time.perf_counter()
        asking.ask(house, asked)
        taken[how].append((time.perf_counter() - begun) * 1000)
    return taken


def _parts(times: list[float]) -> dict[str, float]:
    return {f"p{part}": round(times[len(times) * part // 100], 2) for part in PARTS}


def _apart(yes: list[float], noes: list[float]) -> float:
    """From 0.5 to 1: the probability that the larger of two times is of the kind that is larger more often."""
    below = sum((bisect_left(noes, each) + bisect_right(noes, each)) / 2 for each in yes)
    larger = below / (len(yes) * len(noes))
    return round(max(larger, 1 - larger), 3)
