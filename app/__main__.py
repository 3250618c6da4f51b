"""The command line: ``naerblik``, also ``python -m app``."""

import os
import sys
from datetime import datetime
from pathlib import Path

from app import clock, config, factory
from app.cli import main as cli
from app.config import Config


class Installation:
    """What the commands may ask of an installation, opened only when a command needs it."""

    def __init__(self) -> None:
        self._parts: factory.Parts | None = None

    def config(self) -> Config:
        """The settings."""
        return config.from_environ(os.environ)

    def now(self) -> datetime:
        """The present instant."""
        return clock.now()

    def parts(self) -> factory.Parts:
        """The opened installation."""
        if self._parts is None:
            self._parts = factory.open_parts(self.config(), self.now())
        return self._parts

    def prepare_directory(self) -> None:
        """Make and stamp the data directory."""
        factory.prepare_directory(self.config())

    def key_file(self) -> Path:
        """Where the keys are."""
        return factory.key_file(self.config())

    def upgrade(self) -> str:
        """Migrate to the newest revision."""
        return factory.upgrade(self.config(), self.now())

    def current_revision(self) -> str | None:
        """Where the schema stands."""
        return factory.current_revision(self.config())

    def openapi(self) -> str:
        """The OpenAPI document, made without a database."""
        return factory.openapi()


def main() -> None:
    """Run one command and exit with its code."""
    sys.exit(cli.run(sys.argv[1:], Installation()))


if __name__ == "__main__":
    main()
