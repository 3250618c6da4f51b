"""What is due on shelves and devices: forget what was removed, answered or begun longer ago than is promised."""

from datetime import datetime

from app.db.session import Database
from app.identity import devices
from app.records import heads
from app.sync import outcomes

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


def forget(database: Database, now: datetime) -> int:
    """Forget the outcomes of acts that are older than is promised; returns how many."""
    forgotten = 0
    while True:
        with database.transaction() as session:
            done = outcomes.forget(session, now)
        if done == 0:
            return forgotten
        forgotten += done


def forget_pending(database: Database, now: datetime) -> int:
    """Forget the devices that never proved their keys; returns how many."""
    with database.transaction() as session:
        return devices.sweep(session, now)
