"""What is due on shelves: forget what was removed long ago, a citizen at a time."""

from datetime import datetime

from app.db.session import Database
from app.records import heads

BATCH = 100


def sweep(database: Database, now: datetime) -> int:
    """Raise the floor of every shelf that holds older removals than are kept; returns of how many."""
    swept = 0
    while True:
        with database.reading() as session:
            due = heads.due_for_sweep(session, now, BATCH)
        if not due:
            return swept
        for citizen_id in due:
            with database.transaction() as session:
                heads.sweep(session, citizen_id, now)
        swept += len(due)
