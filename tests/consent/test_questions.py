"""The volume alarm: somebody who asks about unusually many, or is told no unusually often, is told of once."""

from datetime import timedelta

import pytest

from app.consent import questions
from app.consent.questions import MANY_NOES, MANY_PEOPLE, WINDOW
from app.identity.person import Number
from tests.consent.municipality import CASEWORKER, MUNICIPALITY
from tests.house import House


def ask(house: House, count: int, *, people: int, is_valid: bool) -> int:
    """Ask so often about so many; returns how many alarms that raised."""
    raised = 0
    for place in range(count):
        with house.database.transaction() as session:
            number = Number(f"010160{1000 + place % people}", "cpr")
            asked = questions.Question(
                questions.new_id(), "status", MUNICIPALITY, "t", "casework", "1", house.at, is_valid
            )
            questions.record(session, CASEWORKER, number, asked)
            raised += questions.raise_alarm(session, CASEWORKER, house.at) is not None
        house.wait(seconds=1)
    return raised


@pytest.mark.parametrize(
    ("count", "people", "is_valid", "raised"),
    [
        (MANY_PEOPLE - 1, 100, True, 0),
        (MANY_PEOPLE, 100, True, 1),
        (MANY_PEOPLE + 5, 100, True, 1),
        (MANY_PEOPLE + 5, 3, True, 0),
        (MANY_NOES - 1, 1, False, 0),
        (MANY_NOES, 1, False, 1),
    ],
)
def test_much_in_a_short_time_raises_one_alarm(
    house: House, count: int, people: int, is_valid: bool, raised: int
) -> None:
    assert ask(house, count, people=people, is_valid=is_valid) == raised

    with house.database.reading() as session:
        kept = questions.read_alarms(session)
    assert [(each.actor, each.organisation) for each in kept] == [(CASEWORKER.id, MUNICIPALITY)] * raised


def test_the_same_over_a_long_time_raises_none_and_a_second_rush_another(house: House) -> None:
    ask(house, MANY_PEOPLE - 1, people=100, is_valid=True)
    house.at += WINDOW
    assert ask(house, 2, people=100, is_valid=True) == 0

    house.at += timedelta(hours=1)
    assert ask(house, MANY_PEOPLE, people=100, is_valid=True) == 1
    house.at += timedelta(hours=1)
    assert ask(house, MANY_PEOPLE, people=100, is_valid=True) == 1
