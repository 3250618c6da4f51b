"""The rules of marked doses: which may be made, which stand, and what they come to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.medication import mark_rules
from app.medication.mark_rules import Mark, Said, Slot, Statement

# 23.30 in Copenhagen on the night in which its clocks go back.
NOW = datetime(2026, 10, 25, 22, 30, tzinfo=UTC)
TODAY = date(2026, 10, 25)
SLOT = Slot("m", TODAY, "morning", 1)
slots = st.builds(
    Slot, st.sampled_from(["m", "n"]), st.just(TODAY), st.sampled_from(["morning", "noon"]), st.integers(1, 3)
)
said: st.SearchStrategy[Said] = st.sampled_from(["taken", "skipped"])
marks = st.lists(
    st.builds(
        Mark,
        st.uuids().map(str),
        slots,
        said,
        st.none(),
        st.sampled_from(["karen", "henrik"]),
        st.integers(0, 99).map(lambda passed: NOW + timedelta(seconds=passed)),
        st.booleans(),
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("change", "at", "fault"),
    [
        ({}, None, None),
        ({"slot": "07:30"}, None, None),
        ({"slot": "any"}, NOW, None),
        ({"slot": "24:00"}, None, "slot"),
        ({"slot": "7:30"}, None, "slot"),
        ({"slot": ""}, None, "slot"),
        ({"day": TODAY + timedelta(days=1)}, None, "ahead"),
        ({"day": TODAY - timedelta(days=90)}, None, None),
        ({"day": TODAY - timedelta(days=91)}, None, "long_ago"),
        ({}, NOW + timedelta(minutes=10), None),
        ({}, NOW + timedelta(minutes=10, microseconds=1), "time_ahead"),
    ],
)
def test_a_dose_is_marked_on_its_day_or_after(
    change: dict[str, object], at: datetime | None, fault: str | None
) -> None:
    assert mark_rules.fault(Statement(replace(SLOT, **change), "taken", at), NOW) == fault  # type: ignore[arg-type]  # names of Slot


@given(st.integers(0, 4 * 24 * 60), st.sampled_from([-11, 0, 13]))
def test_the_day_is_that_of_copenhagen_whatever_the_offset_of_a_device(passed: int, offset: int) -> None:
    at = datetime(2026, 3, 27, tzinfo=UTC) + timedelta(minutes=passed)
    today = at.astimezone(mark_rules.COPENHAGEN).date()
    now = at.astimezone(timezone(timedelta(hours=offset)))
    assert mark_rules.fault(Statement(replace(SLOT, day=today), "taken"), now) is None
    assert mark_rules.fault(Statement(replace(SLOT, day=today + timedelta(days=1)), "taken"), now) == "ahead"


@given(marks, slots)
def test_statements_stand_until_they_are_taken_back_and_none_is_merged_away(made: list[Mark], slot: Slot) -> None:
    standing = mark_rules.standing(made, slot)
    assert {each.key for each in standing} == {each.key for each in made if each.slot == slot and not each.is_undone}
    assert standing == mark_rules.standing(made[::-1], slot)
    state = mark_rules.state_of(standing)
    people, words = {each.by for each in standing}, {each.said for each in standing}
    if not standing:
        assert state == "none"
    elif len(people) == len(words) == 1:
        assert {state} == words
    else:
        assert state == "differs"
