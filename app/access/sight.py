"""Which items of a collection are seen, where consents or blocks speak of some of the data only. Pure.

Invariant: an item is seen only when the decision permits it on every day that it speaks of, so that a block counts on
whatever it overlaps, and a consent opens only what lies wholly inside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.access import statutes
from app.consent import rules
from app.consent.event import Decision, Item, Limit, Request, Statute
from app.consent.history import Candidate, History
from app.grant import Sight

DAY = timedelta(days=1)


def sight_of(
    decision: Decision, known: History, request: Request, at: datetime, rows: Sequence[Statute]
) -> Sight | None:
    """How each item is decided; None where nothing about this action is limited: all are as their collection."""
    denied, granted = _limits(known.denies, request), _limits(known.grants, request)
    if decision.reason == "self" or not (denied or granted):
        return None

    def sees(organisation: str | None, first: date | None, last: date | None) -> bool:
        places = {organisation, None} if _may_be_of(organisation, denied) else {organisation}
        days = _days(first, last, (*denied, *granted))
        asked = (replace(request, item=Item(place, day)) for place in places for day in days)
        return all(rules.decide(known, each, at, at, rows, statutes.WORDS).outcome == "permit" for each in asked)

    return sees


def _limits(candidates: Mapping[str, Sequence[Candidate]], request: Request) -> list[Limit]:
    return [each.limit for each in candidates.get(request.action, ()) if each.limit is not None]


def _may_be_of(organisation: str | None, denied: Iterable[Limit]) -> bool:
    """Whether a block names an organisation in another register: then it is not known whether this is a part of it."""
    register = organisation and organisation.partition(":")[0]
    named = {limit.organisation.partition(":")[0] for limit in denied if limit.organisation}
    return register is not None and any(each != register for each in named)


def _days(first: date | None, last: date | None, limits: Iterable[Limit]) -> list[date | None]:
    """The days that tell about all of them: both ends, and each last day of a limit with the day after it.

    A block that counts on any day between counts on its own last day, or else on the item's; where consents leave a gap
    between, it begins the day after one of them ends.
    """
    if first is None or last is None or last < first:
        return [None]
    edges = {first, last}
    for limit in limits:
        if limit.last is not None and first <= limit.last < last:
            edges |= {limit.last, limit.last + DAY}
    return [*sorted(edges)]
