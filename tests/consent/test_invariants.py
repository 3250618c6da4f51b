"""What holds of every decision, whatever was recorded and asked: properties over made-up cases."""

from copy import deepcopy
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.consent import cases
from tests.consent import made
from tests.consent.asking import answer, asked, by, delegation, kinds, new_event, randoms


@given(randoms)
def test_without_events_only_the_citizen_the_law_and_a_guardian_may(random: Random) -> None:
    answered = answer(made.case(random), events=[])

    assert answered["decision"] == "deny" or answered["reason"] in ("self", "statute", "guardian")


@settings(max_examples=500)
@given(randoms)
def test_adding_a_deny_never_permits(random: Random) -> None:
    case = made.case(random)
    more = [*case["events"], new_event(random, "deny")]

    assert answer(case)["decision"] == "permit" or answer(case, events=more)["decision"] == "deny"


@settings(max_examples=500)
@given(randoms)
def test_adding_a_grant_never_denies(random: Random) -> None:
    case = made.case(random)
    more = [*case["events"], new_event(random, "grant"), new_event(random, "accept", "yes")]

    assert answer(case)["decision"] == "deny" or answer(case, events=more)["decision"] == "permit"


@given(randoms)
def test_neither_order_nor_duplicates_matter(random: Random) -> None:
    case = made.case(random)
    events = case["events"]
    shuffled = [*deepcopy(events), *random.choices(events, k=3)] if events else []
    random.shuffle(shuffled)

    assert answer(case, events=shuffled) == answer(case)


@given(randoms)
def test_what_another_citizen_did_does_not_matter(random: Random) -> None:
    case = made.case(random)
    others = [{**each, "id": f"z{each['id']}", "citizen": "Z", "given_by": "Z"} for each in case["events"]]

    assert answer(case, events=[*others, *case["events"]]) == answer(case)


@given(randoms, st.sampled_from(["action", "purpose"]), st.text("abcdefgmr:*", min_size=1))
def test_unknown_words_are_refused_even_when_everything_names_them(random: Random, part: str, word: str) -> None:
    case = made.case(random)
    events = [
        {**each, "actions": [*each["actions"], word], "purposes": [*each["purposes"], word]}
        if "actions" in each
        else each
        for each in case["events"]
    ]

    answered = answer(asked(case, **{part: word}), events=events)

    assert (answered["decision"], answered["reason"], answered["events"]) == ("deny", "auth", [])


@settings(max_examples=500)
@given(randoms)
def test_every_decision_names_its_reasons(random: Random) -> None:
    case = made.case(random)
    answered = answer(case)

    if answered["reason"] == "grant":
        assert "grant" in kinds(case, answered) <= {"grant", "accept"}
    elif answered["reason"] == "blocked":
        assert kinds(case, answered) == {"deny"}
    else:
        assert answered["events"] == []
    assert (
        answered["reason"]
        in {
            "permit": ("self", "statute", "guardian", "grant"),
            "deny": ("auth", "locked", "blocked", "default"),
        }[answered["decision"]]
    )


@settings(max_examples=500)
@given(randoms)
def test_an_emergency_only_goes_past_blocks_and_says_which(random: Random) -> None:
    case = made.case(random)
    usual = answer(asked(case, emergency=None))

    listed = cases.decide(cases.read(asked(case, emergency={"reason": "unconscious", "role_listed": True})))

    if usual["reason"] != "blocked":
        assert (listed.outcome, listed.reason, list(listed.events)) == (
            usual["decision"],
            usual["reason"],
            usual["events"],
        )
        assert not listed.is_emergency
    else:
        assert listed.reason in ("statute", "grant", "guardian", "default")
        assert list(listed.overrode) == (usual["events"] if listed.outcome == "permit" else [])
    for nobody in ({"reason": "unconscious", "role_listed": False}, {"reason": "\t", "role_listed": True}, {}):
        assert answer(asked(case, emergency=nobody)) == usual


@pytest.mark.parametrize("level", ["low", "Substantial", "", None, "substantial "])
def test_no_other_level_than_substantial_and_high_is_enough(level: str | None) -> None:
    case = by(delegation(datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)), level=level)

    assert cases.answer(case).get("decision") != "permit"
