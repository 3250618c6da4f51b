"""A whole installation for tests: the real parts over a fresh database, with a clock that the test moves."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from app import config, factory
from app.access import service as access
from app.config import Config
from app.db.session import Database
from app.gateways import intake
from app.gateways.facts import CitizenFacts, Facts
from app.gateways.intake import Counts
from app.grant import Action, Actor, Grant, Purpose, Role
from app.identity import citizens
from app.identity.person import Number, Person
from app.records.source import Source

OPERATOR = Actor("operator:test", "operator")
PURPOSES: dict[Role, Purpose] = {
    "operator": "operation",
    "caseworker": "casework",
    "citizen": "self",
    "system": "self",
}


@dataclass
class House:
    """An opened installation and the instant at which it stands. Also what the command line asks of one."""

    settings: Config
    opened: factory.Parts
    at: datetime

    @property
    def database(self) -> Database:
        """Its database."""
        return self.opened.database

    @property
    def config(self) -> Config:
        """Its settings."""
        return self.settings

    def now(self) -> datetime:
        """Where its clock stands."""
        return self.at

    def wait(self, **span: float) -> None:
        """Move its clock forward."""
        self.at += timedelta(**span)

    def with_sources(self, *sources: Source) -> None:
        """Give it sources to ask."""
        self.opened = replace(self.opened, sources=sources)

    def client(self) -> FlaskClient:
        """A browser without a session."""
        return factory.create_app(self.settings, self.opened, self.now).test_client()

    def record(self, facts: Facts) -> Counts:
        """Record facts as an import would."""
        with self.database.transaction() as session:
            return intake.record(session, OPERATOR, facts, "record:import", self.at)

    def citizen(self, number: str = "1501701234", name: str = "Bodil Krogh", **facts: Any) -> str:
        """Register a citizen with these facts; returns the id."""
        of = Number(number, "cpr")
        self.record(Facts(facts.pop("source", "fmk"), (CitizenFacts(Person((of,), name=name), **facts),)))
        with self.database.reading() as session:
            found = citizens.find(session, of)
        assert found is not None
        return found

    @contextmanager
    def open(self, citizen_id: str, action: Action, actor: Actor = OPERATOR) -> Iterator[tuple[Any, Grant]]:
        """A transaction in which this citizen's record was opened, for the purpose that is the actor's own."""
        purpose = PURPOSES[actor.role]
        with self.database.transaction() as session:
            yield session, access.open_record(session, actor, citizen_id, action, purpose, self.at)


class CommandLine:
    """The house as the command line sees it."""

    def __init__(self, house: House) -> None:
        self._house = house

    def config(self) -> Config:
        """The settings."""
        return self._house.settings

    def now(self) -> datetime:
        """Where the clock stands."""
        return self._house.at

    def parts(self) -> factory.Parts:
        """The opened installation."""
        return self._house.opened

    def prepare_directory(self) -> None:
        """Make and stamp the data directory."""
        factory.prepare_directory(self._house.settings)

    def key_file(self) -> Path:
        """Where the keys are."""
        return factory.key_file(self._house.settings)

    def upgrade(self) -> str:
        """Migrate to the newest revision."""
        return factory.upgrade(self._house.settings, self._house.at)

    def current_revision(self) -> str | None:
        """Where the schema stands."""
        return factory.current_revision(self._house.settings)

    def openapi(self) -> str:
        """The OpenAPI document."""
        return factory.openapi()


@contextmanager
def house_in(data_dir: Path, database_url: str, at: datetime, env: Sequence[tuple[str, str]] = ()) -> Iterator[House]:
    """A demo installation in a folder, opened as the command line opens it."""
    environ = {"NAERBLIK_DATA_DIR": str(data_dir), "NAERBLIK_DATABASE_URL": database_url, **dict(env)}
    settings = config.from_environ(environ)
    opened = factory.open_parts(settings, at)
    try:
        yield House(settings, opened, at)
    finally:
        opened.database.close()
