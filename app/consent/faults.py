"""Why an event may not be recorded, as a sentence for the person who wanted it. Pure, standard library."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from app.consent import authority
from app.consent.event import ACTIONS, ENDS, PURPOSES, TERMS, Event, Party

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
LONGEST_YEARS = 5  # a delegation is looked at anew at least this often
YEARS = range(1900, 9000)  # of a beginning: within what every calendar and time zone can count from

NOT_YOURS = "Only the citizen can do this, or the one to whom it was given."


def fault(event: Event, citizen_id: str) -> str | None:
    """What is wrong with an event in itself, as a sentence; None when nothing is.

    It does not see what was recorded before: ``fault_among`` does.
    """
    if event.citizen_id != citizen_id:
        return "This is about another citizen."
    if not (event.id and event.grant_id and event.given_by and event.capacity):
        return "It must say what it is, what it belongs to, and who did it."
    if event.recorded_at.tzinfo is None:
        return "The time of recording has no time zone."
    if event.kind in TERMS:
        return _fault_of_terms(event)
    if event.kind not in ENDS and event.kind != "accept":
        return "It is neither a consent nor a block, nor an answer to one or the end of one."
    if _says_terms(event):
        return "To accept or to end something says nothing new: terms belong in a consent or a block of their own."
    return None


def fault_among(event: Event, citizen_id: str, recorded: Sequence[Event]) -> str | None:
    """What is wrong with an event after those that are recorded; None when nothing is.

    The same event once more is no fault, and changes nothing. To end what has ended already is none either.
    """
    own = [each for each in recorded if each.citizen_id == citizen_id]
    for each in own:
        if each.id == event.id:
            return None if each == event else "Something else is recorded under this id."
    alone = fault(event, citizen_id)
    if alone is not None:
        return alone
    terms = next((each for each in own if each.kind in TERMS and each.grant_id == event.grant_id), None)
    if event.kind in TERMS:
        if terms is not None:
            return "This consent or block is recorded already; other terms need a new one."
        return None if authority.is_authorised(event, event) else "Only the citizen can give or block this."
    if terms is None:
        return "There is no such consent or block."
    return _fault_about(event, terms, own)


def _fault_about(event: Event, terms: Event, recorded: Iterable[Event]) -> str | None:
    if event.recorded_at < terms.recorded_at:
        return "It cannot be recorded before what it is about."
    if event.kind != "accept":
        return None if authority.is_authorised(event, terms) else NOT_YOURS
    if not authority.is_authorised(event, terms):
        return "Only the one to whom it was given can accept it."
    has_ended = terms.valid_to is not None and terms.valid_to <= event.recorded_at
    if has_ended or any(_ends(each, terms) for each in recorded):
        return "It has ended, and cannot be accepted any more."
    return None


def _ends(event: Event, terms: Event) -> bool:
    return event.kind in ENDS and event.grant_id == terms.grant_id and authority.is_authorised(event, terms)


def _says_terms(event: Event) -> bool:
    said = (event.grantee, event.limit, event.valid_from, event.valid_to)
    return any(each is not None for each in said) or bool(event.exceptions or event.actions or event.purposes)


def _fault_of_terms(event: Event) -> str | None:
    if event.grantee is None:
        return "It must say to whom it is given, or whom it blocks."
    if not all(_is_whole(party) for party in (event.grantee, *event.exceptions)):
        return "A person, an organisation or a role in it is not named in full."
    if not event.actions or not event.purposes:
        return "It must say what may be done, and for what purpose."
    if not (event.actions <= ACTIONS and event.purposes <= PURPOSES):
        return "It names an action or a purpose that does not exist."
    limit = event.limit
    if limit is not None and limit.first is not None and limit.last is not None and limit.last < limit.first:
        return "The data it is limited to end before they begin."
    return _fault_of_times(event, event.grantee)


def _is_whole(party: Party) -> bool:
    if party.type == "everyone":
        return party.id is None and party.organisation is None
    if party.type == "person":
        return bool(party.id)
    return bool(party.organisation) and (party.type == "organisation" or bool(party.id))


def _fault_of_times(event: Event, grantee: Party) -> str | None:
    begins, ends = event.valid_from, event.valid_to
    if begins is None:
        return "It must say when it begins."
    if begins.tzinfo is None or (ends is not None and ends.tzinfo is None):
        return "A time in it has no time zone."
    if begins.year not in YEARS:
        return "It begins too long ago or too far ahead."
    if ends is None:
        return "It must have an end." if event.kind == "grant" else None
    if ends <= begins:
        return "It ends before it begins."
    if event.kind == "grant" and grantee.type == "person" and ends > _years_after(begins, LONGEST_YEARS):
        return f"It may last at most {LONGEST_YEARS} years."
    return None


def _years_after(at: datetime, years: int) -> datetime:
    """The same time of day in Copenhagen so many years later; 29 February becomes 1 March."""
    local = at.astimezone(COPENHAGEN)
    try:
        return local.replace(year=local.year + years)
    except ValueError:
        return local.replace(year=local.year + years, month=3, day=1)
