"""Empty databases to migrate, on both backends."""

from pathlib import Path

import pytest

from app.db.session import Database
from tests.postgresql import Cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    if request.param == "sqlite":
        return Database(f"sqlite:///{tmp_path / 'empty.db'}")
    cluster: Cluster = request.getfixturevalue("cluster")
    return Database(cluster.create())
