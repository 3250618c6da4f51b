"""Appointments as the JSON of the contract: times in ISO 8601 with Copenhagen's offset."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from app import clock
from app.appointments import rules
from app.appointments.answers import AppointmentAnswer
from app.appointments.service import ListedAppointment
from app.records import wire as records_wire


def appointments(listed: Sequence[ListedAppointment]) -> dict[str, Any]:
    """The `appointments` answer."""
    return {"appointments": [_appointment(each) for each in listed]}


def shown(listed: Sequence[ListedAppointment], takers: Collection[str]) -> dict[str, Any]:
    """The same for the app, with what it needs to act: key, version, course, video, whether an answer is taken.

    ``takers`` are the sources that take answers. ``course.id`` is the key of the first appointment of the course.
    ``not_fetched_since`` is null while the source answers.
    """
    course_of = rules.courses([each.appointment.course.ids for each in listed])
    shown = []
    for each, first in zip(listed, course_of, strict=True):
        course = None if first is None else {"id": listed[first].key, "title": _title(listed, course_of, first)}
        shown.append(
            {
                **_appointment(each),
                "key": each.key,
                "version": each.version,
                "course": course,
                "video_url": each.appointment.video_url,
                "preparation": each.appointment.preparation,
                "takes_answer": each.source in takers,
                "not_fetched_since": _time(each.failing_since),
            },
        )
    return {"appointments": shown}


def answers(read: Sequence[AppointmentAnswer]) -> dict[str, Any]:
    """The `answers` answer: what was answered to which appointment, and how far it has come."""
    return {
        "answers": [
            {
                "message_id": each.message_id,
                "appointment_key": each.appointment_key,
                "version": each.version,
                "said": each.said,
                "wish": each.wish,
                "made_at": _time(each.made_at),
                "delivery": records_wire.delivery(each.delivery),
            }
            for each in read
        ]
    }


def _title(listed: Sequence[ListedAppointment], course_of: Sequence[int | None], first: int) -> str | None:
    titles = (each.appointment.course.title for each, place in zip(listed, course_of, strict=True) if place == first)
    return next((title for title in titles if title), None)


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
