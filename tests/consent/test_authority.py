"""Who may write which event."""

from typing import Any

import pytest

from app.consent import authority
from app.consent.event import Event
from tests.consent.events import DOCTOR, EVERYONE, HOUSE, about, terms

TO_B = terms()
TO_HOUSE = terms(grantee=HOUSE)
TO_DOCTOR = terms(grantee=DOCTOR)
TO_ALL = terms(grantee=EVERYONE)
AGAINST_B = terms("deny")
AGAINST_HOUSE = terms("deny", grantee=HOUSE)
ON_PAPER = {"given_by": "W", "capacity": "paper"}


def alone(event: Event) -> tuple[Event, Event]:
    return event, event


VERDICTS: dict[str, tuple[tuple[Event, Event], bool]] = {
    "the citizen gives": (alone(TO_B), True),
    "the citizen blocks": (alone(AGAINST_B), True),
    "the relative does not give": (alone(terms(given_by="B")), False),
    "nobody blocks another": (alone(terms("deny", given_by="B")), False),
    "an authority records a consent to an organisation on paper": (alone(terms(grantee=HOUSE, **ON_PAPER)), True),
    "an authority records a consent to a role on paper": (alone(terms(grantee=DOCTOR, **ON_PAPER)), True),
    "an authority records no delegation on paper": (alone(terms(**ON_PAPER)), False),
    "an authority records nothing for everyone on paper": (alone(terms(grantee=EVERYONE, **ON_PAPER)), False),
    "an authority records nothing for nobody on paper": (alone(terms(grantee=None, **ON_PAPER)), False),
    "an authority records nothing but on paper": (alone(terms(grantee=HOUSE, given_by="W")), False),
    "an authority records a block on paper": (alone(terms("deny", **ON_PAPER)), True),
    "the relative accepts": ((about("accept", "B"), TO_B), True),
    "the citizen does not accept for the relative": ((about("accept", "A"), TO_B), False),
    "nobody accepts for another": ((about("accept", "D"), TO_B), False),
    "nobody accepts for another on paper": ((about("accept", "W", capacity="paper"), TO_B), False),
    "a block is not accepted": ((about("accept", "B"), AGAINST_B), False),
    "an organisation does not accept": ((about("accept", "cvr:1"), TO_HOUSE), False),
    "what is given to everyone is not accepted": ((about("accept", "B"), TO_ALL), False),
    "what is given to nobody is not accepted": ((about("accept", "B"), terms(grantee=None)), False),
    "a stranger does not end": ((about("withdraw", "D"), TO_B), False),
    "what is given to nobody is not ended by anybody else": ((about("withdraw", "B"), terms(grantee=None)), False),
    "what is given to everyone is not ended by one": ((about("withdraw", "B"), TO_ALL), False),
    "an authority ends a grant on paper": ((about("withdraw", "W", capacity="paper"), TO_B), True),
    "an authority does not lift the citizen's block": ((about("withdraw", "W", capacity="paper"), AGAINST_B), False),
    "an authority lifts a block that was on paper": (
        (about("withdraw", "W", capacity="paper"), terms("deny", **ON_PAPER)),
        True,
    ),
    "an authority ends nothing but on paper": ((about("withdraw", "W"), terms(grantee=HOUSE, **ON_PAPER)), False),
}
for kind in ("withdraw", "supersede", "invalidate"):
    VERDICTS |= {
        f"the citizen may {kind} a grant": ((about(kind), TO_B), True),
        f"the citizen may {kind} a block": ((about(kind), AGAINST_B), True),
        f"the relative may {kind} what they were given": ((about(kind, "B"), TO_B), True),
        f"the blocked may not {kind} the block": ((about(kind, "B"), AGAINST_B), False),
        f"an organisation may {kind} what it was given": ((about(kind, "cvr:1"), TO_HOUSE), True),
        f"an organisation may {kind} what a role in it was given": ((about(kind, "cvr:1"), TO_DOCTOR), True),
        f"another organisation may not {kind} it": ((about(kind, "cvr:2"), TO_HOUSE), False),
        f"a blocked organisation may not {kind} the block": ((about(kind, "cvr:1"), AGAINST_HOUSE), False),
    }


@pytest.mark.parametrize("name", VERDICTS)
def test_who_may_write_it(name: str) -> None:
    (event, of), verdict = VERDICTS[name]

    assert authority.is_authorised(event, of) is verdict


def differs(module: Any) -> bool:
    """Whether another module with the same function says otherwise somewhere; asked by the tests of the tests."""
    return any(bool(module.is_authorised(*asked)) is not verdict for asked, verdict in VERDICTS.values())
