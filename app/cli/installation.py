"""What a command may ask of the installation; ``app.__main__`` gives it, tests give another."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.config import Config
from app.db.session import Database
from app.records.source import Receiver, Source
from app.vault.service import Vault


class Parts(Protocol):
    """An opened installation."""

    @property
    def config(self) -> Config:
        """Its settings."""
        ...

    @property
    def database(self) -> Database:
        """Its database, with the vault in every session."""
        ...

    @property
    def vault(self) -> Vault:
        """Its keys."""
        ...

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources it may ask."""
        ...

    @property
    def receivers(self) -> tuple[Receiver, ...]:
        """Those to whom it may hand messages of citizens."""
        ...


class Installation(Protocol):
    """An installation that is opened only when a command needs it."""

    def config(self) -> Config:
        """The settings; raises NotReady."""
        ...

    def now(self) -> datetime:
        """The present instant."""
        ...

    def parts(self) -> Parts:
        """Open it; raises NotReady."""
        ...

    def prepare_directory(self) -> None:
        """Make and stamp the data directory; raises NotReady when it belongs to the other mode."""
        ...

    def key_file(self) -> Path:
        """Where the keys are or will be."""
        ...

    def upgrade(self) -> str:
        """Migrate to the newest revision and return it."""
        ...

    def current_revision(self) -> str | None:
        """Where the schema stands."""
        ...

    def openapi(self) -> str:
        """The OpenAPI document as JSON."""
        ...
