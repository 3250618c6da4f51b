"""The table of seeded bugs: which invariant told each, in what history."""

from dataclasses import dataclass

from tests.sync.machine.bugs import Bug
from tests.sync.machine.watch import INVARIANTS
from tests.sync.machine.world import Step


@dataclass(frozen=True)
class Line:
    """A bug that was told; ``is_random``: Hypothesis found the history, which then was cut down."""

    bug: Bug
    number: str
    steps: tuple[Step, ...]
    is_random: bool

    def text(self) -> str:
        """As it is printed."""
        told_by = f"{self.number} {INVARIANTS[self.number]}" if self.number.isdigit() else INVARIANTS[self.number]
        how = "found" if self.is_random else "written"
        written = ", ".join(" ".join(str(word) for word in step) for step in self.steps)
        return f"{self.bug.name:<24} {told_by:<26} {how:<7} {len(self.steps):>2}: {written}"


TABLE: list[Line] = []
