"""Give everybody newer data keys while others read and write, and destroy the older ones."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from app.audit import sealed as audit
from app.consent import sealed as consent
from app.db.session import Database
from app.delegation import sealed as delegation
from app.identity import sealed as identity
from app.records import sealed as records
from app.vault import resealing
from app.vault import service as vault
from app.vault.resealing import Sealed

TABLES: Sequence[Sealed] = (
    *records.SEALED,
    *audit.SEALED,
    *consent.SEALED,
    *delegation.SEALED,
    *identity.SEALED,
)
# Seconds for those who have read what lay under an older key and are about to open it.
GRACE = 60.0
# How often, and after how many seconds, a holder is tried again who is just being written about.
TRIES, BETWEEN = 200, 0.05


def renew(database: Database, now: Callable[[], datetime]) -> dict[str, int]:
    """Wrap everybody's keys anew, seal all of theirs under a newer one, and destroy the older ones.

    Returns how many keys were wrapped and destroyed, how many rows sealed anew, and of how many holders the older keys
    stay for now, since they were written about all the time. Ended in the middle, it loses nothing
    and can be said again.
    """
    with database.reading() as session:
        everyone = vault.of(session).holders(session)
    wrapped = sum(_begin(database, holder, now()) for holder in everyone)
    resealed = sum(_reseal(database, holder, now()) for holder in everyone)
    if database.engine.dialect.name != "sqlite":  # there, whoever reads goes on seeing the keys as they were
        time.sleep(GRACE)
    destroyed = kept = 0
    for holder in everyone:
        gone, more = _retire(database, holder, now)
        destroyed, resealed, kept = destroyed + (gone or 0), resealed + more, kept + (gone is None)
    return {"wrapped": wrapped, "resealed": resealed, "destroyed": destroyed, "kept": kept}


def _begin(database: Database, holder: str, now: datetime) -> int:
    with database.transaction() as session:
        wrapped = vault.of(session).rewrap(session, holder)
        resealing.begin(session, holder, now)
    return wrapped


def _reseal(database: Database, holder: str, now: datetime) -> int:
    total = 0
    for table in TABLES:
        done = resealing.BATCH
        while done == resealing.BATCH:
            with database.transaction() as session:
                done = resealing.reseal(session, table, holder, now)
            total += done
    return total


def _retire(database: Database, holder: str, now: Callable[[], datetime]) -> tuple[int | None, int]:
    """Destroy a holder's older keys: how many, None when that did not succeed; and how many rows were sealed anew."""
    more = 0
    for _ in range(TRIES):
        with database.transaction() as session:
            gone = resealing.retire(session, TABLES, holder)
        if gone is not None:
            return gone, more
        time.sleep(BETWEEN)
        more += _reseal(database, holder, now())
    return None, more
