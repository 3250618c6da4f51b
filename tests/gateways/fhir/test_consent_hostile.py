"""Consents that nobody meant well: any value anywhere is read or refused, and opens nothing that was not said."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app import errors
from app.consent import faults, imported
from app.consent.imported import MOST, REASONS, Version
from tests.gateways.fhir import consents
from tests.gateways.fhir.consents import CLINIC, HOSPITAL, TWO, about, actor, asks, consent, decide, organisation
from tests.gateways.fhir.test_document import JSON, mutate

RICH = consent(
    consents.provision(
        actor=[actor(organisation(HOSPITAL)), actor(consents.role("r")), actor(about(TWO))],
        dataPeriod={"start": "2020", "end": "2026-12"},
        data=[{"meaning": "authoredby", "reference": organisation(HOSPITAL)}],
        provision=[consents.provision("deny", actor=[actor(organisation(CLINIC))])],
        **{"class": consents.types("MedicationStatement", "MedicationRequest")},
    ),
    contained=[consents.contained_role("r", "doctor", HOSPITAL)],
    performer=[about(), about(TWO)],
)
STRANGE = [
    "9999-12-31T23:59:59Z", "0001-01-01", "0000-00-00", "2026-02-30", "2026-03-29T02:30:00+01:00", "2026-12-31T23:59",
    "-1", "permit", "deny", "active", "#r", "#", "urn:naerblik:party", "everyone", "number:cpr:1", [], {}, None, 1e308,
    [{"type": "deny"}], {"reference": "#r"}, [{"url": "urn:naerblik:exception-only", "valueBoolean": True}],
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.integers(0, 20), min_size=1, max_size=10), JSON | st.sampled_from(STRANGE))
def test_a_mutated_consent_is_read_or_refused_and_what_it_decides_is_well_formed(steps: list[int], put: Any) -> None:
    try:
        found = consents.read(mutate(RICH, steps, put))
    except (errors.Refused, ValueError):  # ValueError: the mutation left no consent to look at
        return
    assert (found.reason is None) == bool(found.terms)
    assert found.reason is None or found.reason in REASONS
    made = imported.events("fhir/c1", "A", [Version(consents.KNOWN_AT, imported.naming(found.terms, consents.persons))])
    assert len(found.terms) <= MOST
    for each in made:
        assert faults.fault(each, "A") in (
            None,
            "It begins too long ago or too far ahead.",
            "It may last at most 5 years.",
        )
    # Nobody whom no mutation can name gets anything, and an unknown action or purpose opens nothing.
    assert decide(found, asks("cvr:99999999")).outcome == "deny" or "everyone" in str(put)
    assert decide(found, asks(purpose="")).outcome == "deny"


def test_many_parts_are_read_in_little_work() -> None:
    """As many parts as a file may hold: they are counted before they are compared."""
    place = {"meaning": "authoredby", "reference": organisation(CLINIC)}
    many = consents.provision("deny", actor=[actor(organisation(CLINIC))] * 2000, data=[place] * 2000)
    assert consents.reason(consents.provision(provision=[many] * 20)) == "too_many"
    assert consents.reason(consents.provision(provision=[consents.provision("deny")] * 5000)) == "too_many"


def test_provisions_far_inside_one_another_are_too_deep() -> None:
    inner = consents.provision("deny")
    for _ in range(40):
        inner = consents.provision("permit", provision=[inner])
    assert consents.reason({**inner, "type": "deny"}) == "nested_too_deep"
