"""A backup of a whole database, put back later without telling anybody."""

from typing import Any

from sqlalchemy import text

from app.db.base import Base
from tests.house import House


class Backup:
    """All rows of all tables as they stood when it was made."""

    def __init__(self, house: House) -> None:
        with house.database.engine.connect() as connection:
            self._rows: dict[str, list[dict[str, Any]]] = {
                table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
                for table in Base.metadata.sorted_tables
            }
            connection.rollback()

    def put_back(self, house: House) -> None:
        """Make the database what it was then."""
        with house.database.engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
            for table in Base.metadata.sorted_tables:
                if self._rows[table.name]:
                    connection.execute(table.insert(), self._rows[table.name])
