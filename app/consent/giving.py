"""What a citizen says about their consents: yes or no to a question, a block, and the end of either."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from sqlalchemy.orm import Session

from app import clock, errors
from app.consent import ledger, requests, templates
from app.consent.event import ENDS, TERMS, Event, Limit, Party
from app.consent.ledger import Issuer
from app.consent.receipt import Concern
from app.consent.recorded import Recorded, concern_of
from app.consent.request import ConsentRequest
from app.consent.templates import Language, Template
from app.grant import Action, Grant

# What a block shuts: everything that others use data for. Reminders are the citizen's own, and operation is the law's.
BLOCKED_PURPOSES = frozenset({"relative", "treatment", "casework", "quality", "research"})

State = Literal["ahead", "now", "expired", "withdrawn", "replaced", "void", "unaccepted"]


@dataclass(frozen=True)
class BlockTerms:
    """A block as the citizen sets it: against whom, who is excepted, which actions, of which data."""

    grantee: Party
    exceptions: tuple[Party, ...]
    actions: frozenset[str]
    limit: Limit | None
    names: Mapping[str, str]


@dataclass(frozen=True)
class Standing:
    """A consent, delegation or block with how it stands: its terms, every event about it, and since when it ended."""

    terms: Recorded
    events: tuple[Recorded, ...]
    concerns: Concern
    state: State
    ended_at: datetime | None


def accept_request(
    session: Session, grant: Grant, request_id: str, event_id: str, language: Language, issuer: Issuer
) -> Recorded:
    """Say yes to a question; the same yes again changes nothing. Raises Conflict when it was answered otherwise.

    Needs a grant for consents:give. The consent names the text that was read, and ends with the day that was asked for.
    """
    _demand(grant, "consents:give")
    asked = requests.find(session, grant, request_id)
    if asked.answer == "no":
        raise errors.Conflict("You said no to this. The place has to ask you again.")
    if clock.end_of(asked.last_day) <= grant.at:
        raise errors.Conflict("The time that this question is about has passed. The place has to ask you again.")
    if asked.answer == "yes":
        return _recorded(session, grant, asked.grant_id)
    template = templates.find(asked.template, asked.version)
    event = _grant(grant, event_id, asked, template)
    names = {asked.organisation: asked.organisation_name}
    notice = templates.notice_of(template, language, asked.organisation_name, event.valid_to)
    recorded = ledger.append(session, grant, event, issuer, notice=notice, names=names)
    answered = replace(asked, answer="yes", answered_at=grant.at, grant_id=event.grant_id)
    requests.record_answer(session, grant, answered)
    return recorded


def refuse_request(session: Session, grant: Grant, request_id: str) -> ConsentRequest:
    """Say no to a question. Nobody is told why, and nothing else changes; the same no again is the same."""
    _demand(grant, "consents:refuse")
    asked = requests.find(session, grant, request_id)
    if asked.answer == "yes":
        raise errors.Conflict("You said yes to this. Withdraw the consent instead.")
    if asked.answer is None:
        asked = replace(asked, answer="no", answered_at=grant.at)
        requests.record_answer(session, grant, asked)
    return asked


def block(session: Session, grant: Grant, event_id: str, terms: BlockTerms, issuer: Issuer) -> Recorded:
    """Block somebody from now on, until it is lifted. Needs a grant for consents:block."""
    _demand(grant, "consents:block")
    event = Event(
        id=event_id,
        citizen_id=grant.citizen_id,
        kind="deny",
        grant_id=event_id,
        given_by=grant.actor.id,
        recorded_at=grant.at,
        grantee=terms.grantee,
        exceptions=terms.exceptions,
        actions=terms.actions,
        purposes=BLOCKED_PURPOSES,
        limit=terms.limit,
        valid_from=grant.at,
    )
    standing = _find(session, grant, event_id)
    if standing is not None:
        if _says(standing.event) != _says(event):
            raise errors.Conflict("Another block stands under this id.")
        return standing
    spoken_of = {each.organisation for each in (terms.grantee, *terms.exceptions)}
    spoken_of |= {terms.limit.organisation} if terms.limit else set()
    names = {organisation: name for organisation, name in terms.names.items() if organisation in spoken_of}
    return ledger.append(session, grant, event, issuer, names=names)


def withdraw(session: Session, grant: Grant, grant_id: str, event_id: str, issuer: Issuer) -> Recorded:
    """End a consent or lift a block at once, without a reason. What has ended already stays as it ended."""
    _demand(grant, "consents:withdraw")
    known = ledger.read_events(session, grant)
    ended = next((each for each in known if each.event.kind in ENDS and each.event.grant_id == grant_id), None)
    if ended is not None:
        return ended
    if not any(each.event.kind in TERMS and each.event.grant_id == grant_id for each in known):
        raise errors.NotFound("There is no such consent or block.")
    event = Event(event_id, grant.citizen_id, "withdraw", grant_id, grant.actor.id, grant.at)
    return ledger.append(session, grant, event, issuer)


def read_standing(session: Session, grant: Grant) -> list[Standing]:
    """Every consent, delegation and block of the citizen, the latest recorded first, as it stands at ``grant.at``."""
    events = ledger.read_events(session, grant)
    found = []
    for terms in (each for each in events if each.event.kind in TERMS):
        about = tuple(each for each in events if each.event.grant_id == terms.event.grant_id)
        found.append(_standing(terms, about, grant.at))
    return found[::-1]


def expiring(standing: list[Standing], now: datetime, days: int = 30) -> list[Standing]:
    """The consents that hold now and end within so many days, the first to end first: what to remind of."""
    until = clock.civil_date(now).toordinal() + days
    soon = [
        each
        for each in standing
        if each.state == "now" and (end := each.terms.event.valid_to) and clock.civil_date(end).toordinal() <= until
    ]
    return sorted(soon, key=lambda each: each.terms.event.valid_to or now)


def _grant(grant: Grant, event_id: str, asked: ConsentRequest, template: Template) -> Event:
    return Event(
        id=event_id,
        citizen_id=grant.citizen_id,
        kind="grant",
        grant_id=event_id,
        given_by=grant.actor.id,
        recorded_at=grant.at,
        grantee=Party("organisation", organisation=asked.organisation),
        actions=template.actions,
        purposes=frozenset({asked.purpose}),
        valid_from=grant.at,
        valid_to=clock.end_of(asked.last_day),
    )


def _standing(terms: Recorded, about: tuple[Recorded, ...], now: datetime) -> Standing:
    event = terms.event
    ended = next((each.event for each in about if each.event.kind in ENDS), None)
    concerns = concern_of(event)
    state: State
    if ended is not None:
        state = {"withdraw": "withdrawn", "supersede": "replaced"}.get(ended.kind, "void")  # type: ignore[assignment]
    elif event.valid_to is not None and event.valid_to <= now:
        state = "expired"
    elif event.valid_from is not None and now < event.valid_from:
        state = "ahead"
    elif concerns == "delegation" and not any(each.event.kind == "accept" for each in about):
        state = "unaccepted"
    else:
        state = "now"
    return Standing(terms, about, concerns, state, ended.recorded_at if ended else None)


def _find(session: Session, grant: Grant, event_id: str) -> Recorded | None:
    return next((each for each in ledger.read_events(session, grant) if each.event.id == event_id), None)


def _recorded(session: Session, grant: Grant, grant_id: str | None) -> Recorded:
    events = ledger.read_events(session, grant)
    return next(each for each in events if each.event.kind in TERMS and each.event.grant_id == grant_id)


def _says(event: Event) -> Event:
    """An event without its times, to tell whether two say the same."""
    return replace(event, recorded_at=event.recorded_at.min, valid_from=None)


def _demand(grant: Grant, action: Action) -> None:
    if grant.action != action:
        raise errors.NotAllowed("This access does not cover changing consents.")


def last_day(event: Event) -> date | None:
    """The last day on which terms hold, None without an end."""
    return None if event.valid_to is None else clock.civil_date(event.valid_to - clock.TICK)
