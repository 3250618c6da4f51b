"""What the worker does for the log's tree: let it grow, count and map all logs once a day, and sign."""

from dataclasses import dataclass
from datetime import datetime

from app.audit import growing, mapping, reconciling
from app.db.session import Database


@dataclass(frozen=True)
class Kept:
    """How many entries went into the tree, and what size is signed.

    Once a day also how many logs differ from their counters, and how many went into the map; else None.
    """

    entries: int
    differing: int | None
    mapped: int | None
    signed: int


def keep(database: Database, origin: str, now: datetime) -> Kept:
    """Do what is due. ``origin`` is the name of a log that begins. Raises NotReady as ``growing.grow`` does."""
    entries = growing.put_in_all(database, origin)
    # Before the map, by which the day is seen to be done; and so that nothing is forgotten that an alarm would keep.
    differing = reconciling.reconcile(database, now) if mapping.is_due(database, now) else None
    mapped = mapping.make(database, origin, now)
    return Kept(entries, differing, mapped, growing.sign(database, now))
