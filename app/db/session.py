"""Connections and transactions: the same promises on SQLite and on PostgreSQL."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

# How long a writer waits for another before it gives up, in milliseconds.
BUSY_TIMEOUT = 10_000


class Database:
    """One database. ``info`` travels with every session (the vault rides there), so that services need no globals."""

    def __init__(self, url: str, info: Mapping[str, Any] | None = None) -> None:
        self.engine = _engine(url)
        self.info = dict(info or {})
        self._glancing = self.engine.execution_options(isolation_level="AUTOCOMMIT", sqlite_begin=None)
        self._writing = sessionmaker(self.engine, info=dict(info or {}), expire_on_commit=False)
        reader = self.engine.execution_options(sqlite_begin="DEFERRED")
        self._reading = sessionmaker(reader, info=dict(info or {}), expire_on_commit=False)

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
    def glancing(self) -> Iterator[Connection]:
        """A connection for a single statement that reads: without a transaction, which would cost two round trips."""
        with self._glancing.connect() as connection:
            yield connection

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_pre_ping=True)


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
    if kind is not None:
        connection.exec_driver_sql(f"BEGIN {kind}")
