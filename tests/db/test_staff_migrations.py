"""The migrations of staff and their case systems, up and down with data in them."""

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from app.db import migrate
from app.db.session import Database


def test_the_sixth_migration_keeps_citizens_sessions_both_ways_and_logs_staff_out(empty: Database) -> None:
    migrate.upgrade(empty.engine, "0005")
    with empty.transaction() as session:
        session.execute(text("INSERT INTO citizen (id, created_at) VALUES ('c', '2026-01-01 00:00:00')"))
        session.execute(
            text(
                "INSERT INTO login_session (token_hash, citizen_id, method, authenticated_at, created_at, seen_at, "
                "expires_at) VALUES (:token, 'c', 'oidc', :at, :at, :at, :at)"
            ),
            {"token": b"t", "at": "2026-01-01 08:00:00"},
        )

    migrate.upgrade(empty.engine, "0006")
    with empty.transaction() as session:
        carried = session.execute(text("SELECT kind, citizen_id, staff_id FROM login_session")).one()
        session.execute(
            text(
                "INSERT INTO login_session (token_hash, kind, staff_id, organisation, level, key_version, sealed, "
                "method, authenticated_at, created_at, seen_at, expires_at) "
                "VALUES (:token, 'staff', 's', 'cvr:11111111', 'high', 1, :token, 'oidc', :at, :at, :at, :at)"
            ),
            {"token": b"s", "at": "2026-01-01 08:00:00"},
        )
    migrate.downgrade(empty.engine, "0005")
    with empty.reading() as session:
        left = session.execute(text("SELECT citizen_id, method FROM login_session")).all()
    tables = set(inspect(empty.engine).get_table_names())
    migrate.upgrade(empty.engine)
    empty.close()

    assert tuple(carried) == ("citizen", "c", None)
    assert [tuple(each) for each in left] == [("c", "oidc")]
    assert not tables & {"consent_question", "volume_alarm"}


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "citizen"},
        {"citizen_id": "c"},
        {"staff_id": None},
        {"organisation": None},
        {"level": None},
        {"kind": "operator"},
    ],
)
def test_no_session_is_staffs_and_a_citizens(empty: Database, change: dict[str, str | None]) -> None:
    migrate.upgrade(empty.engine)
    with empty.transaction() as session:
        session.execute(text("INSERT INTO citizen (id, created_at) VALUES ('c', '2026-01-01 00:00:00')"))
    row = {"kind": "staff", "citizen_id": None, "staff_id": "s", "organisation": "cvr:11111111", "level": "high"}
    row |= change
    at = "2026-01-01 08:00:00"

    with pytest.raises(IntegrityError), empty.transaction() as session:
        session.execute(
            text(
                "INSERT INTO login_session (token_hash, kind, citizen_id, staff_id, organisation, level, key_version, "
                "sealed, method, authenticated_at, created_at, seen_at, expires_at) VALUES (:token, :kind, "
                ":citizen_id, :staff_id, :organisation, :level, 1, :token, 'oidc', :at, :at, :at, :at)"
            ),
            {**row, "token": b"t", "at": at},
        )
    empty.close()


def test_the_seventh_migration_goes_down_with_case_systems_in_it_and_up_again(empty: Database) -> None:
    migrate.upgrade(empty.engine, "0007")
    with empty.transaction() as session:
        session.execute(
            text(
                "INSERT INTO case_system (id, secret_hash, organisation, key_version, sealed, created_at) "
                "VALUES ('s', :bytes, 'cvr:11111111', 1, :bytes, '2026-01-01 08:00:00')"
            ),
            {"bytes": b"x"},
        )
        session.execute(
            text("INSERT INTO case_system_token VALUES (:bytes, 's', '2026-01-01 08:10:00')"), {"bytes": b"t"}
        )

    migrate.downgrade(empty.engine, "0006")
    tables = set(inspect(empty.engine).get_table_names())
    migrate.upgrade(empty.engine)
    with empty.reading() as session:
        left = session.execute(text("SELECT count(*) FROM case_system")).scalar_one()
    empty.close()

    assert not {each for each in tables if each.startswith("case_system")}
    assert left == 0
