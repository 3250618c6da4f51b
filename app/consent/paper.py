"""The way of those who have no app: a consent signed on paper, recorded by one caseworker and approved by another.

Invariant: nobody alone makes a consent out of a paper, and none before the second one approved it; the consent opens
from that moment, whenever the paper was signed. An end on paper needs one caseworker, and tells nobody whether there
was anything to end.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from app import clock, errors
from app.consent import giving, ledger, requests, templates
from app.consent.event import PAPER, Event, Party
from app.consent.giving import Standing
from app.consent.ledger import Issuer
from app.consent.receipt import Notice
from app.consent.recorded import Recorded
from app.consent.request import ConsentRequest, Paper
from app.consent.templates import Template
from app.grant import Action, Grant

SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Recording:
    """A paper that was approved: what was asked, by which text, what was signed, and since when the consent holds."""

    request: ConsentRequest
    template: Template
    paper: Paper
    since: datetime


def record(session: Session, grant: Grant, asked: ConsentRequest) -> None:
    """Keep what a citizen signed until a second caseworker approves it; the same again changes nothing.

    Needs a grant for consents:record of the organisation that asked. Raises Invalid for what no text or time allows.
    """
    _demand(grant, "consents:record", asked.organisation)
    paper = _paper_of(asked)
    if paper.recorded_by != grant.actor.id:
        raise errors.NotAllowed("A paper is recorded by whoever has it before them.")
    demand_hash(paper.document_sha256)
    if paper.signed_on > clock.civil_date(grant.at):
        raise errors.Invalid("The day on which it was signed lies ahead.")
    template = templates.find(asked.template, asked.version)
    if asked.last_day > templates.last_day_of(template, _noon(paper.signed_on)):
        raise errors.Invalid("The last day lies further from the signature than this text allows.")
    requests.keep(session, grant, asked)


def demand_hash(document_sha256: str) -> None:
    """Raise Invalid unless this is written as the SHA-256 of a document."""
    if SHA256.fullmatch(document_sha256) is None:
        raise errors.Invalid("The document's hash is written as 64 digits of lower-case hex.")


def approve(
    session: Session, grant: Grant, request_id: str, document_sha256: str, event_id: str, issuer: Issuer
) -> Recorded:
    """Make the consent, as the second of two; again, it changes nothing.

    The hash shows that the second one, too, has the document before them. Needs a grant for consents:approve. Raises
    NotFound for another organisation's, and Conflict for one's own or another document.
    """
    asked = find(session, grant, request_id)
    paper = _paper_of(asked)
    if paper.recorded_by == grant.actor.id:
        raise errors.Conflict("You recorded this paper yourself. Somebody else has to approve it.")
    if paper.document_sha256 != document_sha256:
        raise errors.Conflict("This is not the document that was recorded. Compare the two, and record it anew.")
    if asked.answer is not None:
        events = ledger.read_events(session, grant)
        return next(each for each in events if each.event.grant_id == asked.grant_id)
    if clock.end_of(asked.last_day) <= grant.at:
        raise errors.Conflict("The time that this paper is about has passed. The citizen has to be asked again.")
    template = templates.find(asked.template, asked.version)
    event = _event(grant, event_id, asked, template)
    read = templates.notice_of(template, paper.language, asked.organisation_name, event.valid_to)
    notice: Notice = replace(read, document_sha256=paper.document_sha256)
    names = {asked.organisation: asked.organisation_name}
    recorded = ledger.append(session, grant, event, issuer, notice=notice, names=names)
    requests.record_answer(session, grant, replace(asked, answer="yes", answered_at=grant.at, grant_id=event.grant_id))
    return recorded


def find(session: Session, grant: Grant, request_id: str) -> ConsentRequest:
    """A paper of the caseworker's own organisation. Needs a grant for consents:approve; raises NotFound."""
    asked = requests.find(session, grant, request_id)
    if asked.paper is None or asked.organisation != grant.actor.organisation:
        raise errors.NotFound("There is no such paper.")
    _demand(grant, "consents:approve", asked.organisation)
    return asked


def read_recording(session: Session, grant: Grant, request_id: str) -> Recording:
    """What to write to the citizen about, once it was approved. Raises NotFound before that."""
    asked = find(session, grant, request_id)
    if asked.answered_at is None:
        raise errors.NotFound("There is nothing to write to the citizen before the paper is approved.")
    return Recording(asked, templates.find(asked.template, asked.version), _paper_of(asked), asked.answered_at)


def end(session: Session, grant: Grant, template_id: str, event_id: str, issuer: Issuer) -> int:
    """End what the citizen gave this organisation by this text, as they wrote on paper; how many consents it ended.

    Needs a grant for consents:record. The number is for the log of the caller, and for nobody who asks.
    """
    organisation = grant.actor.organisation
    _demand(grant, "consents:record", organisation)
    ended = [each for each in giving.read_standing(session, grant) if _is_by(each, template_id, organisation)]
    for place, each in enumerate(ended):
        own_id = event_id if place == 0 else f"{event_id}-{place + 1}"
        given_by = organisation or ""
        event = Event(own_id, grant.citizen_id, "withdraw", each.terms.event.grant_id, given_by, grant.at, PAPER)
        ledger.append(session, grant, event, issuer)
    return len(ended)


def _is_by(standing: Standing, template_id: str, organisation: str | None) -> bool:
    grantee, notice = standing.terms.event.grantee, standing.terms.notice
    is_theirs = grantee is not None and grantee.organisation == organisation
    return standing.state in ("now", "ahead") and is_theirs and notice is not None and notice.id == template_id


def _event(grant: Grant, event_id: str, asked: ConsentRequest, template: Template) -> Event:
    return Event(
        id=event_id,
        citizen_id=grant.citizen_id,
        kind="grant",
        grant_id=event_id,
        given_by=asked.organisation,
        recorded_at=grant.at,
        capacity=PAPER,
        grantee=Party("organisation", organisation=asked.organisation),
        actions=template.actions,
        purposes=frozenset({asked.purpose}),
        valid_from=grant.at,
        valid_to=clock.end_of(asked.last_day),
    )


def _paper_of(asked: ConsentRequest) -> Paper:
    if asked.paper is None:
        raise errors.NotFound("There is no such paper.")
    return asked.paper


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), clock.COPENHAGEN)


def _demand(grant: Grant, action: Action, organisation: str | None) -> None:
    if grant.action != action or organisation is None or grant.actor.organisation != organisation:
        raise errors.NotAllowed("This access does not cover consents on paper.")
