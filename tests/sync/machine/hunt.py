"""Hunt a seeded bug: let Hypothesis play until an invariant tells it, and cut the history down to what matters."""

from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.machine.bugs import Bug
from tests.sync.machine.play import Machine, told
from tests.sync.machine.watch import Violation
from tests.sync.machine.world import Step


def play(bug: Bug, steps: Sequence[Step]) -> Violation | None:
    """What tells the bug in a history; None: nothing, or as much without it."""
    if bug.without and told(bug.without, bug.watched, steps) is not None:
        return None
    return told(bug.switches, bug.watched, steps)


def hunt(bug: Bug, most: int) -> tuple[Step, ...] | None:
    """The shortest history that tells the bug, out of at most so many random ones; None: none does. Always the same."""

    class Seeded(Machine):
        bugs, only, without = bug.switches, bug.watched, bug.without

    fixed = settings(
        max_examples=most,
        stateful_step_count=50,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(Seeded, settings=fixed)
    except Violation:
        return cut_down(bug, Seeded.histories[-1])
    return None


def cut_down(bug: Bug, history: Sequence[Step]) -> tuple[Step, ...]:
    """Leave out steps, many and then few at a time, while some invariant still tells the bug."""
    steps = tuple(history)
    size = len(steps) // 2
    while size > 0:
        start = 0
        while start < len(steps):
            shorter = steps[:start] + steps[start + size :]
            if play(bug, shorter) is None:
                start += size
            else:
                steps = shorter
        size //= 2
    return steps
