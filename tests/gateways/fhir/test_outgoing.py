"""FHIR out: what is exported has FHIR's form, and reading it again gives the same facts."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from hypothesis import given
from hypothesis import strategies as st

from app.appointments.appointment import Appointment, Course, Place
from app.gateways import fhir
from app.gateways.facts import CitizenFacts
from app.identity.person import Number, Person, Relation
from app.medication import rules
from app.medication.card import DosageText, Medication, Prescription
from tests.gateways.fhir.people import ONE, TWO, consent

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WORDS = st.text("abcæøå ", min_size=1, max_size=12).map(str.strip).filter(bool)
MAYBE = st.none() | WORDS
DAYS = st.dates(date(1920, 1, 1), date(2030, 1, 1))
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
NUMBERS = st.builds(Number, st.just(ONE), st.just("cpr"), st.none() | st.just(date(2001, 1, 1)))


@st.composite
def named(draw: Any, kind: Any, **more: Any) -> Any:
    """Somebody with a name that is made of its parts, as sources make it."""
    given_names, family = tuple(draw(st.lists(WORDS, max_size=2))), draw(MAYBE)
    whole = " ".join([*given_names, *([family] if family else [])]) or None
    parts = {"name": whole, "given": given_names, "family": family, "born": draw(st.none() | DAYS)}
    return kind(**parts, **{name: draw(each) for name, each in more.items()})


PERSONS = named(
    Person, numbers=NUMBERS.map(lambda one: (one, Number(TWO, "cpr"))), protected=st.booleans(), died=st.none()
)
RELATIONS = named(
    Relation, id=st.from_regex("[a-z0-9]{1,20}", fullmatch=True), numbers=st.just(()),
    codes=st.just((("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "MTH"),)),
)  # fmt: skip
APPOINTMENTS = st.builds(
    lambda start, **more: Appointment(start=start, end=start + timedelta(minutes=30), **more),
    start=INSTANTS, id=st.from_regex("[a-z0-9]{1,20}", fullmatch=True), status=st.sampled_from(["booked", "cancelled"]),
    kind=st.sampled_from(["municipality", "region", "practitioner", "other"]), title=MAYBE, organisation=MAYBE,
    reason=MAYBE, guiding_time=st.booleans(), as_of=st.none() | INSTANTS, series=MAYBE, preparation=MAYBE,
    video_url=st.none() | st.just("https://video.example.dk/a?b=c"),
    course=st.just(Course()) | st.builds(
        Course, st.lists(st.from_regex(r"(urn:x\|)?[a-z0-9]{1,9}", fullmatch=True), min_size=1, max_size=3, unique=True)
        .map(tuple), MAYBE,
    ),
    place=st.builds(Place, name=MAYBE, address=MAYBE, phone=st.none() | st.just("00000000"), sor=MAYBE),
)  # fmt: skip


def exported(**more: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = dict.fromkeys(
        ("relations", "medications", "prescriptions", "appointments", "consents"), ()
    )
    person = Person((Number(ONE, "cpr"),))
    made = fhir.bundle(**{"person": person, **nothing, "now": NOW, **more})
    Bundle.model_validate(made)
    return fhir.parse(json.dumps(made).encode())


def again(**more: Any) -> CitizenFacts:
    (citizen,) = fhir.read(exported(**more)).citizens
    return citizen


@given(PERSONS)
def test_a_person_comes_back_the_same(person: Person) -> None:
    found = again(person=person).person
    kept = {name: value for name, value in found.details if name != "name"}
    assert (found.numbers, found.name, found.given, found.family) == (
        person.numbers, person.name, person.given, person.family)  # fmt: skip
    assert (found.born, found.protected, found.deceased, kept) == (person.born, person.protected, False, {})


def test_a_death_comes_back_with_and_without_its_date() -> None:
    numbers = (Number(ONE, "cpr"),)
    assert again(person=Person(numbers, deceased=True)).person.deceased
    assert again(person=Person(numbers, died=date(2026, 1, 2))).person.died == date(2026, 1, 2)


@given(RELATIONS)
def test_a_relation_comes_back_the_same(relation: Relation) -> None:
    (found,) = again(relations=[relation]).relations
    assert (found.id, found.name, found.born, found.codes) == (
        relation.id,
        relation.name,
        relation.born,
        relation.codes,
    )


@given(APPOINTMENTS)
def test_an_appointment_comes_back_the_same(appointment: Appointment) -> None:
    assert again(appointments=[appointment]).appointments == (appointment,)


def test_a_consent_comes_back_whole_but_for_the_reference_to_the_citizen() -> None:
    (read,) = fhir.read(consent()).citizens[0].consents
    (found,) = again(consents=[read]).consents
    assert {**dict(found.resource), "patient": None} == {**dict(read.resource), "patient": None}
    assert (found.valid_from, found.valid_to, found.decision) == (read.valid_from, read.valid_to, read.decision)


def test_medications_and_prescriptions_come_back_and_private_ones_do_not() -> None:
    course = rules.Course(start=date(2026, 1, 1))
    shown = Medication(
        "m1", name="Prøvemiddel", atc="N02BE01", text=DosageText("as_needed", None, "Ved behov"), course=course
    )
    facts = again(
        medications=[shown, Medication("hidden-1", private=True)],
        prescriptions=[
            Prescription("r1", "m1", "open", date(2027, 1, 1), "100 stk."),
            Prescription("r2", "hidden-1", "open", name="Skjult"),
        ],
    )
    assert facts.card is not None
    (medication,), (prescription,) = facts.card.medications, facts.card.prescriptions
    assert (medication.name, medication.atc, medication.text) == (shown.name, shown.atc, shown.text)
    assert medication.course == course
    assert (prescription.medication_id, prescription.status, prescription.package) == ("m1", "open", "100 stk.")


def test_an_id_that_fhir_forbids_is_replaced_by_one_that_it_allows() -> None:
    made = exported(appointments=[Appointment("æ / " * 40, NOW, NOW)])
    assert made["entry"][1]["resource"]["id"].startswith("n-")
