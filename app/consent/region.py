"""What a provision speaks of, as a region, and what is left of one when an exception is taken out. Pure.

Invariant: a request lies in exactly one of the exception and what is left, if it lay in the whole; where that cannot be
had with the terms that an event has, nothing is left out or put in, but Inexpressible raised.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.consent.event import Limit, Party

DAY = timedelta(days=1)
ALL = Limit()


class Inexpressible(Exception):
    """It cannot be said exactly; ``code`` is one of the reasons of app.consent.imported."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Region:
    """Whom, what, what for, which data and when: all that meets each of them. ``parties`` None: whoever it may be.

    ``begins`` None: ever since; ``ends`` is the first instant outside, None without an end.
    """

    parties: tuple[Party, ...] | None
    actions: frozenset[str]
    purposes: frozenset[str]
    limit: Limit = ALL
    begins: datetime | None = None
    ends: datetime | None = None
    exceptions: tuple[Party, ...] = ()


def holds(whole: Region, part: Region) -> bool:
    """Whether all of ``part`` lies in ``whole``, as far as can be told: nobody knows who works where."""
    within = _overlap(whole, part)
    parties = whole.parties is None or (part.parties is not None and _are_within(part.parties, whole.parties))
    return parties and within is not None and replace(within, parties=part.parties) == replace(part, exceptions=())


def without(whole: Region, cut: Region) -> list[Region]:
    """What is left of ``whole``: regions that together hold all of it but ``cut``. Raises Inexpressible."""
    inner = _overlap(whole, cut)
    if inner is None:
        return [whole]
    left: list[Region] = []
    within = replace(whole, purposes=inner.purposes)
    if whole.purposes != inner.purposes:
        left.append(replace(whole, purposes=whole.purposes - inner.purposes))
    if whole.actions != inner.actions:
        left.append(replace(within, actions=whole.actions - inner.actions))
    within = replace(within, actions=inner.actions)
    if inner.begins != whole.begins:
        left.append(replace(within, ends=inner.begins))
    if inner.ends != whole.ends:
        left.append(replace(within, begins=inner.ends))
    within = replace(within, begins=inner.begins, ends=inner.ends)
    return left + _without_parties(within, cut.parties, inner.limit)


def _without_parties(whole: Region, parties: tuple[Party, ...] | None, limit: Limit) -> list[Region]:
    """Others first, with all data: limited terms say less of data without a date, and that is not about others."""
    left = []
    inside = whole.parties
    if parties is not None:
        left = [replace(whole, exceptions=tuple(dict.fromkeys((*whole.exceptions, *parties))))]
    if limit == whole.limit:
        return left
    if parties is not None:
        inside = tuple(_shared(whole.parties, parties))
    if inside == ():
        return left
    return left + [replace(whole, parties=inside, limit=each) for each in _outside(whole.limit, limit)]


def _overlap(one: Region, other: Region) -> Region | None:
    """What two have in common, but for their parties; None when that is nothing."""
    actions, purposes = one.actions & other.actions, one.purposes & other.purposes
    limit = _common(one.limit, other.limit)
    begins = max((each for each in (one.begins, other.begins) if each), default=None)
    ends = min((each for each in (one.ends, other.ends) if each), default=None)
    is_never = begins is not None and ends is not None and ends <= begins
    if not actions or not purposes or limit is None or is_never:
        return None
    return Region(one.parties, actions, purposes, limit, begins, ends)


def _common(one: Limit, other: Limit) -> Limit | None:
    if None not in (one.organisation, other.organisation) and one.organisation != other.organisation:
        return None
    first = max((each for each in (one.first, other.first) if each), default=None)
    last = min((each for each in (one.last, other.last) if each), default=None)
    if first is not None and last is not None and last < first:
        return None
    return Limit(one.organisation or other.organisation, first, last)


def _outside(outer: Limit, inner: Limit) -> Iterator[Limit]:
    """The data of ``outer`` that are none of ``inner``, which lies in it."""
    if inner.organisation != outer.organisation:
        raise Inexpressible("exception_of_origin")
    if inner.first is not None and inner.first not in (outer.first, date.min):
        yield Limit(outer.organisation, outer.first, inner.first - DAY)
    if inner.last is not None and inner.last not in (outer.last, date.max):
        yield Limit(outer.organisation, inner.last + DAY, outer.last)


def _shared(whole: tuple[Party, ...] | None, parties: Iterable[Party]) -> Iterator[Party]:
    for party in parties:
        if whole is None or _are_within((party,), whole):
            yield party
            continue
        for other in whole:
            if covers(party, other):
                yield other
            elif (party.type == "person") != (other.type == "person"):
                raise Inexpressible("exception_of_person")


def _are_within(parties: Iterable[Party], whole: Iterable[Party]) -> bool:
    return all(any(covers(other, party) for other in whole) for party in parties)


def covers(whole: Party, part: Party) -> bool:
    """Whether whoever is ``part`` is ``whole`` too."""
    if whole.type == "everyone" or whole == part:
        return True
    return whole.type == "organisation" and part.type == "role" and whole.organisation == part.organisation
