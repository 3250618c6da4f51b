"""Put an authority's question for a consent before a citizen, and tell nobody whether there is such a citizen.

Invariant: a question to an unknown person takes the same statements, locks and writes, on a decoy, and is answered
alike; the same question again is one entry in the log and one question.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access import service as access
from app.access import status
from app.audit import service as audit
from app.consent import questions, requests
from app.consent.request import ConsentRequest
from app.grant import Actor
from app.identity import citizens, decoys
from app.identity.person import Number
from app.vault import service as vault


@dataclass(frozen=True)
class Asked:
    """A question as the caseworker puts it; ``id`` is theirs, and ``last_day`` the last day that a yes would have."""

    id: str
    number: Number
    organisation_name: str
    template: str
    purpose: str
    case_number: str
    last_day: date


def ask(session: Session, actor: Actor, asked: Asked, now: datetime) -> None:
    """Put the question. Raises Invalid, NotAllowed, or Conflict when another question was put under this id."""
    status.demand_case(asked.case_number)
    version = status.demand_text(asked.template, asked.purpose).version
    status.demand_may_ask(actor, "consents:ask", now)
    subject = citizens.find(session, asked.number) or decoys.of(session, asked.number)
    audit.lock(session, subject)
    keys = vault.of(session)
    # The keys are opened first, whether or not there is anything to open: the order of work must not tell.
    keys.box(session, subject, now)
    # Bound to the person: one decoy stands for many, and what is asked of one must not collide with another's.
    request_id = keys.own_rows.text("consent request", actor.organisation or "", asked.number.value, asked.id)
    name = _name_of(session, actor, asked)
    if audit.find(session, subject, name) is not None:
        return
    grant = access.open_record(
        session,
        actor,
        subject,
        "consents:ask",
        "casework",
        now,
        case_number=asked.case_number,
        about=asked.template,
        nonce=name,
    )
    requests.ask(session, grant, _request(actor, asked, request_id, version, now))
    kept = questions.question_of(actor, "request", asked.template, asked.purpose, asked.case_number, now)
    questions.record(session, actor, asked.number, kept)
    questions.raise_alarm(session, actor, now)


def _name_of(session: Session, actor: Actor, asked: Asked) -> str:
    said = (asked.id, asked.number.value, asked.template, asked.purpose, asked.case_number, asked.last_day.isoformat())
    return vault.of(session).own_rows.text("consent question", actor.organisation or "", actor.id, *said)


def _request(actor: Actor, asked: Asked, request_id: str, version: int, now: datetime) -> ConsentRequest:
    return ConsentRequest(
        id=request_id,
        organisation=actor.organisation or "",
        organisation_name=asked.organisation_name,
        template=asked.template,
        version=version,
        purpose=asked.purpose,
        case_number=asked.case_number,
        last_day=asked.last_day,
        asked_by=actor.id,
        asked_at=now,
    )
