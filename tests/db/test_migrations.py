import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from app.db import migrate
from app.db.base import Base
from app.db.session import Database
from tests.postgresql import Cluster


def test_the_head_migration_equals_the_models(empty: Database) -> None:
    migrate.upgrade(empty.engine)

    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
    empty.close()

    assert differences == []


def test_the_first_migration_goes_down_with_data_in_it_and_up_again(empty: Database) -> None:
    migrate.upgrade(empty.engine, "0001")
    with empty.transaction() as session:
        session.execute(text("INSERT INTO citizen (id, created_at) VALUES ('c', '2026-01-01 00:00:00')"))
        session.execute(
            text("INSERT INTO space_head (citizen_id, epoch, seq, chain, floor) VALUES ('c', 1, 0, :chain, 0)"),
            {"chain": b"\0" * 32},
        )
        session.execute(
            text(
                "INSERT INTO item (citizen_id, collection, key, seq, deleted, key_version, sealed) "
                "VALUES ('c', 'thing', 'k', 1, :no, 1, :sealed)"
            ),
            {"no": False, "sealed": b"x"},
        )

    migrate.downgrade(empty.engine, "base")
    left = set(inspect(empty.engine).get_table_names()) - {"alembic_version"}
    migrate.upgrade(empty.engine)
    again = set(inspect(empty.engine).get_table_names())
    revision = migrate.current(empty.engine)
    empty.close()

    assert left == set()
    assert set(Base.metadata.tables) <= again
    assert revision == migrate.head()


def test_the_second_migration_keeps_sessions_both_ways(empty: Database) -> None:
    migrate.upgrade(empty.engine, "0001")
    with empty.transaction() as session:
        session.execute(text("INSERT INTO citizen (id, created_at) VALUES ('c', '2026-01-01 00:00:00')"))
        session.execute(
            text(
                "INSERT INTO login_session (token_hash, citizen_id, created_at, seen_at, expires_at) VALUES "
                "(:token, 'c', '2026-01-01 08:00:00', '2026-01-01 09:00:00', '2026-01-01 20:00:00')"
            ),
            {"token": b"t"},
        )

    migrate.upgrade(empty.engine, "0002")
    with empty.transaction() as session:
        carried = session.execute(text("SELECT method, authenticated_at = created_at FROM login_session")).one()
        session.execute(
            text("INSERT INTO account (blind, kind, citizen_id, created_at) VALUES (:b, 'citizen', 'c', :at)"),
            {"b": b"a", "at": "2026-01-01 00:00:00"},
        )
        session.execute(
            text(
                "INSERT INTO login_attempt (cookie_hash, state_hash, held_hash, started_at, expires_at) "
                "VALUES (:c, :s, NULL, '2026-01-01 00:00:00', '2026-01-01 00:10:00')"
            ),
            {"c": b"c", "s": b"s"},
        )
    migrate.downgrade(empty.engine, "0001")
    with empty.reading() as session:
        left = session.execute(text("SELECT citizen_id FROM login_session")).scalars().all()
    tables = set(inspect(empty.engine).get_table_names())
    migrate.upgrade(empty.engine)
    again = migrate.current(empty.engine)
    empty.close()

    assert (carried[0], bool(carried[1])) == ("demo", True)
    assert left == ["c"]
    assert not tables & {"account", "login_attempt"}
    assert again == migrate.head()


def test_the_fourth_migration_goes_down_with_keys_in_it_and_up_again(empty: Database) -> None:
    migrate.upgrade(empty.engine, "0003")
    with empty.transaction() as session:
        session.execute(text("INSERT INTO citizen (id, created_at) VALUES ('c', '2026-01-01 00:00:00')"))

    migrate.upgrade(empty.engine, "0004")
    for kid, active, sealed, retired_at in (("old", None, None, "2026-02-01 00:00:00"), ("new", True, b"s", None)):
        with empty.transaction() as session:
            session.execute(
                text(
                    "INSERT INTO signing_key (kid, active, x, y, tag, kek_id, sealed, created_at, retired_at) "
                    "VALUES (:kid, :active, :x, :x, :x, 'k', :sealed, '2026-01-01 00:00:00', :retired_at)"
                ),
                {"kid": kid, "active": active, "x": b"x", "sealed": sealed, "retired_at": retired_at},
            )
    migrate.downgrade(empty.engine, "0003")
    tables = set(inspect(empty.engine).get_table_names())
    migrate.upgrade(empty.engine, "0004")
    with empty.reading() as session:
        left = session.execute(text("SELECT id FROM citizen")).scalars().all()
        keys = session.execute(text("SELECT count(*) FROM signing_key")).scalar()
    empty.close()

    assert "signing_key" not in tables
    assert (left, keys) == (["c"], 0)


