"""One database: what pull, push and "anything new?" cost on it, and how that grows."""

import itertools
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import clock
from bench.http import BARE, free_port, serving
from bench.shared import shelf
from bench.shared.figure import at_least, at_most
from bench.sync import load
from bench.sync.phone import Phone
from tests.house import House, house_in

# Whose shelf gets how many items.
PEOPLE = {100: "henrik", 1_000: "karen", 10_000: "oskar"}
FEW, MAIN, MANY = PEOPLE
CITIZENS = 100_000
FILLS, TURNS, WARM = 20, 40, 5
ROUNDS, SECONDS = 4, 2.0
SIGNED_PULLS = 300
# Milliseconds and bytes that the design asks for, and how much growth may add.
PULL_MS, PULL_BYTES, DELTA_MS, PUSH_MS = 40, 80_000, 4, 5
GROWTH = 1.5


@dataclass(frozen=True)
class Targets:
    """How many answers to "anything new?" a second, and their share of what a bare view gives."""

    news_per_second: float
    news_share: float


@dataclass(frozen=True)
class Bench:
    """The opened installation, its phones by how many items stand on their shelf, and both servers' ports.

    ``numbers`` are those of doses that were not marked yet.
    """

    house: House
    phones: Mapping[int, Phone]
    port: int
    bare_port: int
    numbers: Iterator[int]


def measure_on(data_dir: Path, url: str, targets: Targets) -> dict[str, Any]:
    """All figures on this database."""
    with _served(data_dir, url) as bench:
        found = _first_pull(bench)
        few = _turns(bench)
        found["delta_ms"] = at_most(few["delta"][MAIN], DELTA_MS, "ms, p50")
        found["push_ms"] = at_most(few["push"][MAIN], PUSH_MS, "ms, p50")
        found |= _news(bench, targets)
        found["signed_pulls_per_second"] = _signed_pulls(bench)
        found["by_items"] = few
        for name in ("delta", "push"):
            found[f"{name}_growth_by_items"] = _growth(few[name][FEW], few[name][MANY])
        before = {**{name: few[name][MAIN] for name in few}, "news": _news_ms(bench)}
        shelf.add_citizens(bench.house, CITIZENS)
        many = _turns(bench)
        after = {**{name: many[name][MAIN] for name in many}, "news": _news_ms(bench)}
        for name, cost in before.items():
            found[f"{name}_growth_by_citizens"] = _growth(cost, after[name])
    return found


@contextmanager
def _served(data_dir: Path, url: str) -> Iterator[Bench]:
    """The demo behind `naerblik serve`, its shelves filled, and beside it a bare view under the same server."""
    port, bare_port = free_port(), free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NAERBLIK_")}
    settings = {"NAERBLIK_ENV": "demo", "NAERBLIK_DATA_DIR": str(data_dir), "NAERBLIK_DATABASE_URL": url}
    with ExitStack() as stack:
        house = stack.enter_context(house_in(data_dir, url, clock.now()))
        serve = [sys.executable, "-m", "app", "serve", "--port", str(port)]
        stack.enter_context(serving(serve, port, {**kept, **settings}))
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        (Path(folder) / "bare.py").write_text(BARE, encoding="utf-8")
        bare = [sys.executable, str(Path(folder) / "bare.py"), str(bare_port)]
        stack.enter_context(serving(bare, bare_port, {**kept, "PYTHONPATH": folder}))
        phones = {many: Phone(port, person) for many, person in PEOPLE.items()}
        for many, phone in phones.items():
            shelf.fill(house, phone.citizen_id, many)
        yield Bench(house, phones, port, bare_port, itertools.count(max(PEOPLE)))


def _first_pull(bench: Bench) -> dict[str, Any]:
    """The first pull of a whole shelf by a device that has nothing."""
    phone = bench.phones[MAIN]
    device = phone.holder.device
    fills = [phone.fill(type(phone.holder)(device)) for _ in range(FILLS)]
    for each in bench.phones.values():
        each.fill(each.holder)
    assert len(phone.holder.spaces[phone.citizen_id].rows) >= MAIN
    took, size = statistics.median(fill[0] for fill in fills), max(fill[1] for fill in fills)
    return {
        "first_pull_ms": at_most(round(took, 1), PULL_MS, "ms, p50", requests=fills[0][2]),
        "first_pull_bytes": at_most(size, PULL_BYTES, "bytes"),
    }


def _turns(bench: Bench) -> dict[str, dict[int, float]]:
    """What a delta of one and a push of one take, p50 in milliseconds by items on the shelf, taken in turns."""
    taken: dict[str, dict[int, list[float]]] = {name: {many: [] for many in PEOPLE} for name in ("delta", "push")}
    for many, phone in [*bench.phones.items()] * (WARM + TURNS):
        phone.holder.pull()
        shelf.change(bench.house, phone.citizen_id, next(bench.numbers))
        taken["delta"][many].append(phone.pull_one())
        taken["push"][many].append(phone.push_one())
    for phone in bench.phones.values():
        phone.holder.pull()
    return {
        name: {many: round(statistics.median(times[WARM:]), 2) for many, times in by.items()}
        for name, by in taken.items()
    }


def _news(bench: Bench, targets: Targets) -> dict[str, Any]:
    """Answers a second to "anything new?" and of the bare view, their rounds alternating; the best of each counts."""
    news, bare = bench.phones[MAIN].news(), load.request("GET", "/healthz", {})
    rounds = [
        (_rate(bench.port, 204, news, SECONDS), _rate(bench.bare_port, 200, bare, SECONDS)) for _ in range(ROUNDS)
    ]
    best, best_bare = max(each for each, _ in rounds), max(each for _, each in rounds)
    return {
        "news_per_second": at_least(round(best), targets.news_per_second, "per second"),
        "news_share_of_bare": at_least(
            round(best / best_bare, 2), targets.news_share, "of the bare view", bare_per_second=round(best_bare)
        ),
    }


def _news_ms(bench: Bench) -> float:
    """What one answer to "anything new?" costs, in milliseconds of the whole server."""
    news = bench.phones[MAIN].news()
    return 1000 / max(_rate(bench.port, 204, news, SECONDS) for _ in range(ROUNDS))


def _rate(port: int, status: int, asked: bytes, seconds: float) -> float:
    return load.rate(port, status, [itertools.repeat(asked) for _ in range(load.CLIENTS)], seconds)


def _signed_pulls(bench: Bench) -> int:
    """Signed pulls a second that bring nothing, by devices of three citizens."""
    phones = [*bench.phones.values()] * 3
    asked: Sequence[Iterator[bytes]] = [iter(phone.signed_pulls(SIGNED_PULLS)) for phone in phones[: load.CLIENTS]]
    return round(load.rate(bench.port, 200, asked, 10 * SECONDS))


def _growth(before: float, after: float) -> dict[str, Any]:
    return at_most(round(after / before, 2), GROWTH, "times", before=round(before, 2), after=round(after, 2))
