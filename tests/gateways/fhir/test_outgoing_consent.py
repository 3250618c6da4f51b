"""Consents and blocks given here, out as FHIR and in again: they decide the same, or FHIR cannot say them."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from app.consent import faults, history, imported, rules
from app.consent.consent import ImportedConsent
from app.consent.event import ACTIONS, PURPOSES, Citizen, Event, Item, Limit, Party, Request
from app.consent.giving import Standing, State
from app.consent.imported import Version
from app.consent.recorded import Recorded, concern_of
from app.gateways import fhir
from app.identity.person import Number, Person
from tests.gateways.fhir.people import ONE

NOW = datetime(2026, 11, 25, 12, 0, 0, 123456, tzinfo=UTC)
HOUSES = ["cvr:11111111", "sor:325421000016001", "naerblik:installation"]
PARTIES = [
    Party("person", "B"),
    Party("person", "C"),
    *(Party("organisation", None, each) for each in HOUSES),
    Party("role", "doctor", HOUSES[0]),
    Party("everyone"),
]
DAYS = [date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
ENDS = [NOW + timedelta(days=each, microseconds=each) for each in (1, 30, 365)]
LIMITS = st.builds(Limit, st.sampled_from([None, *HOUSES]), st.sampled_from([None, DAYS[0]]), st.sampled_from([
    None, DAYS[1]])).filter(lambda limit: limit != Limit())  # fmt: skip


@st.composite
def events(draw: st.DrawFn) -> Event:
    """A consent, delegation or block as it may be recorded."""
    kind = draw(st.sampled_from(["grant", "deny"]))
    made = Event(
        id="event-0000000000000001",
        citizen_id="A",
        kind=kind,  # type: ignore[arg-type]
        grant_id="event-0000000000000001",
        given_by="A",
        recorded_at=NOW,
        grantee=draw(st.sampled_from(PARTIES)),
        exceptions=tuple(draw(st.lists(st.sampled_from(PARTIES[:-1]), max_size=2))),
        actions=draw(
            st.frozensets(st.sampled_from(sorted(ACTIONS)), min_size=1)
            | st.frozensets(st.sampled_from(["medication:read", "appointments:read", "log:read"]), min_size=1)
        ),
        purposes=draw(st.frozensets(st.sampled_from(sorted(PURPOSES)), min_size=1)),
        limit=draw(st.none() | LIMITS),
        valid_from=draw(st.sampled_from([NOW, NOW - timedelta(days=1), NOW + timedelta(hours=1)])),
        valid_to=draw(st.sampled_from(ENDS if kind == "grant" else [*ENDS, None])),
    )
    assert faults.fault(made, "A") is None
    return made


REQUESTS = st.builds(
    Request,
    actor_id=st.sampled_from(["B", "C", "D"]),
    action=st.sampled_from(sorted(ACTIONS)),
    purpose=st.sampled_from(sorted(PURPOSES)),
    role=st.sampled_from([None, "doctor"]),
    organisation=st.sampled_from([None, *HOUSES]),
    level=st.just("high"),
    item=st.none() | st.builds(Item, st.sampled_from([None, *HOUSES]), st.sampled_from([None, *DAYS])),
)


def about(terms: Event) -> list[Event]:
    """The terms, with the grantee's yes where one is needed."""
    if concern_of(terms) != "delegation" or terms.grantee is None or terms.grantee.id is None:
        return [terms]
    return [terms, Event("yes", "A", "accept", terms.grant_id, terms.grantee.id, terms.recorded_at)]


def standing(terms: Event, state: State = "now", *more: Event) -> Standing:
    recorded = [Recorded(n, each, None, {HOUSES[0]: "Bakkeby Kommune"}, "", b"") for n, each in enumerate([
        *about(terms), *more])]  # fmt: skip
    return Standing(recorded[0], tuple(recorded), concern_of(terms), state, None)


def exported(*own: Standing) -> dict[str, Any]:
    nothing: dict[str, Any] = dict.fromkeys(
        ("relations", "medications", "prescriptions", "appointments", "consents"), ()
    )
    made = fhir.bundle(person=Person((Number(ONE, "cpr"),)), **nothing, own=own, now=NOW)
    Bundle.model_validate(made)
    return fhir.parse(json.dumps(made).encode())


def again(*own: Standing) -> tuple[ImportedConsent, ...]:
    (citizen,) = fhir.read(exported(*own)).citizens
    return citizen.consents


