"""A look by a single statement: without a transaction, and by a new connection when the old one has ended."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread
from time import sleep

import pytest
from sqlalchemy import func, make_url, select, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.db import session
from app.db.session import Database
from app.records.models import SpaceHead
from tests.postgresql import Cluster

HOW_MANY = select(func.count()).select_from(SpaceHead)


@pytest.mark.parametrize("how", ["glance", "look"])
def test_a_look_outlives_the_end_of_its_connection(postgresql_url: str, how: str) -> None:
    database = Database(postgresql_url)
    before = getattr(database, how)(HOW_MANY, {})

    assert _end_connections(postgresql_url) == 1
    assert getattr(database, how)(HOW_MANY, {}) == before
    database.close()


def test_a_transaction_begins_on_a_connection_that_lives(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "TRUSTED", 0.0)  # no waiting until it has been idle for long
    database = Database(postgresql_url)
    with database.reading() as before:
        many = before.scalar(HOW_MANY)

    assert _end_connections(postgresql_url) == 1
    with database.reading() as after:
        assert after.scalar(HOW_MANY) == many
    database.close()


def test_a_connection_that_ended_a_moment_after_its_use_fails_one_transaction(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "TRUSTED", 60.0)
    database = Database(postgresql_url)
    with database.reading() as before:
        many = before.scalar(HOW_MANY)

    assert _end_connections(postgresql_url) == 1
    with database.reading() as failing, pytest.raises(OperationalError):
        failing.scalar(HOW_MANY)
    with database.reading() as after:
        assert after.scalar(HOW_MANY) == many
    database.close()


@pytest.mark.parametrize("how", ["glance", "look"])
def test_a_look_leaves_no_transaction_open(postgresql_url: str, how: str) -> None:
    database = Database(postgresql_url)
    getattr(database, how)(HOW_MANY, {})
    with database.engine.connect() as connection:
        asked = text(
            "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert connection.execute(asked).scalars().all() == ["idle"]
    database.close()


@pytest.mark.parametrize("how", ["glance", "look"])
def test_a_look_at_what_is_not_there_fails_at_once(postgresql_url: str, how: str) -> None:
    database = Database(postgresql_url)
    with pytest.raises(ProgrammingError):
        getattr(database, how)(select(text("nothing")).select_from(text("nowhere")), {})
    database.close()


def test_each_thread_looks_by_a_connection_of_its_own_and_all_are_let_go(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    with ThreadPoolExecutor(2) as threads:
        barrier = Barrier(2)

        def ask() -> int:
            barrier.wait()  # both at once, so that neither thread does the work of both
            [(backend,)] = database.look(select(func.pg_backend_pid()), {})
            return int(backend)

        first, second = (threads.submit(ask) for _ in range(2))
        assert first.result() != second.result()
    database.close()
    assert _end_connections(postgresql_url) == 0


def test_a_thread_that_ends_lets_go_of_its_connection(postgresql_url: str) -> None:
    # The server ends threads that have nothing to do, and begins others: each must not leave a connection behind.
    database = Database(postgresql_url)
    for _ in range(5):
        thread = Thread(target=database.look, args=(HOW_MANY, {}))
        thread.start()
        thread.join()
    assert _at_rest(postgresql_url) == 0
    database.close()


@pytest.mark.parametrize("how", ["glance", "look"])
def test_a_look_while_the_database_is_away_says_so_each_time_and_is_well_again(
    postgresql_url: str, cluster: Cluster, how: str
) -> None:
    database = Database(postgresql_url)
    before = getattr(database, how)(HOW_MANY, {})
    name = make_url(postgresql_url).database
    _end_connections(postgresql_url)
    cluster.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    for _ in range(3):
        with pytest.raises(OperationalError):
            getattr(database, how)(HOW_MANY, {})
    cluster.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert getattr(database, how)(HOW_MANY, {}) == before
    database.close()


def _at_rest(url: str) -> int:
    """How many connections others have, once those that were let go have ended."""
    other = Database(url)
    asked = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    )
    for _ in range(100):
        with other.reading() as looking:
            left = int(looking.execute(asked).scalar_one())
        if left == 0:
            break
        sleep(0.05)
    other.close()
    return left


def _end_connections(url: str) -> int:
    """End all connections to a database but our own; returns how many there were."""
    other = Database(url)
    asked = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with other.reading() as looking:
        ended = looking.execute(asked).scalar_one()
    other.close()
    return int(ended)
