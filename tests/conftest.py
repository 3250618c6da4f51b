"""What tests share: fresh databases on both backends, made by migration, and a clock that they set."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, text

from app.config import Config
from app.db import migrate
from app.db.session import Database
from tests.house import House, house_in
from tests.postgresql import Cluster, start

# How long an example takes says how busy the machine is, and nothing about the code; speed is measured in ./run bench.
settings.register_profile("naerblik", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("naerblik")

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database.engine)
    database.close()
    return path


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    cluster = start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def migrated_postgresql(cluster: Cluster) -> str:
    database = Database(cluster.create("migrated"))
    migrate.upgrade(database.engine)
    database.close()
    return "migrated"


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite: Path) -> str:
    path = tmp_path / "naerblik.db"
    shutil.copy(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(cluster: Cluster, migrated_postgresql: str) -> Iterator[str]:
    url = cluster.create(template=migrated_postgresql)
    yield url
    cluster.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Every test that asks for this runs once on each backend."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    """A demo installation on a fresh database, at NOW, on each backend."""
    with house_in(tmp_path / "data", database_url, NOW) as house:
        yield house


@pytest.fixture
def light_house(tmp_path: Path, sqlite_url: str) -> Iterator[House]:
    """The same on SQLite only, where the backend makes no difference to what is tested."""
    with house_in(tmp_path / "data", sqlite_url, NOW) as house:
        yield house


@pytest.fixture
def served(tmp_path: Path, postgresql_url: str) -> Iterator[House]:
    """The same on PostgreSQL only, for what SQLite rules out: there, one writes at a time."""
    with house_in(tmp_path / "data", postgresql_url, NOW) as house:
        yield house


@pytest.fixture
def raw(house: House) -> "Raw":
    """The database under the house, past all services, as somebody would see it who broke in."""
    return Raw(house.config)


class Raw:
    """Statements straight to the database."""

    def __init__(self, config: Config) -> None:
        url = config.database_url
        self._engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))

    def run(self, statement: str, **values: object) -> list[tuple[object, ...]]:
        """Run one statement, commit, and return its rows if it has any."""
        with self._engine.begin() as connection:
            result = connection.execute(text(statement), values)
            rows = [tuple(row) for row in result] if result.returns_rows else []
        self._engine.dispose()
        return rows
