"""The rules of marked doses on the cases that the app is held against too: tests/cases/dose_marks.json."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.medication import mark_rules
from app.medication.mark_rules import Amount, Slot, Statement

CASES = json.loads((Path(__file__).parent.parent / "cases" / "dose_marks.json").read_text(encoding="utf-8"))


def slot_of(case: dict[str, Any]) -> Slot:
    return Slot(case.get("medication", "m"), date.fromisoformat(case["date"]), case["slot"], case.get("ordinal", 1))


@pytest.mark.parametrize("case", CASES["faults"], ids=lambda case: case["what"])
def test_which_statements_can_be_made(case: dict[str, Any]) -> None:
    at = datetime.fromisoformat(case["at"]) if case["at"] else None
    amount = Amount(case["quantity"], "pust") if "quantity" in case else None
    told = Statement(slot_of(case), case.get("said", "taken"), at, amount)
    assert mark_rules.fault(told, datetime.fromisoformat(case["now"])) == case["fault"]


@pytest.mark.parametrize("case", CASES["states"], ids=lambda case: case["what"])
def test_what_stands_about_a_dose_and_what_it_comes_to(case: dict[str, Any]) -> None:
    for events in (case["events"], case["events"][::-1]):
        marks = mark_rules.said_in({each["key"]: each for each in events})
        for asked in case["slots"]:
            found = mark_rules.standing(marks, slot_of(asked))
            assert [each.key for each in found] == asked["standing"]
            assert mark_rules.state_of(found) == asked["state"]
