"""Take every row of one citizen out of the database, whichever package's it is."""

from sqlalchemy import Table, delete, or_, select, text
from sqlalchemy.orm import Session

from app.db.base import Base

# Under which columns a table names a citizen. A guard test holds them against the tables.
NAMED = ("citizen_id", "person_id", "space")
CITIZENS, DEVICES = "citizen", "device"
# Shorter than the time after which a database ends one of two who wait for each other: it is to be us who gives up.
PATIENCE = "SET LOCAL lock_timeout = '500ms'"


def erase(session: Session, citizen_id: str) -> int:
    """Delete all rows that are of this citizen; returns how many. Raises OperationalError when somebody holds one."""
    limit_patience(session)
    return sum(_erase(session, table, citizen_id) for table in reversed(Base.metadata.sorted_tables))


def limit_patience(session: Session) -> None:
    """Let no statement of this transaction wait long for a row that somebody holds: it then raises OperationalError."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(PATIENCE))


def names_citizens(table: Table) -> bool:
    """Whether a table has rows of citizens that are found by their id."""
    return table.name == CITIZENS or bool({*NAMED, "device_id"} & {*table.columns.keys()})


def _erase(session: Session, table: Table, citizen_id: str) -> int:
    if not names_citizens(table):
        return 0
    of_them = [table.columns[name] == citizen_id for name in NAMED if name in table.columns]
    if table.name == CITIZENS:
        of_them.append(table.columns["id"] == citizen_id)
    if "device_id" in table.columns:
        device = Base.metadata.tables[DEVICES]
        of_them.append(table.columns["device_id"].in_(select(device.c.id).where(device.c.citizen_id == citizen_id)))
    some_column = next(iter(table.primary_key.columns))
    return len(session.execute(delete(table).where(or_(*of_them)).returning(some_column)).all())
