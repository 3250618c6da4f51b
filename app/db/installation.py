"""Keep demo and production apart: a data directory and a database are stamped with their mode at birth."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app import errors
from app.db.models import Installation

STAMP = "mode"


def stamp_directory(path: Path, mode: str) -> None:
    """Make the data directory (0700) and stamp it, unless it is stamped; refuse one of the other mode."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = path / STAMP
    if not stamp.exists():
        stamp.write_text(f"{mode}\n")
    check_directory(path, mode)


def check_directory(path: Path, mode: str) -> None:
    """Refuse a data directory that is not of this mode."""
    stamp = path / STAMP
    if not stamp.exists():
        raise errors.NotReady(f"The data directory {path} is not set up. Run: naerblik keys init")
    if stamp.read_text().strip() != mode:
        raise errors.NotReady(
            f"The data directory {path} belongs to the mode {stamp.read_text().strip()}, not to {mode}. "
            "Set NAERBLIK_DATA_DIR to another directory.",
        )


def stamp_database(session: Session, mode: str, now: datetime) -> None:
    """Stamp a database at birth; refuse one of the other mode."""
    if session.get(Installation, 1) is None:
        session.add(Installation(id=1, mode=mode, created_at=now))
    check_database(session, mode)


def check_database(session: Session, mode: str) -> None:
    """Refuse a database that is not of this mode, or was never migrated and stamped."""
    if not inspect(session.connection()).has_table(Installation.__tablename__):
        raise errors.NotReady("The database is empty. Run: naerblik db upgrade")
    born(session)
    refuse_other(session, mode)


def born(session: Session) -> datetime:
    """When the database was stamped; a new one in the same place has another birth. Raises NotReady without a stamp."""
    row = session.get(Installation, 1)
    if row is None:
        raise errors.NotReady("The database is not stamped with a mode. Run: naerblik db upgrade")
    return row.created_at


def refuse_other(session: Session, mode: str) -> None:
    """Refuse a migrated database that is stamped with the other mode; one without a stamp is still to be born."""
    row = session.get(Installation, 1)
    if row is not None and row.mode != mode:
        raise errors.NotReady(
            f"The database belongs to the mode {row.mode}, not to {mode}. Set NAERBLIK_DATABASE_URL to another one.",
        )
