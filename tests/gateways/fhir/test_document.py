"""FHIR in: whose each resource is, what is read of it, and what refuses the file."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import errors
from app.gateways import fhir
from tests.gateways.fhir.people import CPR, ONE, TWO, about, appointment, bundle, consent, patient, statement


def refused(data: dict[str, Any]) -> str:
    with pytest.raises(errors.Refused) as refusal:
        fhir.read(data)
    return refusal.value.detail


def outcome(data: dict[str, Any]) -> str:
    """The source of what was read, or the reason of the refusal; any other error is not caught."""
    try:
        return fhir.read(data).source
    except errors.Invalid as refusal:
        return refusal.detail


def only(data: dict[str, Any]) -> Any:
    (citizen,) = fhir.read(data).citizens
    return citizen


def test_a_patient_has_dated_numbers_a_name_and_a_death() -> None:
    numbers = [
        {"system": "urn:oid:1.2.208.176.1.6.1.1", "value": "0101011AB1", "period": {"start": "2020", "end": "2020-06"}},
        {"system": CPR, "value": ONE, "period": {"start": "2020-07-01"}},
    ]
    meta = {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]}
    person = only(
        patient("p", identifier=numbers, meta=meta, birthDate="2001-01-01", deceasedDateTime="2026-02-01T23:30:00Z")
    ).person
    assert [each.kind for each in person.numbers] == ["x-ecpr", "cpr"]
    assert (person.numbers[0].valid_from, person.numbers[0].valid_to) == (date(2020, 1, 1), date(2020, 6, 30))
    assert (person.born, person.died, person.protected) == (date(2001, 1, 1), date(2026, 2, 2), True)


def test_a_patient_who_was_replaced_is_the_same_citizen_with_the_current_number_first() -> None:
    old = patient("old", ONE, link=[{"other": {"reference": "Patient/new"}, "type": "replaced-by"}])
    person = only(bundle(old, patient("new", TWO))).person
    assert [each.value for each in person.numbers] == [TWO, ONE]


def test_patients_who_are_only_linked_stay_two_citizens() -> None:
    twin = patient("x", ONE, link=[{"other": {"reference": "Patient/y"}, "type": "seealso"}])
    assert len(fhir.read(bundle(twin, patient("y", TWO))).citizens) == 2


def test_two_patients_with_one_number_and_two_birth_dates_are_refused() -> None:
    assert "birthDate" in refused(bundle(patient("x", birthDate="2001-01-01"), patient("y", birthDate="2001-01-02")))


@pytest.mark.parametrize(
    ("entry", "reference"),
    [
        ({"resource": patient("p")}, "Patient/p"),
        ({"resource": patient("p")}, "Patient/p/_history/2"),
        ({"fullUrl": "https://a.example/fhir/Patient/p", "resource": patient("p")}, "https://a.example/fhir/Patient/p"),
        ({"fullUrl": "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e", "resource": patient("p")},
         "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e"),
        ({"resource": patient("other", TWO)}, f"Patient?identifier={CPR}|{ONE}"),
    ],
)  # fmt: skip
def test_the_citizen_is_found_by_every_form_of_reference(entry: dict[str, Any], reference: str) -> None:
    facts = fhir.read(bundle(entry, statement(subject={"reference": reference})))
    about_one = next(each for each in facts.citizens if each.person.numbers[0].value == ONE)
    assert about_one.card is not None


def test_a_contained_patient_tells_whose_a_single_resource_is() -> None:
    found = only(statement(contained=[patient("p", name=[{"text": "Prøve"}])], subject={"reference": "#p"}))
    assert (found.person.numbers[0].value, found.person.name) == (ONE, "Prøve")


@pytest.mark.parametrize("subject", [{"reference": "Patient/unknown"}, {"display": "Prøve"}, {"reference": "Group/g"}])
def test_a_resource_whose_citizen_cannot_be_told_is_refused(subject: dict[str, str]) -> None:
    assert "subject" in refused(statement(subject=subject))


def test_a_reference_that_may_mean_two_patients_is_refused() -> None:
    assert "entry 2" in refused(bundle(patient("p"), patient("p", TWO), statement(subject={"reference": "Patient/p"})))


def test_a_reference_and_an_identifier_that_disagree_are_refused() -> None:
    refused(bundle(patient("p"), statement(subject={"reference": "Patient/p", **about(TWO)})))


def test_a_statement_becomes_a_medication_with_the_dosage_in_its_own_words() -> None:
    (found,) = only(statement()).card.medications
    assert (found.id, found.name, found.atc, found.active_substance) == ("m1", "Prøvemiddel", "N02BE01", "Paracetamol")
    assert (found.text.kind, found.text.long) == ("free_text", "1 tablet morgen\n1 tablet aften")
    assert (found.plan.unplanned, found.plan.end) == ("free_text", date(2026, 12, 31))
    assert (found.course.start, found.course.end) == (date(2026, 1, 1), date(2026, 12, 31))


def test_a_statement_on_hold_is_paused_and_a_stopped_one_discontinued() -> None:
    assert only(statement(status="on-hold")).card.medications[0].course.pause is not None
    stopped = only(statement(status="stopped", effectivePeriod={}, dateAsserted="2026-03-01T10:00:00Z"))
    assert stopped.card.medications[0].course.discontinued_at == datetime(2026, 3, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("status", ["entered-in-error", "not-taken", "intended", "unknown"])
def test_what_is_no_treatment_is_ignored(status: str) -> None:
    facts = fhir.read(statement(status=status))
    assert facts.ignored == 1
    card = facts.citizens[0].card
    assert card is not None
    assert (card.medications, card.withdrawn) == ((), (("m1", None),))


def test_a_prescription_hangs_on_the_statement_that_is_based_on_it() -> None:
    request = {
        "resourceType": "MedicationRequest", "id": "r1", "status": "stopped", "intent": "order", "subject": about(),
        "medicationCodeableConcept": {"text": "Prøvemiddel"},
        "dispenseRequest": {"validityPeriod": {"end": "2027-02"}, "quantity": {"value": 100, "unit": "stk."}},
    }  # fmt: skip
    card = only(bundle(request, statement(basedOn=[{"reference": "MedicationRequest/r1"}]))).card
    (found,) = card.prescriptions
    assert (found.medication_id, found.status, found.package) == ("m1", "cancelled", "100 stk.")
    assert (found.valid_to, found.dispensings_left) == (date(2027, 2, 28), None)


def test_an_appointment_shows_the_place_that_it_refers_to() -> None:
    place = {
        "resourceType": "Location", "id": "l", "name": "Ambulatoriet", "managingOrganization": {"display": "Sygehuset"},
        "address": {"line": ["Prøvevej 7"], "postalCode": "9999", "city": "Prøveby"},
        "telecom": [{"system": "phone", "value": "00000000"}],
    }  # fmt: skip
    at = {"actor": {"reference": "#l"}, "status": "accepted"}
    made = appointment(contained=[place])
    (found,) = only({**made, "participant": [*made["participant"], at]}).appointments
    assert (found.start, found.title) == (datetime(2027, 1, 10, 8, 30, tzinfo=UTC), "Kontrol")
    assert (found.place.name, found.place.address) == ("Ambulatoriet", "Prøvevej 7, 9999 Prøveby")
    assert (found.place.phone, found.organisation) == ("00000000", "Sygehuset")


def test_a_consent_holds_until_the_end_of_its_last_day() -> None:
    (found,) = only(consent()).consents
    assert (found.decision, found.valid_to) == ("permit", datetime(2026, 12, 31, 23, tzinfo=UTC))


def test_a_consent_says_which_data_it_is_limited_to_and_that_it_has_exceptions() -> None:
    provision = {
        "type": "permit",
        "class": [{"code": "MedicationStatement", "display": "Medicin"}],
        "code": [{"text": "Hjertemedicin"}],
        "dataPeriod": {"start": "2025-01-01", "end": "2025-12-31"},
        "provision": [{"type": "deny"}],
    }
    (found,) = only(consent(provision=provision)).consents
    assert (found.data, found.exceptions) == (("Medicin", "Hjertemedicin"), 1)
    assert found.data_from == datetime(2024, 12, 31, 23, tzinfo=UTC)
    assert found.data_to == datetime(2025, 12, 31, 23, tzinfo=UTC)


def test_resources_without_use_are_counted() -> None:
    group = {"resourceType": "Group", "type": "person", "actual": True}
    assert fhir.read(bundle(patient("p"), group, {"resourceType": "OperationOutcome"})).ignored == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (patient("q", birthDate="2001-02-30"), "birthDate"),
        (patient("q", identifier=[]), "identifier"),
        (patient("q", Hansen="x"), "a member"),
        (statement(medicationCodeableConcept=None), "MedicationStatement"),
        (statement(effectivePeriod={"start": "2026-02-01", "end": "2026-01-01"}), "effectivePeriod"),
        (appointment(end="2027-01-10T09:00:00+01:00"), "ends before"),
        (appointment(start=5), "start"),
        (consent(contained=[{"resourceType": "Nothing"}]), "contained"),
        ({"resourceType": "Nothing"}, "no type"),
        (bundle(patient("q")), "Bundle inside"),
    ],
)
def test_one_wrong_resource_refuses_the_file_by_place_without_values(wrong: dict[str, Any], said: str) -> None:
    reason = refused(bundle(patient("p"), {"resource": wrong}))
    assert "Bundle entry 1" in reason
    assert said in reason
    assert "Hansen" not in reason


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abid", max_size=3), inner, max_size=3),
    max_leaves=6,
)
WHOLE = bundle(patient("p", birthDate="2001-01-01", name=[{"text": "x"}]), statement(), appointment(), consent())


def mutate(content: Any, steps: list[int], put: Any) -> Any:
    """The same with one value, found by walking ``steps`` inwards, replaced."""
    if not steps or not content or not isinstance(content, dict | list):
        return put
    if isinstance(content, list):
        at = steps[0] % len(content)
        return [*content[:at], mutate(content[at], steps[1:], put), *content[at + 1 :]]
    name = list(content)[steps[0] % len(content)]
    return {**content, name: mutate(content[name], steps[1:], put)}


@given(
    st.lists(st.integers(0, 11), min_size=1, max_size=9),
    JSON | st.sampled_from([ONE, "2026", "#p", "urn:x", "[", "Patient?x"]),
)
def test_a_mutated_bundle_is_read_or_refused(steps: list[int], put: Any) -> None:
    data = mutate(WHOLE, steps, put)
    assert outcome(data)


TYPES = ("Patient", "RelatedPerson", "MedicationRequest", "Appointment", "Bundle", "Group")
MEMBERS = st.dictionaries(st.sampled_from(["id", "identifier", "name", "link", "contained", "meta", "status"]), JSON)


@given(MEMBERS, st.sampled_from(TYPES))
def test_arbitrary_members_are_read_or_refused(members: dict[str, Any], kind: str) -> None:
    assert outcome({**members, "resourceType": kind})
