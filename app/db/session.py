"""Connections and transactions: the same promises on SQLite and on PostgreSQL."""

import functools
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVarTuple

from sqlalchemy import URL, Connection, Engine, Row, Select, create_engine, event, make_url
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from app.db.looks import Looks

# How long an idle connection is taken to live, in seconds.
TRUSTED = 1.0
_USED = "naerblik.used"
# How long a writer waits for another before it gives up, in milliseconds.
BUSY_TIMEOUT = 10_000

Columns = TypeVarTuple("Columns")


class Database:
    """One database. ``info`` travels with every session (the vault rides there), so that services need no globals."""

    def __init__(self, url: str, info: Mapping[str, Any] | None = None) -> None:
        self.engine = _engine(url)
        self.info = dict(info or {})
        self._glancing = _glancing_engine(url)
        self._looks = Looks(self._glancing)
        self._writing = sessionmaker(self.engine, info=dict(info or {}), expire_on_commit=False)
        reader = self.engine.execution_options(sqlite_begin="DEFERRED")
        self._reading = sessionmaker(reader, info=dict(info or {}), expire_on_commit=False)
        self._looking = sessionmaker(self._glancing, info=dict(info or {}), expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction that may write: committed when the block ends, rolled back when it raises."""
        with self._writing() as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One transaction that only reads and never holds up a writer; always rolled back."""
        with self._reading() as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """As ``reading``, and all that is read is of one state, whatever is committed meanwhile."""
        with self._reading() as session:
            if self.engine.dialect.name == "postgresql":
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """Statements that read, each of what stands when it is said: no transaction, and so no round trips for one."""
        with self._looking() as session:
            yield session

    def glance(self, asked: Select[*Columns], values: Mapping[str, Any]) -> Sequence[Row[*Columns]]:
        """The rows of a single statement that reads, by one round trip: no transaction, and no look at the connection.

        One that has ended meanwhile shows by failing, and then the statement is said once more, by a new one.
        """
        try:
            return self._glance(asked, values)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return self._glance(asked, values)

    def look(self, asked: Select[*Columns], values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        """As ``glance``, of numbers, texts and bytes alone, and several times cheaper: see app.db.looks."""
        return self._looks.look(asked, values)

    def _glance(self, asked: Select[*Columns], values: Mapping[str, Any]) -> Sequence[Row[*Columns]]:
        with self._glancing.connect() as connection:
            return connection.execute(asked, values).all()

    def close(self) -> None:
        """Let go of all connections."""
        self._looks.close()
        self.engine.dispose()
        self._glancing.dispose()


def _engine(url: str) -> Engine:
    parsed = _url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(parsed)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", functools.partial(_see_that_it_lives, engine.dialect))
    return engine


def _note_use(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info[_USED] = time.monotonic()


def _see_that_it_lives(
    dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _proxy: PoolProxiedConnection
) -> None:
    # A look is a round trip, and one that served a moment ago has most likely not ended since; if it has, the request
    # that meets it is told to try again.
    if time.monotonic() - record.info.get(_USED, 0) < TRUSTED:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error


def _glancing_engine(url: str) -> Engine:
    """Connections on which every statement stands alone, so that nothing is left to undo when they are given back."""
    parsed = _url(url)
    engine = create_engine(parsed, isolation_level="AUTOCOMMIT", pool_reset_on_return=None)
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _url(url: str) -> URL:
    parsed = make_url(url)
    return parsed.set(drivername="postgresql+psycopg") if parsed.drivername == "postgresql" else parsed


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself, or a read would begin none and a write a late one.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # what was acknowledged survives a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is overwritten does not linger in free pages
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a transaction that reads first and writes later would fail instead of waiting.
    kind = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
    connection.exec_driver_sql(f"BEGIN {kind}")
