"""What may not be recorded, and the sentence that says why."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.consent import faults
from app.consent.event import ACTIONS, PURPOSES, Event, Limit, Party
from tests.consent.events import AT, DOCTOR, END, EVERYONE, HOUSE, B, about, terms

NAIVE = datetime(2026, 3, 1)  # noqa: DTZ001 - a time without a zone is what is refused
FIVE_YEARS = datetime(2031, 3, 1, 8, 12, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LEAP = datetime(2028, 2, 29, 12, tzinfo=UTC)

# What is well formed.
SOUND: dict[str, Event] = {
    "a grant": terms(),
    "a grant until its second microsecond": terms(valid_to=AT + MICROSECOND),
    "a delegation for five years": terms(valid_to=FIVE_YEARS),
    "a delegation from 29 February for five years": terms(
        valid_from=LEAP, valid_to=datetime(2033, 3, 1, 12, tzinfo=UTC)
    ),
    "a grant to an organisation for more than five years": terms(grantee=HOUSE, valid_to=FIVE_YEARS + MICROSECOND),
    "a grant of everything for everything": terms(actions=ACTIONS, purposes=PURPOSES),
    "a grant to a role": terms(grantee=DOCTOR),
    "a grant to everyone": terms(grantee=EVERYONE),
    "a grant with an exception": terms(exceptions=(B, HOUSE, DOCTOR)),
    "a grant limited to one day": terms(limit=Limit(None, date(2026, 1, 1), date(2026, 1, 1))),
    "a grant limited to what is before a day": terms(limit=Limit(None, None, date(2026, 1, 1))),
    "a grant limited to what is from a day on": terms(limit=Limit(None, date(2026, 1, 1))),
    "a grant limited to an organisation": terms(limit=Limit("cvr:1")),
    "a grant from the first year on": terms(grantee=HOUSE, valid_from=AT.replace(year=1900)),
    "a grant in the last year": terms(grantee=HOUSE, valid_from=AT.replace(year=8999), valid_to=AT.replace(year=9999)),
    "a block without an end": terms("deny"),
    "a block with an end": terms("deny", valid_to=END),
    "a block for more than five years": terms("deny", valid_to=FIVE_YEARS + MICROSECOND),
    "an acceptance": about("accept", "B"),
    "a withdrawal": about("withdraw"),
    "a replacement": about("supersede"),
    "an invalidation": about("invalidate"),
}

# What is not, with a part of the sentence.
UNSOUND: dict[str, tuple[Event, str]] = {
    "another citizen's": (terms(citizen_id="Z"), "another citizen"),
    "no id": (terms(id=""), "must say what it is"),
    "no grant id": (terms(grant_id=""), "must say what it is"),
    "given by nobody": (terms(given_by=""), "must say what it is"),
    "in no capacity": (terms(capacity=""), "must say what it is"),
    "recorded at no zone's time": (terms(recorded_at=NAIVE), "recording has no time zone"),
    "of an unknown kind": (about("renew"), "neither a consent nor a block"),  # type: ignore[arg-type]
    "to nobody": (terms(grantee=None), "to whom"),
    "to an unnamed person": (terms(grantee=Party("person")), "not named in full"),
    "to a person with an empty name": (terms(grantee=Party("person", "")), "not named in full"),
    "to an unnamed organisation": (terms(grantee=Party("organisation")), "not named in full"),
    "to an unnamed role": (terms(grantee=Party("role", None, "cvr:1")), "not named in full"),
    "to a role nowhere": (terms(grantee=Party("role", "doctor")), "not named in full"),
    "to everyone by name": (terms(grantee=Party("everyone", "B")), "not named in full"),
    "to everyone somewhere": (terms(grantee=Party("everyone", None, "cvr:1")), "not named in full"),
    "with an unnamed exception": (terms(exceptions=(B, Party("person"))), "not named in full"),
    "without actions": (terms(actions=frozenset()), "what may be done"),
    "without purposes": (terms(purposes=frozenset()), "what may be done"),
    "with an unknown action": (terms(actions=frozenset({"medication:read", "medication"})), "does not exist"),
    "with an unknown purpose": (terms(purposes=frozenset({"relative", "fun"})), "does not exist"),
    "a block with an unknown action": (terms("deny", actions=frozenset({"x"})), "does not exist"),
    "limited to days the wrong way round": (
        terms(limit=Limit(None, date(2026, 1, 2), date(2026, 1, 1))),
        "end before they begin",
    ),
    "without a start": (terms(valid_from=None), "when it begins"),
    "a block without a start": (terms("deny", valid_from=None), "when it begins"),
    "a start without a zone": (terms(valid_from=NAIVE), "no time zone"),
    "an end without a zone": (terms(valid_to=NAIVE), "no time zone"),
    "too early": (terms(valid_from=AT.replace(year=1899)), "too long ago"),
    "too late": (terms(valid_from=AT.replace(year=9000), valid_to=AT.replace(year=9001)), "too far ahead"),
    "a grant without an end": (terms(valid_to=None), "must have an end"),
    "an end at the start": (terms(valid_to=AT), "ends before it begins"),
    "a block that ends at its start": (terms("deny", valid_to=AT), "ends before it begins"),
    "a delegation for a microsecond more than five years": (
        terms(valid_to=FIVE_YEARS + MICROSECOND),
        "at most 5 years",
    ),
    "a delegation from 29 February for more": (
        terms(valid_from=LEAP, valid_to=datetime(2033, 3, 1, 12, tzinfo=UTC) + MICROSECOND),
        "at most 5 years",
    ),
    "an acceptance with a party": (about("accept", "B", grantee=B), "nothing new"),
    "a withdrawal with actions": (about("withdraw", actions=frozenset({"log:read"})), "nothing new"),
    "a withdrawal with purposes": (about("withdraw", purposes=frozenset({"self"})), "nothing new"),
    "a replacement with exceptions": (about("supersede", exceptions=(B,)), "nothing new"),
    "a replacement with a start": (about("supersede", valid_from=AT), "nothing new"),
    "a replacement with an end": (about("supersede", valid_to=END), "nothing new"),
    "an invalidation with a limit": (about("invalidate", limit=Limit("cvr:1")), "nothing new"),
}

GIVEN = [terms()]
ENDED = [terms(), about("withdraw")]
LATE = {"recorded_at": AT + timedelta(hours=2)}
ON_PAPER = {"given_by": "W", "capacity": "paper"}

# What fits what is recorded, and what does not: the event, what is recorded, and a part of the sentence or None.
AMONG: dict[str, tuple[Event, list[Event], str | None]] = {
    "the first grant": (terms(), [], None),
    "the same once more": (terms(), GIVEN, None),
    "another one's with the same name": (terms(), [terms(citizen_id="Z", given_by="Z")], None),
    "other content under the same id": (terms(valid_to=FIVE_YEARS), GIVEN, "under this id"),
    "malformed content under the same id": (terms(actions=frozenset()), GIVEN, "under this id"),
    "a malformed grant": (terms(actions=frozenset()), [], "what may be done"),
    "other terms under the same grant": (terms(id="g2"), GIVEN, "other terms need a new one"),
    "a block under a grant's id": (terms("deny", id="d"), GIVEN, "other terms need a new one"),
    "a second grant": (terms(id="g2", grant_id="G2"), GIVEN, None),
    "a grant by somebody else": (terms(given_by="B"), [], "Only the citizen"),
    "a block by somebody else": (terms("deny", given_by="B"), [], "Only the citizen"),
    "a consent on paper": (terms(grantee=HOUSE, **ON_PAPER), [], None),
    "a delegation on paper": (terms(**ON_PAPER), [], "Only the citizen"),
    "an acceptance": (about("accept", "B"), GIVEN, None),
    "an acceptance at the instant of the grant": (about("accept", "B", recorded_at=AT), GIVEN, None),
    "an acceptance before it begins": (about("accept", "B"), [terms(valid_from=AT + timedelta(days=9))], None),
    "an acceptance of what has no end": (about("accept", "B"), [terms(valid_to=None)], None),
    "an acceptance whatever the order": (about("accept", "B", id="b", **LATE), [about("accept", "B"), terms()], None),
    "a withdrawal of what is only answered": (about("withdraw"), [about("accept", "B")], "no such consent"),
    "an acceptance by somebody else": (about("accept", "D"), GIVEN, "Only the one to whom"),
    "an acceptance of nothing": (about("accept", "B"), [], "no such consent"),
    "an acceptance of what another citizen gave": (about("accept", "B"), [terms(citizen_id="Z")], "no such consent"),
    "an acceptance of another grant": (about("accept", "B"), [terms(grant_id="H")], "no such consent"),
    "an acceptance of a block": (about("accept", "B"), [terms("deny")], "Only the one to whom"),
    "an acceptance before the grant": (about("accept", "B", recorded_at=AT - MICROSECOND), GIVEN, "before what it is"),
    "an acceptance after the end": (about("accept", "B", recorded_at=END), GIVEN, "has ended"),
    "an acceptance just before the end": (about("accept", "B", recorded_at=END - MICROSECOND), GIVEN, None),
    "an acceptance of what was withdrawn": (about("accept", "B", **LATE), ENDED, "has ended"),
    "an acceptance of what a stranger withdrew": (
        about("accept", "B", **LATE),
        [terms(), about("withdraw", "D")],
        None,
    ),
    "an acceptance of what was replaced": (about("accept", "B", **LATE), [terms(), about("supersede")], "has ended"),
    "an acceptance of what was void": (about("accept", "B", **LATE), [terms(), about("invalidate")], "has ended"),
    "an acceptance where another grant was withdrawn": (
        about("accept", "B", **LATE),
        [terms(), about("withdraw", grant_id="H")],
        None,
    ),
    "a second acceptance": (about("accept", "B", id="again", **LATE), [terms(), about("accept", "B")], None),
    "a withdrawal by the citizen": (about("withdraw"), GIVEN, None),
    "a withdrawal by the relative": (about("withdraw", "B"), GIVEN, None),
    "a withdrawal by somebody else": (about("withdraw", "D"), GIVEN, "Only the citizen can do this"),
    "a withdrawal before it was given": (about("withdraw", recorded_at=AT - MICROSECOND), GIVEN, "before what it is"),
    "a withdrawal once more": (about("withdraw", id="again", **LATE), ENDED, None),
    "a withdrawal after the end": (about("withdraw", recorded_at=END), GIVEN, None),
    "a withdrawal of nothing": (about("withdraw"), [], "no such consent"),
    "a lifting of a block": (about("withdraw"), [terms("deny")], None),
    "a lifting of a block by the blocked": (about("withdraw", "B"), [terms("deny")], "Only the citizen can do this"),
}


@pytest.mark.parametrize("name", SOUND)
def test_it_is_well_formed(name: str) -> None:
    assert faults.fault(SOUND[name], "A") is None


@pytest.mark.parametrize("name", UNSOUND)
def test_it_is_refused_with_a_sentence(name: str) -> None:
    event, said = UNSOUND[name]

    sentence = faults.fault(event, "A")

    assert sentence is not None
    assert said in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("name", AMONG)
def test_it_fits_what_is_recorded_or_is_refused_with_a_sentence(name: str) -> None:
    event, recorded, said = AMONG[name]

    sentence = faults.fault_among(event, "A", recorded)

    assert (sentence is None) if said is None else (sentence is not None and said in sentence)


@settings(max_examples=200)
@given(
    st.builds(
        Event,
        id=st.text(max_size=2),
        citizen_id=st.sampled_from(["A", "B"]),
        kind=st.sampled_from(["grant", "deny", "accept", "withdraw"]),
        grant_id=st.just("G"),
        given_by=st.just("A"),
        recorded_at=st.datetimes(timezones=st.none() | st.just(UTC)),
        grantee=st.none() | st.builds(Party, st.sampled_from(["person", "role", "organisation", "everyone"])),
        actions=st.frozensets(st.sampled_from(["medication:read", ""])),
        purposes=st.frozensets(st.sampled_from(["relative", ""])),
        valid_from=st.none() | st.datetimes(timezones=st.none() | st.just(UTC)),
        valid_to=st.none() | st.datetimes(timezones=st.none() | st.just(UTC)),
    )
)
def test_whatever_is_wanted_there_is_an_answer_and_never_another_error(event: Event) -> None:
    sentence = faults.fault(event, "A")

    assert sentence is None or sentence.endswith(".")
    assert faults.fault_among(replace(event, recorded_at=AT), "A", [terms()]) != ""


def differs(module: ModuleType) -> bool:
    """Whether another module with the same functions says otherwise somewhere; asked by the tests of the tests."""
    alone = [*((event, None) for event in SOUND.values()), *UNSOUND.values()]
    return any(_is_other(module.fault(event, "A"), said) for event, said in alone) or any(
        _is_other(module.fault_among(event, "A", recorded), said) for event, recorded, said in AMONG.values()
    )


def _is_other(sentence: Any, said: str | None) -> bool:
    return sentence is not None if said is None else not isinstance(sentence, str) or said not in sentence
