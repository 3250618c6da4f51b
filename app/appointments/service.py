"""Record what sources say of appointments, and read them as one list."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.appointments.appointment import Appointment, Place
from app.grant import Grant
from app.records import freshness
from app.records import service as records
from app.records.item import OpenItem, Put

APPOINTMENT = "appointment"
ACTIONS = ("appointments:read", "record:export")
EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class ListedAppointment:
    """An appointment with its source and when we last heard the source say it."""

    appointment: Appointment
    source: str
    fetched_at: datetime


def record_appointments(
    session: Session, grant: Grant, source: str, appointments: Sequence[Appointment], now: datetime
) -> tuple[int, int]:
    """Record appointments; a version older than the one that stands changes nothing.

    Returns how many were written and how many changed nothing.
    """
    if not appointments:
        return 0, 0
    standing = {item.id: _from_json(item.content) for item in records.read(session, grant, APPOINTMENT)}
    puts = []
    for each in appointments:
        item_id = f"{source}/{each.id}"
        present = standing.get(item_id)
        if present is None or (each.as_of or EARLIEST) >= (present.as_of or EARLIEST):
            puts.append(Put(APPOINTMENT, item_id, source, _to_json(each)))
            standing[item_id] = each
    written = records.write(session, grant, puts, now)
    return len(written), len(appointments) - len(written)


def read_appointments(session: Session, grant: Grant) -> list[ListedAppointment]:
    """All appointments of the citizen over all sources, by their start; those without one last."""
    if grant.action not in ACTIONS:
        raise errors.NotAllowed("This access does not cover appointments.")
    heard = freshness.read(session, grant)
    listed = [_listed(item, heard) for item in records.read(session, grant, APPOINTMENT)]
    return sorted(listed, key=lambda each: (each.appointment.start is None, each.appointment.start or EARLIEST))


def _listed(item: OpenItem, heard: Mapping[str, freshness.Freshness]) -> ListedAppointment:
    clock = heard.get(item.source)
    answered_at = clock.answered_at if clock is not None else None
    fetched_at = max(item.fetched_at, answered_at) if answered_at else item.fetched_at
    return ListedAppointment(_from_json(item.content), item.source, fetched_at)


def _to_json(appointment: Appointment) -> dict[str, Any]:
    content = asdict(appointment)
    for name in ("start", "end", "as_of"):
        content[name] = content[name] and content[name].isoformat()
    return content


def _from_json(content: Mapping[str, Any]) -> Appointment:
    values = dict(content)
    for name in ("start", "end", "as_of"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    return Appointment(**{**values, "place": Place(**values["place"])})