def outcomes(bundle: dict[str, Any]) -> list[tuple[str, str]]:
    """What the Bundle says that it leaves out: which, and why."""
    found = [each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == "OperationOutcome"]
    return [(i["diagnostics"], i["details"]["coding"][0]["code"]) for each in found for i in each["issue"]]


def decided(of: list[Event], request: Request, at: datetime) -> str:
    return rules.decide(history.fold(Citizen("A"), of), request, at, at).reason


@settings(max_examples=300, deadline=None)
@given(events(), st.lists(REQUESTS, min_size=10, max_size=10), st.sampled_from([0, 1, 40, 400]))
def test_what_goes_out_decides_the_same_when_it_comes_in_again(terms: Event, asked: list[Request], days: int) -> None:
    made = exported(standing(terms))
    found = [each for (citizen,) in [fhir.read(made).citizens] for each in citizen.consents]
    assert len(found) + len(outcomes(made)) == 1
    targeted = [
        replace(each, action=min(terms.actions), purpose=min(terms.purposes), item=item)
        for each in asked
        for item in (each.item, None)
    ]
    for each in found:
        events = imported.events("fhir/1", "A", [Version(NOW, each.terms)])
        for request in [*asked, *targeted]:
            for at in (
                NOW + timedelta(days=days),
                (terms.valid_to or NOW),
                (terms.valid_to or NOW) - timedelta.resolution,
            ):
                assert decided(events, request, at) == decided(about(terms), request, at)


@settings(deadline=None)
@given(events())
def test_only_what_speaks_of_nobody_is_left_out(terms: Event) -> None:
    """A grantee who is excepted: such terms decide nothing, and FHIR has no form for them."""
    speaks_of_nobody = any(
        each == terms.grantee
        or (each.type == "organisation" and terms.grantee and each.organisation == terms.grantee.organisation)
        for each in terms.exceptions
    )
    assert bool(outcomes(exported(standing(terms)))) == speaks_of_nobody


BLOCK = Event(
    id="event-0000000000000009", citizen_id="A", kind="deny", grant_id="event-0000000000000009", given_by="A",
    recorded_at=NOW, grantee=PARTIES[2], actions=frozenset({"medication:read"}), purposes=frozenset({"treatment"}),
    valid_from=NOW,
)  # fmt: skip


@pytest.mark.parametrize(
    ("state", "status"),
    [("now", "active"), ("ahead", "active"), ("expired", "inactive"), ("withdrawn", "inactive"),
     ("replaced", "inactive"), ("void", "entered-in-error"), ("unaccepted", "proposed")],
)  # fmt: skip
def test_only_what_holds_goes_out_as_active(state: State, status: str) -> None:
    ended = Event("end", "A", "withdraw", BLOCK.grant_id, "A", NOW + timedelta(hours=1))
    (found,) = again(standing(BLOCK, state, ended))
    assert (found.status, found.as_of) == (status, ended.recorded_at)
    assert bool(found.terms) == (status == "active")


def test_a_consent_goes_out_under_its_own_id_and_with_the_name_of_the_place() -> None:
    (found,) = again(standing(BLOCK))
    assert (found.id, found.copy_of) == (BLOCK.grant_id, BLOCK.grant_id)
    assert (found.actors, found.purposes, found.actions) == (("Bakkeby Kommune",), ("TREAT",), ("access",))
    strange = replace(BLOCK, grant_id="æ_ø " * 30)
    (found,) = again(standing(strange))
    assert found.copy_of == strange.grant_id.strip()


@pytest.mark.parametrize(
    "terms",
    [
        replace(BLOCK, exceptions=(PARTIES[2],)),
        replace(BLOCK, limit=Limit()),
        replace(BLOCK, grantee=Party("organisation", None, " cvr:11111111")),
        replace(BLOCK, actions=frozenset({"medication:print"})),
        replace(BLOCK, purposes=frozenset({"pleasure"})),
    ],
)
def test_what_fhir_cannot_say_is_named_with_the_reason_beside_what_it_can(terms: Event) -> None:
    made = exported(standing(replace(terms, grant_id="odd-0000000000000001")), standing(BLOCK))
    [(grant_id, code)] = outcomes(made)
    assert grant_id == "odd-0000000000000001"
    assert code in imported.REASONS
    facts = fhir.read(made)
    assert [each.id for each in facts.citizens[0].consents] == [BLOCK.grant_id]
    assert facts.ignored == 1
