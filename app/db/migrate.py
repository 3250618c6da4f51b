"""Bring the schema to the newest numbered migration, and tell where it stands."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"

# What the serving role may do. It owns nothing, and a log entry that was written stays as it was written.
SERVING = "SELECT, INSERT, UPDATE, DELETE"
APPEND_ONLY = "SELECT, INSERT"
APPEND_ONLY_TABLES = ("access_entry",)


def upgrade(engine: Engine, revision: str = "head", serving_role: str | None = None) -> str:
    """Migrate up to a revision and return where the schema then stands; grant the serving role its rights."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), revision)
        if serving_role is not None:
            _grant(connection, serving_role)
    return current(engine) or ""


def downgrade(engine: Engine, revision: str) -> None:
    """Migrate down to a revision."""
    with engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def current(engine: Engine) -> str | None:
    """The revision that the schema stands at, None for an empty database."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The newest revision that this code knows."""
    return str(ScriptDirectory(str(MIGRATIONS)).get_current_head())


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _grant(connection: Connection, role: str) -> None:
    quoted = connection.dialect.identifier_preparer.quote(role)
    for table in inspect(connection).get_table_names():
        rights = APPEND_ONLY if table in APPEND_ONLY_TABLES else SERVING
        connection.execute(text(f"REVOKE ALL ON {table} FROM {quoted}"))
        connection.execute(text(f"GRANT {rights} ON {table} TO {quoted}"))
