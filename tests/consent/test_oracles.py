"""The rules against two other evaluators: a naive one, written from the design page, and Cedar."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.consent import cases
from tests.consent import cedar, made, naive

Json = dict[str, Any]

randoms = st.builds(Random, st.integers(0, 2**32 - 1))


def agrees_with_the_naive_one(case: Json) -> str:
    answer = cases.answer(case)
    outcome, reason, events = naive.decide(case)

    assert (answer["decision"], answer["reason"], set(answer["events"])) == (outcome, reason, events)
    assert len(answer["events"]) == len(events)
    return f"{outcome} {reason}"


@settings(max_examples=500)
@given(randoms)
def test_a_naive_evaluator_comes_to_the_same_outcome_reason_and_events(random: Random) -> None:
    agrees_with_the_naive_one(made.case(random))


def test_the_naive_evaluator_was_asked_about_every_rule() -> None:
    met = [agrees_with_the_naive_one(made.case(Random(seed))) for seed in range(4000)]

    for rule, least in {
        "deny auth": 50,
        "deny locked": 50,
        "permit self": 50,
        "permit statute": 20,
        "permit guardian": 50,
        "deny blocked": 50,
        "permit grant": 50,
        "deny default": 50,
    }.items():
        assert met.count(rule) >= least, rule


def agrees_with_cedar(case: Json) -> None:
    answer = cases.answer(case)
    outcome, decided = cedar.decide(case)

    assert outcome == answer["decision"]
    if answer["reason"] in ("self", "statute"):
        assert answer["reason"] in decided
    if answer["reason"] == "blocked":
        assert decided == set(answer["events"])
    if answer["reason"] == "grant":
        accepts = {each["id"] for each in case["events"] if each["kind"] == "accept"}
        assert decided - {"guardian"} == set(answer["events"]) - accepts
    if answer["reason"] == "guardian":
        assert decided == {"guardian"}
    if answer["reason"] == "default":
        assert decided == set()


@settings(max_examples=300)
@given(randoms)
def test_cedar_comes_to_the_same_outcome_by_the_same_events(random: Random) -> None:
    agrees_with_cedar(made.case(random))


@pytest.mark.parametrize("part", range(4))
def test_cedar_agrees_on_a_thousand_cases(part: int) -> None:
    for seed in range(part * 250, part * 250 + 250):
        agrees_with_cedar(made.case(Random(seed)))
