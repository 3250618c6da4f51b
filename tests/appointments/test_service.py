from datetime import UTC, datetime, timedelta

import pytest

from app import errors
from app.appointments import service as appointments
from app.appointments import wire
from app.appointments.appointment import Appointment, Place
from app.gateways.facts import CitizenFacts, Facts
from app.gateways.intake import Counts
from app.identity.person import Number, Person
from app.records import freshness
from tests.house import House

AT = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)


def at(name: str, start: datetime | None = AT, as_of: datetime | None = AT, **values: object) -> Appointment:
    end = start and start + timedelta(minutes=30)
    return Appointment(name, start, end, as_of=as_of, **values)  # type: ignore[arg-type]


def told(house: House, *each: Appointment, source: str = "apd") -> Counts:
    person = Person((Number("1501701234", "cpr"),), name="Bodil Krogh")
    return house.record(Facts(source, (CitizenFacts(person, appointments=each),)))


def read(house: House) -> list[appointments.ListedAppointment]:
    citizen_id = house.citizen()
    with house.open(citizen_id, "appointments:read") as (session, grant):
        return appointments.read_appointments(session, grant)


def test_appointments_of_all_sources_are_one_list_by_their_start(house: House) -> None:
    told(house, at("late", AT + timedelta(days=1)), at("early"), at("unknown", None))
    told(house, at("between", AT + timedelta(hours=1)), source="fhir")

    assert [(each.appointment.id, each.source) for each in read(house)] == [
        ("early", "apd"),
        ("between", "fhir"),
        ("late", "apd"),
        ("unknown", "apd"),
    ]


def test_a_newer_version_moves_an_appointment_and_an_older_one_does_not(house: House) -> None:
    told(house, at("one"))
    moved = at("one", AT + timedelta(days=2), AT + timedelta(hours=1))

    assert told(house, moved).appointments == 1
    assert told(house, at("one")).unchanged == 1
    assert [each.appointment for each in read(house)] == [moved]


def test_the_same_appointment_again_changes_nothing(house: House) -> None:
    told(house, at("one"))
    before = read(house)
    house.wait(days=1)

    counts = told(house, at("one"))

    assert (counts.appointments, counts.unchanged) == (0, 1)
    assert read(house) == before


def test_times_go_out_in_copenhagen_with_their_offset_summer_and_winter(house: House) -> None:
    told(house, at("winter"), at("summer", datetime(2026, 7, 1, 7, 0, tzinfo=UTC), place=Place("Huset", sor="1")))

    listed = wire.appointments(read(house))["appointments"]

    assert [each["start"] for each in listed] == ["2026-07-01T09:00:00+02:00", "2026-12-01T09:30:00+01:00"]
    assert listed[0]["place"] == {"name": "Huset", "address": None, "phone": None, "sor": "1"}
    assert listed[0]["fetched_at"] == "2026-11-25T10:30:00+01:00"


def test_reading_appointments_needs_a_grant_for_them(house: House) -> None:
    citizen_id = house.citizen()

    with house.open(citizen_id, "medication:read") as (session, grant), pytest.raises(errors.NotAllowed):
        appointments.read_appointments(session, grant)


def test_a_source_that_does_not_answer_is_said_of_its_appointments_only(house: House) -> None:
    told(house, at("one"))
    told(house, at("two"), source="fhir")
    citizen_id = house.citizen()
    with house.open(citizen_id, "appointments:read") as (session, grant):
        freshness.record_failure(session, grant, "apd", AT)
        session.flush()

        listed = appointments.read_appointments(session, grant)

    shown = {each["id"]: each["not_fetched_since"] for each in wire.shown(listed, ())["appointments"]}
    assert shown == {"one": "2026-12-01T09:30:00+01:00", "two": None}
    assert "not_fetched_since" not in wire.appointments(listed)["appointments"][0]
