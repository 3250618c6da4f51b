"""Appointments as the JSON of the contract: times in ISO 8601 with Copenhagen's offset."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app import clock
from app.appointments.service import ListedAppointment


def appointments(listed: Sequence[ListedAppointment]) -> dict[str, Any]:
    """The `appointments` answer."""
    return {"appointments": [_appointment(each) for each in listed]}


def _appointment(listed: ListedAppointment) -> dict[str, Any]:
    appointment = listed.appointment
    return {
        "id": appointment.id,
        "start": _time(appointment.start),
        "end": _time(appointment.end),
        "guiding_time": appointment.guiding_time,
        "kind": appointment.kind,
        "title": appointment.title,
        "place": {
            "name": appointment.place.name,
            "address": appointment.place.address,
            "phone": appointment.place.phone,
            "sor": appointment.place.sor,
        },
        "organisation": appointment.organisation,
        "reason": appointment.reason,
        "status": appointment.status,
        "series": appointment.series,
        "source": listed.source,
        "as_of": _time(appointment.as_of),
        "fetched_at": _time(listed.fetched_at),
    }


def _time(at: datetime | None) -> str | None:
    return clock.copenhagen_text(at) if at else None
