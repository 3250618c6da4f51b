"""An appointment as a calendar file (iCalendar, RFC 5545) that a phone's own calendar takes."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from app import errors
from app.appointments.answers import OFF
from app.appointments.service import ListedAppointment

# How long an appointment without an end is shown to last.
UNKNOWN_LENGTH = timedelta(minutes=30)


def calendar(listed: ListedAppointment, now: datetime) -> bytes:
    """The file. The same appointment, moved, replaces the older one in the calendar.

    The reason is left out: calendars are shown on lock screens and shared. Raises Conflict when no time is set.
    """
    appointment = listed.appointment
    if appointment.start is None:
        raise errors.Conflict("This appointment has no time yet, so it cannot be put in a calendar.")
    event = Event()
    event.add("uid", f"{listed.key}@naerblik")
    event.add("dtstamp", now)
    event.add("sequence", listed.seq)
    event.add("dtstart", appointment.start)
    event.add("dtend", appointment.end or appointment.start + UNKNOWN_LENGTH)
    event.add("summary", appointment.title or appointment.organisation or "Aftale")
    place = [each for each in (appointment.place.name, appointment.place.address) if each]
    if place:
        event.add("location", ", ".join(place))
    event.add("description", _description(listed))
    if appointment.video_url:
        event.add("url", appointment.video_url)
    event.add("status", "CANCELLED" if appointment.status in OFF else "CONFIRMED")
    file = Calendar()
    file.add("prodid", "-//Nærblik//Aftaler//DA")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add_component(event)
    content: bytes = file.to_ical()
    return content


def _description(listed: ListedAppointment) -> str:
    appointment = listed.appointment
    lines = [appointment.organisation]
    lines += [f"Telefon {appointment.place.phone}"] if appointment.place.phone else []
    lines += ["Tidspunktet er vejledende."] if appointment.guiding_time else []
    lines += [appointment.preparation]
    lines += ["Se altid den nyeste tid i Nærblik."]
    return "\n".join(line for line in lines if line)
