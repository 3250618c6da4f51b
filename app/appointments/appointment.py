"""The values of an appointment, as its source says them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Place:
    """Where the citizen is expected. ``phone`` without ``tel:``; ``sor`` is the place's number in the SOR register."""

    name: str | None = None
    address: str | None = None
    phone: str | None = None
    sor: str | None = None


@dataclass(frozen=True)
class Course:
    """The course of treatment (forløb) that an appointment belongs to.

    ``ids`` are all that the source gives: hospital and municipality often share only one of several. ``title`` is the
    source's word for it.
    """

    ids: tuple[str, ...] = ()
    title: str | None = None


@dataclass(frozen=True)
class Appointment:
    """One appointment (aftale).

    ``id`` is the source's and stays the same when the appointment moves. ``start`` and ``end`` are aware instants;
    ``guiding_time`` tells that the source calls the time guiding only. ``kind`` is municipality, region, practitioner
    or other. ``as_of`` is when the source wrote it and orders its versions; None where the source does not say.
    ``video_url`` (https) is where a video visit is held, ``preparation`` what the citizen is asked to do before.
    """

    id: str
    start: datetime | None
    end: datetime | None
    kind: str = "other"
    guiding_time: bool = False
    title: str | None = None
    place: Place = Place()
    organisation: str | None = None
    reason: str | None = None
    status: str | None = None
    series: str | None = None
    course: Course = Course()
    video_url: str | None = None
    preparation: str | None = None
    as_of: datetime | None = None
