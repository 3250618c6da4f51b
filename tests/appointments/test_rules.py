"""Which appointments are shown as one course."""

from hypothesis import given
from hypothesis import strategies as st

from app.appointments import rules

IDS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=3), max_size=8)


def test_two_that_share_an_id_are_of_one_course_and_one_alone_is_of_none() -> None:
    assert rules.courses([["a"], ["b"], [], ["a", "c"]]) == [0, None, None, 0]


def test_a_third_one_links_two_that_share_nothing() -> None:
    assert rules.courses([["hospital"], ["municipality"], ["hospital", "municipality"]]) == [0, 0, 0]


@given(IDS)
def test_those_that_share_an_id_are_always_together(ids: list[list[str]]) -> None:
    found = rules.courses(ids)

    for one, first in zip(ids, found, strict=True):
        for other, second in zip(ids, found, strict=True):
            if set(one) & set(other) and one is not other:
                assert first is not None
                assert first == second


@given(IDS)
def test_a_course_is_named_after_its_first_appointment_and_has_two_at_least(ids: list[list[str]]) -> None:
    found = rules.courses(ids)

    for course in {each for each in found if each is not None}:
        assert found.index(course) == course
        assert found.count(course) >= 2
