"""The migration of invitations, up and down with one in it."""

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from app.db import migrate
from app.db.session import Database

INVITATION = (
    "INSERT INTO invitation (id, citizen_id, code_hash, state, misses, key_version, sealed, made_at, expires_at, "
    "moved_at) VALUES (:id, 'c', :code, :state, 0, 1, :code, :at, :at, :at)"
)


def test_the_thirteenth_migration_goes_up_and_down_with_an_invitation_in_it(empty: Database) -> None:
    migrate.upgrade(empty.engine, "0013")
    at = "2026-01-01 00:00:00"
    with empty.transaction() as session:
        session.execute(text("INSERT INTO citizen (id, created_at) VALUES ('c', :at)"), {"at": at})
        session.execute(text(INVITATION), {"id": "1", "code": b"1", "state": "offered", "at": at})
    for code, state in ((b"1", "offered"), (b"2", "expired")):
        with pytest.raises(IntegrityError), empty.transaction() as session:
            session.execute(text(INVITATION), {"id": "2", "code": code, "state": state, "at": at})
    migrate.downgrade(empty.engine, "0012")
    tables = set(inspect(empty.engine).get_table_names())
    migrate.upgrade(empty.engine, "0013")
    with empty.reading() as session:
        left = session.execute(text("SELECT count(*) FROM citizen")).scalar()
    empty.close()

    assert "invitation" not in tables
    assert left == 1