TABLES = ("space_head", "item", "shelf_link")


def test_the_tenth_migration_keeps_shelves_with_what_stands_on_them_both_ways(empty: Database) -> None:
    migrate.upgrade(empty.engine, "0009")
    with empty.transaction() as session:
        session.execute(text("INSERT INTO citizen (id, created_at) VALUES ('c', '2026-01-01 00:00:00')"))
        session.execute(
            text("INSERT INTO space_head (citizen_id, epoch, seq, chain, floor) VALUES ('c', 1, 1, :chain, 0)"),
            {"chain": b"c"},
        )
        session.execute(
            text(
                "INSERT INTO item (citizen_id, collection, key, seq, deleted, key_version, sealed) "
                "VALUES ('c', 'thing', 'k', 1, :no, 1, :sealed)"
            ),
            {"no": False, "sealed": b"x"},
        )
        session.execute(
            text("INSERT INTO shelf_link (citizen_id, seq, chain, at) VALUES ('c', 1, :chain, '2026-01-01 00:00:00')"),
            {"chain": b"c"},
        )

    columns, standing = [], []
    for move in (migrate.upgrade, migrate.downgrade, migrate.upgrade):
        move(empty.engine, "0009" if move is migrate.downgrade else "0010")
        columns.append("closed_at" in {each["name"] for each in inspect(empty.engine).get_columns("space_head")})
        with empty.reading() as session:
            counted = (session.execute(text(f"SELECT count(*) FROM {each}")).scalar() for each in TABLES)  # noqa: S608
            standing.append([*counted])
    empty.close()

    assert columns == [False, True, False]
    assert standing == [[1, 1, 1]] * 3


@pytest.mark.parametrize(("kind", "citizen"), [("staff", "c"), ("citizen", None), ("operator", None)])
def test_no_account_is_staffs_and_a_citizens(empty: Database, kind: str, citizen: str | None) -> None:
    migrate.upgrade(empty.engine)
    with empty.transaction() as session:
        session.execute(text("INSERT INTO citizen (id, created_at) VALUES ('c', '2026-01-01 00:00:00')"))
    row = {"b": b"a", "kind": kind, "citizen": citizen, "at": "2026-01-01 00:00:00"}

    with pytest.raises(IntegrityError), empty.transaction() as session:
        session.execute(
            text("INSERT INTO account (blind, kind, citizen_id, created_at) VALUES (:b, :kind, :citizen, :at)"), row
        )
    empty.close()


def test_there_is_one_head_and_the_migrations_are_numbered() -> None:
    files = sorted(path.stem for path in (migrate.MIGRATIONS / "versions").glob("*.py"))

    assert [name.split("_")[0] for name in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
    assert migrate.head() == files[-1].split("_")[0] == ScriptDirectory(str(migrate.MIGRATIONS)).get_current_head()


@pytest.mark.postgresql
def test_the_serving_role_owns_nothing_and_cannot_change_the_log(cluster: Cluster) -> None:
    url = cluster.create()
    cluster.run("DROP ROLE IF EXISTS serving")
    cluster.run("CREATE ROLE serving LOGIN")
    owner = Database(url)
    migrate.upgrade(owner.engine, serving_role="serving")

    with owner.engine.connect() as connection:
        rights = {
            (str(table), str(right))
            for table, right in connection.execute(
                text(
                    "SELECT table_name, privilege_type FROM information_schema.role_table_grants "
                    "WHERE grantee = 'serving'"
                )
            )
        }
        owned = connection.execute(text("SELECT count(*) FROM pg_tables WHERE tableowner = 'serving'")).scalar()
    owner.close()

    assert owned == 0
    assert len(migrate.LOG_TABLES) >= 6
    for log in migrate.LOG_TABLES:
        assert {right for table, right in rights if table == log} == {"SELECT", "INSERT"}
    assert {right for table, right in rights if table == "item"} == {"SELECT", "INSERT", "UPDATE", "DELETE"}
