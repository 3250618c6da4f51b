"""Appointments to be answered, and what a test needs to answer them."""

from datetime import timedelta
from typing import Any

from app.appointments import answers
from app.appointments import service as appointments
from app.appointments.answers import AppointmentAnswer, Given
from app.appointments.appointment import Appointment
from app.grant import Actor
from tests.house import House

TAKERS = ("fhir",)


def visit(house: House, name: str = "kontrol", **changes: Any) -> Appointment:
    """An appointment in a week."""
    start = house.at + timedelta(days=7)
    said: dict[str, Any] = {"title": "Kontrol", "status": "booked", "as_of": house.at, **changes}
    return Appointment(**{"id": name, "start": start, "end": start + timedelta(minutes=30), **said})


def listed(house: House, citizen_id: str) -> list[appointments.ListedAppointment]:
    """The citizen's appointments."""
    with house.open(citizen_id, "appointments:read") as (session, grant):
        return appointments.read_appointments(session, grant)


def answer(house: House, citizen_id: str, said: Any = "coming", message_id: str = "m" * 16, **changes: Any) -> None:
    """Answer the citizen's first appointment as the citizen."""
    first = listed(house, citizen_id)[0]
    version = changes.get("version", first.version)
    with house.open(citizen_id, "appointments:respond", Actor(citizen_id, "citizen")) as (session, grant):
        given = Given(message_id, version, said, changes.get("wish"))
        takers = changes.get("takers", TAKERS)
        answers.answer(session, grant, changes.get("key", first.key), given, takers, house.at)


def answered(house: House, citizen_id: str) -> list[AppointmentAnswer]:
    """The citizen's standing answers."""
    with house.open(citizen_id, "appointments:read") as (session, grant):
        return answers.read_answers(session, grant)
