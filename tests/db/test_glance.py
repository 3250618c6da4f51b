"""A look by a single statement: without a transaction, and by a new connection when the old one has ended."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from app.db.session import Database
from app.records.models import SpaceHead

HOW_MANY = select(func.count()).select_from(SpaceHead)


def test_a_look_outlives_the_end_of_its_connection(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    before = database.glance(HOW_MANY, {})
    with database.engine.connect() as connection:
        ended = connection.execute(
            text(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        ).scalar_one()

    assert ended == 1
    assert database.glance(HOW_MANY, {}) == before
    database.close()


def test_a_look_leaves_no_transaction_open(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    database.glance(HOW_MANY, {})
    with database.engine.connect() as connection:
        asked = text(
            "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert connection.execute(asked).scalars().all() == ["idle"]
    database.close()


def test_a_look_at_what_is_not_there_fails_at_once(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    with pytest.raises(ProgrammingError):
        database.glance(select(text("nothing")).select_from(text("nowhere")), {})
    database.close()
