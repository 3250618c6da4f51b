"""A citizen's events folded once into what may still decide: each grant and deny with its ends. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.consent import authority
from app.consent.event import TERMS, Citizen, Event, Limit, Party

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_EFFECTS = {"accept": "accepted", "withdraw": "ended", "supersede": "ended", "invalidate": "void"}
_WHEN = attrgetter("recorded_at", "id")
OF_AGE = 15  # sundhedsloven § 17: from 15 the patient decides


class Candidate(NamedTuple):
    """A grant or a deny with what was recorded about it, each the first of its kind, None if there is none.

    ``names`` are the ids of its event and of its acceptance · ``ended_at`` a withdrawal or a replacement · ``void_at``
    an invalidation · ``accepted_at`` the grantee's yes, without which a grant to a person does not count. A tuple, for
    a fold makes one for each grant, and a frozen dataclass takes several times as long to make.
    """

    names: tuple[str, ...]
    grantee: Party
    exceptions: tuple[Party, ...]
    purposes: frozenset[str]
    limit: Limit | None
    recorded_at: datetime
    valid_from: datetime
    valid_to: datetime | None
    ended_at: datetime | None
    void_at: datetime | None
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a citizen, ready to decide on at any two instants.

    ``denies`` and ``grants`` are by action, the first recorded first. ``of_age_at`` and ``dead_from`` are instants.
    """

    citizen_id: str
    custody: frozenset[str]
    of_age_at: datetime | None
    dead_from: datetime | None
    denies: Mapping[str, tuple[Candidate, ...]]
    grants: Mapping[str, tuple[Candidate, ...]]


def fold(citizen: Citizen, events: Iterable[Event]) -> History:
    """Fold events in any order; what is another citizen's, or was given by somebody who may not, is left out.

    An event that comes twice counts once. Raises ValueError when one id comes with two contents: which of them was
    recorded cannot be told, and to guess would open or shut something.
    """
    ordered = _in_order(citizen.id, events)
    about: dict[str, list[Event]] = {}
    for event in ordered:
        if event.kind not in TERMS:
            about.setdefault(event.grant_id, []).append(event)
    denies: dict[str, list[Candidate]] = {}
    grants: dict[str, list[Candidate]] = {}
    for event in ordered:
        candidate = _candidate(event, about.get(event.grant_id, ()))
        if candidate is not None:
            by_action = denies if event.kind == "deny" else grants
            for action in event.actions:
                by_action.setdefault(action, []).append(candidate)
    return History(
        citizen.id,
        citizen.custody,
        None if citizen.born is None else _birthday(citizen.born, OF_AGE),
        None if citizen.died is None else _midnight(citizen.died),
        {action: tuple(each) for action, each in denies.items()},
        {action: tuple(each) for action, each in grants.items()},
    )


def _in_order(citizen_id: str, events: Iterable[Event]) -> list[Event]:
    """The events of one citizen, each once, as they were recorded; ids settle what was recorded at one instant."""
    own: dict[str, Event] = {}
    for event in events:
        if event.citizen_id == citizen_id:
            known = own.setdefault(event.id, event)
            if known is not event and known != event:
                raise ValueError("One event id has two contents.")
    return sorted(own.values(), key=_WHEN)


def _candidate(terms: Event, about: Iterable[Event]) -> Candidate | None:
    """The terms with what was recorded about them; None when they decide nothing.

    That is: they are no terms, nobody who may gave them, or they lack what such terms must have. A grant without an
    end is void, for to read it as unending would give more than anybody can have given.
    """
    if terms.kind not in TERMS or terms.grantee is None or terms.valid_from is None:
        return None
    if terms.kind == "grant" and terms.valid_to is None:
        return None
    if not authority.is_authorised(terms, terms):
        return None
    first: dict[str, Event] = {}
    for event in about:
        if authority.is_authorised(event, terms):
            first.setdefault(_EFFECTS[event.kind], event)
    accepted, ended, void = first.get("accepted"), first.get("ended"), first.get("void")
    return Candidate(
        (terms.id, accepted.id) if accepted else (terms.id,),
        terms.grantee,
        terms.exceptions,
        terms.purposes,
        terms.limit,
        terms.recorded_at,
        terms.valid_from,
        terms.valid_to,
        ended.recorded_at if ended else None,
        void.recorded_at if void else None,
        accepted.recorded_at if accepted else None,
    )


def _birthday(born: date, years: int) -> datetime:
    """00:00 on the birthday, within the calendar; who was born on 29 February has it on 1 March."""
    year = min(born.year + years, date.max.year)
    try:
        return _midnight(born.replace(year=year))
    except ValueError:
        return _midnight(date(year, 3, 1))


def _midnight(day: date) -> datetime:
    """The instant at which the day begins in Copenhagen."""
    try:
        return datetime.combine(day, time(), COPENHAGEN).astimezone(UTC)
    except OverflowError:
        # The calendar's first day begins before the calendar does in UTC.
        return datetime.min.replace(tzinfo=UTC)
