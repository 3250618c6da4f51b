"""Looks by a connection that each thread keeps: the cheapest question that a database can be asked.

Taking a connection from the pool and passing through the toolkit costs several times what such a look itself does, and
devices ask "anything new?" more often than all else. See decision 28.
"""

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from weakref import WeakSet

from sqlalchemy import Engine, Select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError


class _Kept:
    """A thread's connection. Only the thread holds on to it, so that it is let go when the thread ends."""

    def __init__(self, connection: DBAPIConnection, failed: type[Exception]) -> None:
        self.connection = connection
        self._failed = failed

    def close(self) -> None:
        """Let go of it; again, nothing happens."""
        with suppress(self._failed):
            self.connection.close()

    __del__ = close


class Looks:
    """Says statements that read one by one, each outside of any transaction.

    ``engine`` must be one that commits by itself. Invariant: there are no more connections than threads that live; the
    server ends those that have nothing to do, and begins others.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._dialect = engine.dialect
        self._written: dict[Select[*tuple[Any, ...]], tuple[str, Sequence[str] | None]] = {}
        self._own = threading.local()
        self._kept: WeakSet[_Kept] = WeakSet()

    def look(self, asked: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        """The rows as the driver gives them: numbers, texts and bytes; what else there is would come unconverted.

        A connection that has ended meanwhile shows by failing, and then the look is taken once more, by a new one.
        Raises DBAPIError.
        """
        failed = self._dialect.loaded_dbapi.Error
        try:
            try:
                return self._look(asked, values)
            except failed as error:
                kept: _Kept | None = getattr(self._own, "kept", None)
                if kept is None or not self._dialect.is_disconnect(error, kept.connection, None):
                    raise
                del self._own.kept
                kept.close()
                return self._look(asked, values)
        except failed as error:
            raise DBAPIError.instance(None, None, error, failed, dialect=self._dialect) from None

    def close(self) -> None:
        """Let go of all connections, of all threads."""
        for kept in list(self._kept):
            kept.close()
        self._own = threading.local()

    def _look(self, asked: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        if asked not in self._written:
            written = asked.compile(dialect=self._dialect)
            self._written[asked] = str(written), getattr(written, "positiontup", None)
        text, order = self._written[asked]
        cursor = self._connection().cursor()
        try:
            cursor.execute(text, values if order is None else [values[name] for name in order])
            return cursor.fetchall()
        finally:
            cursor.close()

    def _connection(self) -> DBAPIConnection:
        if not hasattr(self._own, "kept"):
            taken = self._engine.raw_connection()
            taken.detach()  # it is this thread's, and not lent by the pool any more
            connection: DBAPIConnection = taken.dbapi_connection  # type: ignore[assignment]  # it was just made
            self._own.kept = _Kept(connection, self._dialect.loaded_dbapi.Error)
            self._kept.add(self._own.kept)
        kept: _Kept = self._own.kept
        return kept.connection
