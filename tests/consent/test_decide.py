"""The rules of consent on the shared cases, each of which is a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.consent import cases
from tests.consent import naive

Json = dict[str, Any]

SHARED: list[Json] = json.loads((Path(__file__).parent.parent / "cases" / "decide.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SHARED, ids=[case["id"] for case in SHARED])
def test_the_shared_case(case: Json) -> None:
    expected = {"overrode": [], **case["expect"]}

    decision = cases.decide(cases.read(case))

    assert {
        "decision": decision.outcome,
        "reason": decision.reason,
        "events": list(decision.events),
        "overrode": list(decision.overrode),
    } == expected
    assert decision.is_emergency == bool(expected["overrode"])


def test_no_two_shared_cases_have_the_same_sentence() -> None:
    assert len({case["id"] for case in SHARED}) == len(SHARED) >= 200


@pytest.mark.parametrize("case", SHARED, ids=[case["id"] for case in SHARED])
def test_the_naive_evaluator_says_the_same_of_the_shared_case(case: Json) -> None:
    outcome, reason, events = naive.decide(case)

    assert (outcome, reason, events) == (
        case["expect"]["decision"],
        case["expect"]["reason"],
        set(case["expect"]["events"]),
    )
