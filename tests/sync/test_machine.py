"""Hypothesis plays histories of the model of the sync protocol: the invariants hold, and would tell of each seeded bug.

`./run test -m seeded` hunts every bug in random histories too, and prints what told of it.
"""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.machine.bugs import BUGS, Bug
from tests.sync.machine.hunt import hunt, play
from tests.sync.machine.play import Machine, told
from tests.sync.machine.table import TABLE, Line
from tests.sync.machine.watch import INVARIANTS

by_name = pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)


def test_the_invariants_hold_in_every_history() -> None:
    fixed = settings(max_examples=800, stateful_step_count=50, derandomize=True, database=None)
    run_state_machine_as_test(Machine, settings=fixed)


@by_name
def test_a_history_that_shows_a_bug_holds_without_it(bug: Bug) -> None:
    violation = play(bug, bug.history)
    assert violation is not None
    assert violation.number in bug.told_by
    assert told(frozenset(), frozenset(INVARIANTS), bug.history) is None


@pytest.mark.seeded
@by_name
def test_a_seeded_bug_is_caught(bug: Bug) -> None:
    found = hunt(bug, most=250)
    steps = bug.history if found is None else found
    violation = play(bug, steps)
    assert violation is not None
    TABLE.append(Line(bug, violation.number, steps, is_random=found is not None))
