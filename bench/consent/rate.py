"""How many logged reads a second are answered, by worker processes with threads as `naerblik serve` runs them."""

import multiprocessing
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path

from app.grant import Actor
from app.medication import service as medication
from tests.house import House, house_in

# As many as the server begins, each with some of its threads at work.
PROCESSES, THREADS = os.cpu_count() or 1, 4
READS, WARM = 300, 10
PATIENCE = 60


def reads_per_second(data_dir: Path, url: str, citizens: Sequence[str], actor: Actor, at: datetime) -> float:
    """Reads a second by all threads of all processes together, each of citizens of their own."""
    starting = multiprocessing.get_context("spawn")
    barrier = starting.Barrier(PROCESSES)
    with starting.Pool(PROCESSES, _begin, (barrier, data_dir, url, actor, at)) as pool:
        shares = [list(citizens[number::PROCESSES]) for number in range(PROCESSES)]
        spans = pool.map(_read_all, shares, chunksize=1)
    begun, ended = min(span[0] for span in spans), max(span[1] for span in spans)
    return PROCESSES * READS / (ended - begun)


_work: tuple[Barrier, Path, str, Actor, datetime]


def _begin(*work: Barrier | Path | str | Actor | datetime) -> None:
    global _work
    _work = work  # type: ignore[assignment]


def _read_all(citizens: Sequence[str]) -> tuple[float, float]:
    """When the reads of this process began and ended, by the clock that all processes share."""
    barrier, data_dir, url, actor, at = _work
    with house_in(data_dir, url, at) as house, ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda turn: _read(house, citizens[turn % len(citizens)], actor), range(THREADS * WARM)))
        barrier.wait(PATIENCE)
        begun = time.time()
        list(threads.map(lambda turn: _read(house, citizens[turn % len(citizens)], actor), range(READS)))
        return begun, time.time()


def _read(house: House, citizen_id: str, actor: Actor) -> None:
    with house.open(citizen_id, "medication:read", actor) as (session, grant):
        medication.read_card(session, grant)
