"""Histories as Hypothesis makes them: any step, at any time, of anybody."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.sync.machine.watch import INVARIANTS, Violation
from tests.sync.machine.world import Step, World

# One citizen and one of their phones are met more often than the others, so that histories have a thread.
phones, spaces = st.sampled_from(["k1", "k1", "h1", "k2"]), st.sampled_from(["k", "k", "h"])
keys = st.sampled_from(["c1", "c1", "c2", "a1", "n1"])
fates = st.sampled_from(["ok", "ok", "ok", "lost", "late", "slow", "never", "cut"])
hours = st.sampled_from([1, 20, 30, 24 * 8, 24 * 31, 24 * 181])
kinds = st.sampled_from(["mark", "mark", "edit", "set", "withdraw", "poison"])
troubles = st.sampled_from(["login", "twist", "end", "look"])


def told(bugs: frozenset[str], only: frozenset[str], steps: Sequence[Step]) -> Violation | None:
    """Play a history and let it settle; what was told, None when every invariant held."""
    world = World(bugs, only)
    try:
        for step in steps:
            world.step(*step)
        world.settle()
    except Violation as violation:
        return violation
    return None


class Machine(RuleBasedStateMachine):
    """One history. ``bugs`` are seeded; ``only`` are the invariants that are watched.

    What is told of ``without`` alone, defences that hide a bug and are left out for it, is not the bug's and ends the
    history in silence.
    """

    bugs: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset(INVARIANTS)
    without: frozenset[str] = frozenset()
    histories: ClassVar[list[Sequence[Step]]] = []

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.bugs, self.only)
        self.is_over = False
        self.histories[:] = [self.world.history]

    def step(self, *step: Any) -> None:
        """Take a step of the world."""
        if not self.is_over:
            self._watched(lambda: self.world.step(*step))

    def _watched(self, run: Callable[[], None]) -> None:
        try:
            run()
        except Violation:
            self.is_over = True
            if not self.without or told(self.without, self.only, self.world.history) is None:
                raise

    @rule(what=st.sampled_from(["write", "remove"]), space=spaces, key=keys)
    def source(self, what: str, space: str, key: str) -> None:
        self.step(what, space, key)

    @rule(space=spaces, level=st.sampled_from(["wide", "narrow", "none"]), ends=st.sampled_from([0, 0, 5, 50]))
    def consent(self, space: str, level: str, ends: int) -> None:
        self.step(*(("revoke", space) if level == "none" else ("grant", space, level, ends)))

    @rule(name=phones, space=spaces, kind=kinds)
    def act(self, name: str, space: str, kind: str) -> None:
        self.step("act", name, space, kind)

    @rule(name=phones, space=spaces, kind=kinds, fate=fates)
    def act_and_push(self, name: str, space: str, kind: str, fate: str) -> None:
        self.step("act", name, space, kind)
        self.step("push", name, fate)

    @rule(name=phones, fate=fates)
    def push(self, name: str, fate: str) -> None:
        self.step("push", name, fate)

    @rule(name=phones, fate=fates)
    def pull(self, name: str, fate: str) -> None:
        self.step("pull", name, fate)

    @rule(name=phones)
    def sync(self, name: str) -> None:
        self.step("sync", name)

    @rule(what=st.sampled_from(["deliver", "arrive"]), which=st.integers(0, 3))
    def arrive(self, what: str, which: int) -> None:
        self.step(what, which)

    @rule()
    def backup(self) -> None:
        self.step("backup")

    @rule(which=st.integers(0, 2), space=spaces, written=st.sampled_from([0, 0, 1, 2]))
    def restore(self, which: int, space: str, written: int) -> None:
        self.step("restore", which)
        for _ in range(written):
            self.step("write", space, "c1")

    @rule(passed=hours, is_swept=st.booleans())
    def wait(self, passed: int, is_swept: bool) -> None:
        self.step("wait", passed)
        if is_swept:
            self.step("sweep")

    @rule(name=phones, space=spaces)
    def lose(self, name: str, space: str) -> None:
        self.step("lose", name, space)

    @rule(name=phones, back=st.sampled_from([2, 48]))
    def set_back(self, name: str, back: int) -> None:
        self.step("set_back", name, back)

    @rule(what=troubles, name=phones)
    def trouble(self, what: str, name: str) -> None:
        self.step(what, name)

    def teardown(self) -> None:
        """Faults stop."""
        if not self.is_over:
            self._watched(self.world.settle)
