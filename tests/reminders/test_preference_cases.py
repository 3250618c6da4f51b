"""The rules of preferences on the cases that the app is held against too: tests/cases/preferences.json."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.reminders import rules

CASES = json.loads((Path(__file__).parent.parent / "cases" / "preferences.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["faults"], ids=lambda case: case["what"])
def test_what_can_be_preferred(case: dict[str, Any]) -> None:
    assert rules.fault(case["field"], case["value"]) == case["fault"]


@pytest.mark.parametrize("case", CASES["counting"], ids=lambda case: case["what"])
def test_what_counts(case: dict[str, Any]) -> None:
    assert rules.counting(dict(case["said"])) == case["counts"]


def test_every_default_can_be_said() -> None:
    of_medicine = {f"medicine.{'0' * 32}.{name}": value for name, value in rules.OF_MEDICINE.items()}
    assert [field for field, value in {**rules.DEFAULTS, **of_medicine}.items() if rules.fault(field, value)] == []
