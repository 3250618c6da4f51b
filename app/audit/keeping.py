"""What the worker does for the log's tree: let it grow, map the day's ends of all logs once, and sign."""

from dataclasses import dataclass
from datetime import datetime

from app.audit import growing, mapping
from app.db.session import Database


@dataclass(frozen=True)
class Kept:
    """How many entries went into the tree, how many logs into a map (None: none was due), and what size is signed."""

    entries: int
    mapped: int | None
    signed: int


def keep(database: Database, origin: str, now: datetime) -> Kept:
    """Do what is due. ``origin`` is the name of a log that begins. Raises NotReady as ``growing.grow`` does."""
    entries = growing.put_in_all(database, origin)
    mapped = mapping.make(database, origin, now)
    return Kept(entries, mapped, growing.sign(database, now))
