"""How a delivery moves on, and when it is tried again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.records import rules
from app.records.rules import Delivery

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
STATUSES = st.sampled_from([*rules.ORDER, rules.FAILED, "nonsense"])


def follow(told: list[str]) -> list[Delivery]:
    standing, path = Delivery(rules.WAITING, NOW), []
    for minutes, status in enumerate(told, start=1):
        standing = rules.moved(standing, status, None, None, NOW + timedelta(minutes=minutes))
        path.append(standing)
    return path


@given(st.lists(STATUSES, max_size=12))
def test_a_delivery_never_goes_back(told: list[str]) -> None:
    order = [*rules.ORDER, rules.FAILED]
    places = [order.index(each.status) for each in follow(told)]

    assert places == sorted(places)


@given(st.lists(STATUSES, max_size=12))
def test_what_is_answered_or_failed_stays_so(told: list[str]) -> None:
    path = follow(told)
    ended = [each for each in path if not rules.is_open(each.status)]

    assert len(set(ended)) <= 1


@given(st.lists(STATUSES, max_size=12))
def test_what_was_told_twice_changes_nothing_the_second_time(told: list[str]) -> None:
    once, twice = follow(told), follow([status for status in told for _ in range(2)])

    assert [each.status for each in once] == [each.status for each in twice[1::2]]


def test_a_message_is_tried_for_most_of_a_day_and_then_given_up() -> None:
    waits, now = [], NOW
    for tries in range(1, 20):
        following = rules.next_at(rules.WAITING, tries, NOW, now)
        if following is None:
            break
        waits.append(following - now)
        now = following

    assert waits == sorted(waits)
    assert timedelta(hours=12) < now - NOW < timedelta(hours=24)


def test_an_answer_is_waited_for_a_month_and_no_longer() -> None:
    assert rules.next_at(rules.SENT, 99, NOW, NOW + timedelta(days=29)) is not None
    assert rules.next_at(rules.SENT, 99, NOW, NOW + timedelta(days=30)) is None
    assert rules.next_at(rules.ANSWERED, 0, NOW, NOW) is None
