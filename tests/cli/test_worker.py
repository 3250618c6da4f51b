"""The worker goes on when the database is away for a while, and ends when it is told to."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from app.cli import main as cli
from tests.house import CommandLine, House


class Away:
    """A database that is away when first asked; then the operator ends the worker."""

    def __init__(self) -> None:
        self.asked = 0

    def transaction(self) -> Any:
        self.asked += 1
        if self.asked == 1:
            raise OperationalError("SELECT", {}, Exception("away"))
        raise KeyboardInterrupt


def test_a_database_that_is_away_is_asked_again(light_house: House, capsys: pytest.CaptureFixture[str]) -> None:
    line, away, standing = CommandLine(light_house), Away(), light_house.opened
    light_house.opened = replace(standing, database=away)  # type: ignore[arg-type]  # as much of one as is asked

    assert cli.run(["worker"], line) == 0

    light_house.opened = standing
    assert away.asked == 2
    assert "Trying again" in capsys.readouterr().err
