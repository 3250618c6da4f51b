"""Every mutant of the decision is killed: some case is answered otherwise by the broken rules than by the real ones."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from app.consent import authority, cases, faults, history, rules
from app.consent.cases import Case
from app.consent.event import Decision
from tests.consent import made, mutants, test_authority, test_faults, test_history
from tests.consent.mutants import Mutant
from tests.consent.test_decide import SHARED

Decide = Callable[[Case], Decision]

REAL = {"authority": authority, "history": history, "rules": rules, "faults": faults}
MADE = 3000

# What else tells a mutant, beside its decisions.
TABLES: dict[str, Callable[[ModuleType], bool]] = {
    "authority": test_authority.differs,
    "history": test_history.differs,
    "faults": test_faults.differs,
}
# Mutants that decide alike: what they leave out is a way round some work, and never another way.
SHORTCUTS = {
    "history": [("without part 0", "if known is not event and known != event:")],
    "rules": [
        (
            "without part 0",
            "return not candidate.exceptions or not any(_is(party, request) for party in candidate.exceptions)",
        )
    ],
}
LEAST = {"authority": 50, "history": 50, "rules": 150, "faults": 100}


def build(broken: dict[str, ModuleType]) -> Decide:
    """The way from a case to its decision through modules of which some are broken."""
    folding = broken.get("history", history)
    deciding = broken.get("rules", rules)

    def decide(case: Case) -> Decision:
        folded = folding.fold(case.citizen, case.events)
        found: Decision = deciding.decide(folded, case.request, case.valid_at, case.known_at, case.statutes)
        return found

    return decide


@cache
def known() -> Sequence[tuple[Case, Decision]]:
    """The cases with what the real rules say, which the other tests hold to be right."""
    read = [cases.read(each) for each in [*SHARED, *(made.case(Random(seed)) for seed in range(MADE))]]
    return [(case, build({})(case)) for case in read]


def broken_by(name: str, mutant: Mutant) -> tuple[Decide, ModuleType]:
    """The way to a decision with this mutant on it, and the mutant itself."""
    path = Path(REAL[name].__file__ or "")
    module = mutants.load(mutant.tree, REAL[name].__name__, path)
    if name != "authority":
        return build({name: module}), module
    folding = mutants.load(mutants.parsed(Path(history.__file__)), history.__name__, path)
    folding.__dict__["authority"] = module
    return build({"history": folding}), module


def survives(name: str, mutant: Mutant) -> bool:
    """Whether nothing tells a mutant from the real module; one that breaks down has been told."""
    try:
        decide, module = broken_by(name, mutant)
        if name in TABLES and TABLES[name](module):
            return False
        return all(decide(case) == decision for case, decision in known())
    except Exception:  # noqa: BLE001 - whatever a mutant raises, it is dead
        return False


@pytest.mark.parametrize("name", TABLES)
def test_the_real_module_is_told_from_itself_by_nothing(name: str) -> None:
    assert not TABLES[name](REAL[name])


@pytest.mark.long
@pytest.mark.parametrize("name", REAL)
def test_every_mutant_but_a_shortcut_is_killed(name: str) -> None:
    made_of = list(mutants.of(Path(REAL[name].__file__ or "")))

    alive = [(each.what, each.source) for each in made_of if survives(name, each)]

    assert len(made_of) > LEAST[name]
    assert alive == SHORTCUTS.get(name, [])
