"""Runs commands as somebody types them, against a house of the tests."""

import json
from typing import Any

import pytest

from app.cli import main as cli
from tests.house import CommandLine, House


class Shell:
    """Runs commands against a house and reads what they print."""

    def __init__(self, house: House, capsys: pytest.CaptureFixture[str]) -> None:
        self._line = CommandLine(house)
        self._capsys = capsys
        self.errors = ""

    def run(self, *words: object) -> tuple[int, Any]:
        """The exit code and the JSON printed."""
        code, printed = self.said(*words)
        return code, json.loads(printed)

    def said(self, *words: object) -> tuple[int, str]:
        """The exit code and the text printed."""
        code = cli.run([str(word) for word in words], self._line)
        printed = self._capsys.readouterr()
        self.errors = printed.err
        return code, printed.out
