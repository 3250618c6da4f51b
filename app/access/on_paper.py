"""Consents on paper as caseworkers bring them: about whom, for which organisation, and an entry for each step.

Invariant: each step is one entry in the citizen's log, however often it is sent. A paper is about a real person, so one
who is not known here yet is registered by it; an end on paper of somebody unknown ends nothing and is answered alike.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app import errors
from app.access import service as access
from app.access import status
from app.audit import service as audit
from app.consent import letters, paper, questions
from app.consent.ledger import Issuer
from app.consent.letters import Letter
from app.consent.questions import Kind
from app.consent.request import ConsentRequest, Paper
from app.consent.templates import Language
from app.grant import Action, Actor, Grant
from app.identity import citizens, decoys
from app.identity.person import Number
from app.vault import service as vault


@dataclass(frozen=True)
class Signed:
    """What a citizen signed, as a caseworker records it; ``id`` is theirs, the hash the document's SHA-256 in hex."""

    id: str
    number: Number
    organisation_name: str
    template: str
    purpose: str
    case_number: str
    last_day: date
    signed_on: date
    language: Language
    document_sha256: str


@dataclass(frozen=True)
class Approval:
    """What the second caseworker says of a paper; all of it is what the first one said of it."""

    id: str
    number: Number
    template: str
    purpose: str
    case_number: str
    document_sha256: str


@dataclass(frozen=True)
class End:
    """What a citizen wrote on paper to end their consent to a text."""

    id: str
    number: Number
    template: str
    purpose: str
    case_number: str
    document_sha256: str


@dataclass(frozen=True)
class Step:
    """One step as the log tells of it; what is sent again under the same ``name`` is the same step."""

    action: Action
    name: str
    case_number: str
    about: str | None


def record(session: Session, actor: Actor, signed: Signed, now: datetime) -> None:
    """Record a paper for somebody else to approve. Raises Invalid, NotAllowed or Conflict."""
    status.demand_case(signed.case_number)
    version = status.demand_text(signed.template, signed.purpose).version
    status.demand_may_ask(actor, "consents:record", now)
    subject = citizens.settle(session, [signed.number], now)
    asked = ConsentRequest(
        id=_id_of(session, actor, signed.number, signed.id),
        organisation=actor.organisation or "",
        organisation_name=signed.organisation_name,
        template=signed.template,
        version=version,
        purpose=signed.purpose,
        case_number=signed.case_number,
        last_day=signed.last_day,
        asked_by=actor.id,
        asked_at=now,
        paper=Paper(signed.document_sha256, signed.signed_on, signed.language, actor.id),
    )
    step = Step("consents:record", f"{asked.id} {signed.document_sha256}", signed.case_number, signed.template)
    grant, is_new = _open(session, actor, subject, step, now)
    paper.record(session, grant, asked)
    if is_new:
        _keep(session, actor, "paper", signed, now)


def approve(session: Session, actor: Actor, approval: Approval, issuer: Issuer, now: datetime) -> Letter:
    """Approve what another caseworker recorded, and get the letter to the citizen. Raises NotFound or Conflict."""
    status.demand_case(approval.case_number)
    status.demand_may_ask(actor, "consents:approve", now)
    subject = citizens.find(session, approval.number)
    if subject is None:
        raise errors.NotFound("There is no such paper.")
    request_id = _id_of(session, actor, approval.number, approval.id)
    step = Step("consents:approve", request_id, approval.case_number, approval.template)
    grant, is_new = _open(session, actor, subject, step, now)
    asked = paper.find(session, grant, request_id)
    said = (approval.template, approval.purpose, approval.case_number)
    if said != (asked.template, asked.purpose, asked.case_number):
        raise errors.NotFound("There is no such paper.")
    event_id = vault.of(session).own_rows.text("paper event", request_id)
    paper.approve(session, grant, request_id, approval.document_sha256, event_id, issuer)
    if is_new:
        _keep(session, actor, "approval", approval, now)
    return letters.write(paper.read_recording(session, grant, request_id))


def end(session: Session, actor: Actor, ending: End, issuer: Issuer, now: datetime) -> None:
    """End what the citizen gave this organisation by a text; nobody is told whether there was anything to end."""
    status.demand_case(ending.case_number)
    status.demand_text(ending.template, ending.purpose)
    paper.demand_hash(ending.document_sha256)
    status.demand_may_ask(actor, "consents:record", now)
    subject = citizens.find(session, ending.number) or decoys.of(session, ending.number)
    end_id = _id_of(session, actor, ending.number, ending.id)
    step = Step("consents:record", f"{end_id} {ending.document_sha256}", ending.case_number, ending.template)
    grant, is_new = _open(session, actor, subject, step, now)
    paper.end(session, grant, ending.template, end_id, issuer)
    if is_new:
        _keep(session, actor, "paper_end", ending, now)


def _open(session: Session, actor: Actor, subject: str, step: Step, now: datetime) -> tuple[Grant, bool]:
    """Leave for the step, and whether it is taken for the first time."""
    audit.lock(session, subject)
    nonce = vault.of(session).own_rows.text("paper step", actor.id, step.action, step.name, step.case_number)
    is_new = audit.find(session, subject, nonce) is None
    grant = access.open_record(
        session,
        actor,
        subject,
        step.action,
        "casework",
        now,
        case_number=step.case_number,
        about=step.about,
        nonce=nonce,
    )
    return grant, is_new


def _id_of(session: Session, actor: Actor, number: Number, own_id: str) -> str:
    """Bound to organisation and person: another's paper under the same id is another one, and cannot be found by it."""
    return vault.of(session).own_rows.text("consent paper", actor.organisation or "", number.value, own_id)


def _keep(session: Session, actor: Actor, kind: Kind, said: Signed | Approval | End, now: datetime) -> None:
    """Keep the step in the caseworker's own log, and count it with everything else that they ask."""
    kept = questions.question_of(actor, kind, said.template, said.purpose, said.case_number, now)
    questions.record(session, actor, said.number, kept)
    questions.raise_alarm(session, actor, now)
