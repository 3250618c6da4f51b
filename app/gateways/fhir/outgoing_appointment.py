"""Appointment out of an appointment of any source."""

from typing import Any

from app.appointments.appointment import Appointment, Place
from app.gateways.fhir import ids
from app.gateways.fhir.appointment import GUIDING, KINDS, SERIES, SOR, VIRTUAL_SERVICE
from app.gateways.fhir.appointment_course import EPISODE
from app.gateways.fhir.outgoing_person import content_of

MEDCOM = "urn:oid:1.2.208.184.100.1"
STATUSES = (
    "proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error", "checked-in",
    "waitlist",
)  # fmt: skip
# The words of appointment documents; active is the only one that they may use.
OTHER_STATUSES = {"active": "booked", "completed": "fulfilled", "aborted": "cancelled"}


def appointment(appointment: Appointment, citizen: dict[str, str]) -> dict[str, Any]:
    """An Appointment of the citizen, its place and organisation inside it."""
    status = appointment.status or "active"
    place = _place(appointment.place, appointment.organisation)
    codes = [code for code, kind in KINDS.items() if kind == appointment.kind]
    codes += [GUIDING] if appointment.guiding_time else []
    meta = {
        "lastUpdated": appointment.as_of and appointment.as_of.isoformat(),
        "tag": [{"system": MEDCOM, "code": code} for code in codes],
    }
    participants = [{"actor": citizen, "status": "accepted"}]
    if place:
        participants.append({"actor": {"reference": "#place"}, "status": "accepted"})
    return content_of(
        {
            "resourceType": "Appointment",
            "id": ids.allowed(appointment.id),
            "meta": content_of(meta),
            "contained": [place] if place else [],
            "extension": _extensions(appointment),
            "status": status if status in STATUSES else OTHER_STATUSES.get(status, "booked"),
            "reasonCode": [{"text": appointment.reason}] if appointment.reason else [],
            "description": appointment.title,
            "patientInstruction": appointment.preparation,
            "start": appointment.start and appointment.start.isoformat(),
            "end": appointment.end and appointment.end.isoformat(),
            "participant": participants,
        }
    )


def _extensions(appointment: Appointment) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if appointment.series:
        found.append({"url": SERIES, "valueString": appointment.series})
    if appointment.video_url:
        address = {"url": "addressUrl", "valueUrl": appointment.video_url}
        found.append({"url": VIRTUAL_SERVICE, "extension": [address]})
    for each in appointment.course.ids:
        system, _, value = each.rpartition("|")
        identifier = content_of({"system": system, "value": value})
        reference = content_of({"identifier": identifier, "display": appointment.course.title})
        found.append({"url": EPISODE, "valueReference": reference})
    return found


def _place(place: Place, organisation: str | None) -> dict[str, Any]:
    known = content_of(
        {
            "identifier": [{"system": SOR, "value": place.sor}] if place.sor else [],
            "name": place.name,
            "telecom": [{"system": "phone", "value": place.phone}] if place.phone else [],
            "address": content_of({"text": place.address}),
            "managingOrganization": content_of({"display": organisation}),
        }
    )
    return {"resourceType": "Location", "id": "place", **known} if known else {}
