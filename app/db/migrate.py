"""Bring the schema to the newest numbered migration, and tell where it stands."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"

# What the serving role may do. It owns nothing, and what was written in the log or given as consent stays so.
SERVING = "SELECT, INSERT, UPDATE, DELETE"
APPEND_ONLY = "SELECT, INSERT"
LOG_TABLES = ("access_entry", "log_leaf", "log_tile", "checkpoint", "log_map", "cosignature")
APPEND_ONLY_TABLES = (*LOG_TABLES, "consent_event")


def upgrade(engine: Engine, revision: str = "head", serving_role: str | None = None) -> str:
    """Migrate up to a revision and return where the schema then stands; grant the serving role its rights."""
    with engine.begin() as connection:
        _run("upgrade", connection, revision)
        if serving_role is not None:
            _grant(connection, serving_role)
    return current(engine) or ""


def downgrade(engine: Engine, revision: str) -> None:
    """Migrate down to a revision."""
    with engine.begin() as connection:
        _run("downgrade", connection, revision)


def current(engine: Engine) -> str | None:
    """The revision that the schema stands at, None for an empty database."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision


def head() -> str:
    """The newest revision that this code knows."""
    return max(file.name for file in (MIGRATIONS / "versions").glob("[0-9]*.py")).split("_")[0]


def _run(action: str, connection: Connection, revision: str) -> None:
    # Alembic is loaded where it migrates, and not at every start: it takes a sixth of the time until the page answers.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    {"upgrade": command.upgrade, "downgrade": command.downgrade}[action](config, revision)


def _grant(connection: Connection, role: str) -> None:
    quoted = connection.dialect.identifier_preparer.quote(role)
    for table in inspect(connection).get_table_names():
        rights = APPEND_ONLY if table in APPEND_ONLY_TABLES else SERVING
        connection.execute(text(f"REVOKE ALL ON {table} FROM {quoted}"))
        connection.execute(text(f"GRANT {rights} ON {table} TO {quoted}"))
