"""No sequence of calls by anybody but the citizen enlarges anybody's rights: the machine, and that it sees a hole."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from app.access import service as access
from app.consent import authority
from app.consent import rules as consent_rules
from app.delegation import delegations, rules
from tests.delegation.machine import Everybody
from tests.house import House

QUICK = settings(max_examples=25, stateful_step_count=25, deadline=None)
HUNT = settings(max_examples=250, stateful_step_count=25, deadline=None, phases=[Phase.generate], print_blob=False)


def run(house: House, how: settings) -> None:
    run_state_machine_as_test(type("Run", (Everybody,), {"house": house}), settings=how)


def test_no_calls_by_anybody_else_enlarge_what_anybody_may(light_house: House) -> None:
    run(light_house, QUICK)


read_life = access.read_life


class Whatever:
    """Equal to whatever it is compared with."""

    def __eq__(self, _other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def _any_birth(*on: Any) -> access.Life:
    return replace(read_life(*on), born=Whatever())  # type: ignore[arg-type]


def _wider(event_of: object) -> object:
    return lambda *on: replace(event_of(*on), actions=rules.ACTIONS)  # type: ignore[operator]


HOLES = {
    "any birth date opens": (access, "read_life", _any_birth),
    "what is taken away stands until the yes": (delegations, "takes_away", lambda *_on: False),
    "what was replaced stands": (delegations, "between", lambda *_on: []),
    "the terms are wider than what was offered": (delegations, "terms_of", _wider(delegations.terms_of)),
    "a grant counts without a yes and for ever": (consent_rules, "_is_effective", lambda *_on: True),
    "blocks are not looked at": (consent_rules, "_blocks", lambda *_on: ()),
    "nobody's yes counts": (authority, "_is_grantee", lambda *_on: False),
    "whoever asks is let in": (access, "_decide", lambda *_on: ("self", access.NOBODY)),
}


@pytest.mark.seeded
@pytest.mark.parametrize("hole", sorted(HOLES))
def test_the_machine_sees_a_hole_that_is_made_on_purpose(
    light_house: House, monkeypatch: pytest.MonkeyPatch, hole: str
) -> None:
    target, name, put = HOLES[hole]
    monkeypatch.setattr(target, name, put, raising=False)

    with pytest.raises(AssertionError):
        run(light_house, HUNT)
