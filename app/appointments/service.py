"""Record what sources say of appointments, and read them as one list."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from app import clock, errors
from app.appointments.appointment import Appointment, Course, Place
from app.grant import Grant
from app.records import freshness
from app.records import item as items
from app.records import service as records
from app.records.item import OpenItem, Put

APPOINTMENT = "appointment"
ACTIONS = ("appointments:read", "appointments:respond", "record:export")
EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class ListedAppointment:
    """An appointment with its source and when we last heard the source say it.

    ``key`` is the shelf's blind key for it, fit for addresses; ``version`` changes whenever what is said changes, and
    ``seq`` is higher each time.
    ``failing_since`` is the first of the times in a row at which the source did not answer; None: it answers.
    """

    appointment: Appointment
    source: str
    fetched_at: datetime
    key: str
    version: str
    seq: int
    failing_since: datetime | None = None


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
    listed = [_listed(item, heard) for item in records.read(session, grant, APPOINTMENT, place_of)]
    return sorted(listed, key=lambda each: (each.appointment.start is None, each.appointment.start or EARLIEST))


def find(session: Session, grant: Grant, key: str) -> ListedAppointment:
    """The appointment under a key. Raises NotFound."""
    found = next((each for each in read_appointments(session, grant) if each.key == key), None)
    if found is None:
        raise errors.NotFound("This appointment is no longer in your overview.")
    return found


def _listed(item: OpenItem, heard: Mapping[str, freshness.Freshness]) -> ListedAppointment:
    clock = heard.get(item.source)
    answered_at = clock.answered_at if clock is not None else None
    fetched_at = max(item.fetched_at, answered_at) if answered_at else item.fetched_at
    failing_since = clock.failing_since if clock is not None else None
    appointment = _from_json(item.content)
    return ListedAppointment(appointment, item.source, fetched_at, item.key, item.version, item.seq, failing_since)


def place_of(item: OpenItem) -> items.Place:
    """Where it is held and on which days; one without an end is of the day on which it begins."""
    appointment = _from_json(item.content)
    organisation = f"sor:{appointment.place.sor}" if appointment.place.sor else None
    start = appointment.start
    if start is None:
        return items.Place(organisation)
    last = max(start, appointment.end or start)
    return items.Place(organisation, clock.civil_date(start), clock.civil_date(last))


def _to_json(appointment: Appointment) -> dict[str, Any]:
    content = asdict(appointment)
    for name in ("start", "end", "as_of"):
        content[name] = content[name] and content[name].isoformat()
    return content


def _from_json(content: Mapping[str, Any]) -> Appointment:
    values = dict(content)
    for name in ("start", "end", "as_of"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    course = values.get("course") or {"ids": (), "title": None}
    values["course"] = Course(tuple(course["ids"]), course["title"])
    return Appointment(**{**values, "place": Place(**values["place"])})
