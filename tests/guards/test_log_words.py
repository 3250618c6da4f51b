"""Every action that may stand in a citizen's log has words there, in both languages."""

from pathlib import Path
from typing import get_args

import pytest

from app.grant import Action

WORDS = Path(__file__).parent.parent.parent / "static" / "src" / "log"


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_log_has_words_for_every_action(language: str) -> None:
    said = (WORDS / f"strings.{language}.ts").read_text()

    assert [action for action in get_args(Action) if f'"{action}": [' not in said] == []
