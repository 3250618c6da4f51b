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
    known = [each for each in positions if each is not None]
    if len(known) < len(positions):
        return True
    with database.glancing() as connection:
        standing = heads.read_positions(connection, [space for space, _, _ in known])
    return any(standing.get(space) != (epoch, seq) for space, epoch, seq in known)
