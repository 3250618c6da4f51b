"""Whether a pull may bring anything, told by tokens alone. Lean: it is what devices ask most."""

from collections.abc import Sequence

from app import errors
from app.db.session import Database
from app.records import heads
from app.sync import tokens
from app.vault import service as vault

MOST = 50


def is_any(database: Database, written: Sequence[str]) -> bool:
    """Whether one of the shelves has moved since these cursor tokens, or a copy is not of a whole shelf.

    Raises Invalid for what is no cursor of ours, and for none or too many.
    """
    if not 0 < len(written) <= MOST:
        raise errors.Invalid(f"Send 1 to {MOST} tokens.")
    keys = vault.in_database(database.info).tokens
    positions = [tokens.position(keys, each) for each in written]
    if None in positions:
        return True
    # A device's own copy is the only one that tells of a whole shelf, so this is one look.
    return any(heads.glance(database, space) != (epoch, seq) for space, epoch, seq in filter(None, positions))
