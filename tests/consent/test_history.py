"""Folding a citizen's events."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.consent import history
from app.consent.event import Citizen
from tests.consent.events import AT, END, about, terms

CITIZEN = Citizen("A", date(2012, 2, 29), date(2026, 7, 1))
READ = "medication:read"

# What is left out of a fold: it decides nothing.
EMPTY = {
    "a grant to nobody": terms(grantee=None),
    "a block of nobody": terms("deny", grantee=None),
    "a grant without a start": terms(valid_from=None),
    "a block without a start": terms("deny", valid_from=None),
    "a grant without an end": terms(valid_to=None),
    "a grant with neither": terms(grantee=None, valid_from=None),
    "a grant by somebody else": terms(given_by="B"),
    "another citizen's grant": terms(citizen_id="Z", given_by="Z"),
    "a withdrawal that says terms": terms(kind="withdraw"),
}


@pytest.mark.parametrize("name", EMPTY)
def test_what_decides_nothing_is_left_out(name: str) -> None:
    folded = history.fold(CITIZEN, [EMPTY[name]])

    assert (folded.grants, folded.denies) == ({}, {})


def test_a_grant_carries_the_first_of_what_was_recorded_about_it() -> None:
    events = [terms()]
    for kind, by in (("accept", "B"), ("withdraw", "A"), ("supersede", "A"), ("invalidate", "A")):
        for days in (2, 1, 3):
            events.insert(0, about(kind, by, id=f"{kind} {days}", recorded_at=AT + timedelta(days=days)))

    (grant,) = history.fold(CITIZEN, events).grants[READ]

    first = AT + timedelta(days=1)
    assert grant.names == ("g", "accept 1")
    assert (grant.accepted_at, grant.ended_at, grant.void_at) == (first, first, first)
    assert (grant.recorded_at, grant.valid_from, grant.valid_to) == (AT, AT, END)


def test_the_citizens_days_become_instants_in_copenhagen() -> None:
    folded = history.fold(CITIZEN, [])

    assert folded.of_age_at == datetime(2027, 2, 28, 23, tzinfo=UTC)
    assert folded.dead_from == datetime(2026, 6, 30, 22, tzinfo=UTC)


def test_who_has_no_birth_and_no_death_has_neither_instant() -> None:
    folded = history.fold(Citizen("A"), [])

    assert (folded.of_age_at, folded.dead_from) == (None, None)


def test_the_same_event_twice_is_one() -> None:
    assert len(history.fold(CITIZEN, [terms(), terms()]).grants[READ]) == 1


def test_one_id_with_two_contents_is_not_guessed_about() -> None:
    with pytest.raises(ValueError, match="two contents"):
        history.fold(CITIZEN, [terms(), terms(valid_to=END + timedelta(days=1))])


def differs(module: Any) -> bool:
    """Whether another module with the same function folds otherwise somewhere; asked by the tests of the tests."""
    folds = [module.fold(CITIZEN, [each]) for each in EMPTY.values()]
    if any(folded.grants or folded.denies for folded in folds):
        return True
    try:
        module.fold(CITIZEN, [terms(), terms(valid_to=None)])
    except ValueError:
        return False
    return True
