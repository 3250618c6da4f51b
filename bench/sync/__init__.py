"""What sync costs a server, over HTTP as `naerblik serve` answers it: pull, push, and "anything new?".

The targets stand beside the figures; those of growth are our own: what one citizen's device asks costs at most half as
much again with a hundred times the items on the shelf, or with ten thousand times the citizens in the database.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from bench.shared.postgresql import Absent, served
from bench.sync.measuring import Targets, measure_on

SQLITE = Targets(news_per_second=3_000, news_share=0.5)
POSTGRESQL = Targets(news_per_second=1_700, news_share=0.35)


def measure() -> dict[str, Any]:
    """Each figure with its budget and whether it holds, on SQLite, and on PostgreSQL where one can be started."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures: dict[str, Any] = {"sqlite": measure_on(folder / "sqlite", f"sqlite:///{folder}/bench.db", SQLITE)}
        try:
            with served() as url:
                figures["postgresql"] = measure_on(folder / "postgresql", url, POSTGRESQL)
        except Absent as absent:
            figures["postgresql"] = {"could_not_run": str(absent)}
    judged = [each for part in figures.values() for each in part.values() if isinstance(each, dict)]
    holds = all(each.get("holds", True) for each in judged)
    # Times are worth little on a machine that had more to do than it has processors.
    return {**figures, "all_hold": holds, "processors": os.cpu_count(), "load": round(os.getloadavg()[0], 1)}
