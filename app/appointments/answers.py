"""The citizen's answers to appointments: coming, cannot come, wishes another time; and how far each has come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from app import errors
from app.appointments import service as appointments
from app.grant import Grant
from app.records import outgoing
from app.records import service as records
from app.records.outgoing import Message
from app.records.rules import Delivery

ANSWER = "appointment_answer"
ACTIONS = ("appointments:read", "appointments:respond", "record:export")
OFF = ("cancelled", "aborted", "nullified", "noshow", "entered-in-error", "revoked")
OVER = ("fulfilled",)

Said = Literal["coming", "cannot", "move"]


@dataclass(frozen=True)
class Given:
    """An answer as the citizen gives it, to the appointment as it was seen under ``version``."""

    message_id: str
    version: str
    said: Said
    wish: str | None


@dataclass(frozen=True)
class AppointmentAnswer:
    """What the citizen last answered to an appointment.

    ``version`` is that of the appointment which was answered; ``wish`` the citizen's own words, at most 500 characters.
    """

    message_id: str
    appointment_key: str
    version: str
    said: Said
    wish: str | None
    made_at: datetime
    delivery: Delivery


def answer(
    session: Session,
    grant: Grant,
    key: str,
    given: Given,
    takers: Collection[str],
    now: datetime,
) -> None:
    """Record an answer and see to it that it is sent; the same message again changes nothing.

    ``takers`` are the sources that take answers. Raises Stale when the appointment has changed since it was seen, and
    Conflict when it cannot be answered (any more).
    """
    if grant.action != "appointments:respond":
        raise errors.NotAllowed("This access does not cover answers to appointments.")
    if any(each.message_id == given.message_id for each in read_answers(session, grant)):
        return
    listed = appointments.find(session, grant, key)
    appointment = listed.appointment
    if listed.source not in takers:
        raise errors.Conflict("This appointment cannot be answered here. Call the place instead.")
    if listed.version != given.version:
        raise errors.Stale("The appointment has changed. Look at it again before you answer.")
    if appointment.status in (*OFF, *OVER) or (appointment.start is not None and appointment.start <= now):
        raise errors.Conflict("This appointment is over or called off. It takes no answer any more.")
    content = {
        "appointment_key": key,
        "appointment_id": appointment.id,
        "version": given.version,
        "start": appointment.start.isoformat() if appointment.start else None,
        "said": given.said,
        "wish": given.wish,
        "made_at": now.isoformat(),
    }
    item_id = f"{listed.source}/{appointment.id}"
    message = Message(given.message_id, "appointment_answer", listed.source, ANSWER, item_id, content)
    outgoing.post(session, grant, message, now)


def read_answers(session: Session, grant: Grant) -> list[AppointmentAnswer]:
    """The standing answer of every appointment that was answered."""
    if grant.action not in ACTIONS:
        raise errors.NotAllowed("This access does not cover appointments.")
    return [
        AppointmentAnswer(
            message_id=item.content["message_id"],
            appointment_key=item.content["appointment_key"],
            version=item.content["version"],
            said=item.content["said"],
            wish=item.content["wish"],
            made_at=datetime.fromisoformat(item.content["made_at"]),
            delivery=outgoing.from_json(item.content["delivery"]),
        )
        for item in records.read(session, grant, ANSWER)
    ]
