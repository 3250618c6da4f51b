"""Answer a caseworker whether a consent holds: a signed yes or no, the same no for every reason, and an entry for each.

Invariant: never given, withdrawn, expired, blocked, unknown and dead take the same statements, locks, writes and
signatures, and their answers differ in nothing but what is theirs by the question. Invariant: no answer leaves without
an entry in the citizen's log that was committed with it; a question asked again is answered as it was the first time.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app import clock, errors
from app.access import service as access
from app.access import statutes
from app.audit import entry as entries
from app.audit import service as audit
from app.consent import questions, receipts, rules, templates
from app.consent.event import Citizen, Request
from app.consent.history import History, fold
from app.consent.receipt import StatusAnswer
from app.consent.templates import Template
from app.grant import Action, Actor
from app.identity import citizens, decoys
from app.identity.person import Number
from app.vault import service as vault

LONGEST = 200


@dataclass(frozen=True)
class StatusQuestion:
    """What a caseworker wants to know: about whom, which text was said yes to, for what, in which case of theirs.

    ``nonce`` is the asker's, 16 to 128 letters, digits, - or _: the same question under the same nonce is one question.
    """

    number: Number
    template: str
    purpose: str
    case_number: str
    nonce: str


def answer(session: Session, actor: Actor, question: StatusQuestion, issuer: str, now: datetime) -> str:
    """The answer as a compact JWS, ``consent-status+jwt``.

    It is yes exactly when consent, and not law, lets this actor's organisation do all that the text speaks of for that
    purpose. Raises Invalid for what nobody can be asked, NotAllowed for who may not ask; both before anybody is looked
    up, so that neither tells anything.
    """
    template = _demand_askable(question)
    demand_may_ask(actor, "consent:status", now)
    known = citizens.find(session, question.number)
    decoy = decoys.of(session, question.number)
    subject = known or decoy
    end = audit.lock(session, subject)
    # The keys are opened first, whether or not there is anything to open: the order of work must not tell.
    vault.of(session).box(session, subject, now)
    name = name_of(session, actor, question)
    first_asked_at = audit.find(session, subject, name)
    history, knowing_all_at = access.read_history(session, actor, subject, now)
    at = first_asked_at or knowing_all_at
    # All are decided, also after a no: how long it takes must not tell which one was refused.
    decided = [_is_given(history, actor, action, question.purpose, at) for action in sorted(template.actions)]
    is_valid = known is not None and all(decided)
    if first_asked_at is None:
        _record(session, actor, subject, question, is_valid, name, at, end)
    return receipts.sign_answer(session, _answer(session, actor, question, issuer, name, is_valid, at))


def demand_may_ask(actor: Actor, action: Action, now: datetime) -> None:
    """Raise NotAllowed unless the law lets this actor ask; what it says of nobody it says of everybody."""
    request = Request(
        actor_id=actor.id,
        action=action,
        purpose="casework",
        role=actor.role,
        organisation=statutes.organisation_of(actor),
        level=actor.level,
    )
    rows = [law.row for law in statutes.laws_for(actor)]
    # By law alone: no citizen has the empty id, and there is no event.
    decision = rules.decide(fold(Citizen(""), ()), request, now, now, rows, statutes.WORDS)
    if actor.role != "caseworker" or decision.reason != "statute":
        raise errors.NotAllowed("Only a caseworker may ask this, for their own organisation.")


def name_of(session: Session, actor: Actor, question: StatusQuestion) -> str:
    """The question's name in the citizen's log: equal for a retry, different whenever anything else is asked."""
    parts = (question.number.value, question.template, question.purpose, question.case_number, question.nonce)
    return vault.of(session).own_rows.text("status question", actor.organisation or "", actor.id, *parts)


def demand_case(case_number: str) -> None:
    """Raise Invalid unless this can be the number of a case, and is nobody's person number."""
    if not case_number.strip() or len(case_number) > LONGEST or not case_number.isprintable():
        raise errors.Invalid("A question needs the number of its case, of at most 200 characters.")
    if receipts.CPR.search(case_number):
        raise errors.Invalid("The number of a case must not be a person number.")


def demand_text(template_id: str, purpose: str) -> Template:
    """The newest version of a text. Raises Invalid when there is none, or it does not ask for this purpose."""
    try:
        template = templates.find(template_id)
    except errors.NotFound:
        raise errors.Invalid("There is no such text to ask about.") from None
    if purpose not in template.purposes:
        raise errors.Invalid("This text does not ask for that purpose.")
    return template


def _demand_askable(question: StatusQuestion) -> Template:
    demand_case(question.case_number)
    if receipts.NONCE.fullmatch(question.nonce) is None or receipts.CPR.search(question.nonce):
        raise errors.Invalid("The nonce must have 16 to 128 letters, digits, - or _, and hold no person number.")
    return demand_text(question.template, question.purpose)


def _is_given(history: History, actor: Actor, action: str, purpose: str, at: datetime) -> bool:
    request = Request(
        actor_id=actor.id,
        action=action,
        purpose=purpose,
        role=actor.role,
        organisation=statutes.organisation_of(actor),
        level=actor.level,
    )
    rows = [law.row for law in statutes.laws_for(actor)]
    decision = rules.decide(history, request, at, at, rows, statutes.WORDS)
    return (decision.outcome, decision.reason) == ("permit", "grant")


def _record(
    session: Session,
    actor: Actor,
    subject: str,
    question: StatusQuestion,
    is_valid: bool,
    name: str,
    at: datetime,
    end: audit.End,
) -> None:
    basis = statutes.basis_of(actor, "consent:status", "casework")
    entry = entries.entry_of(
        actor,
        "consent:status",
        "casework",
        basis,
        "permitted",
        clock.utc_text(at),
        case_number=question.case_number,
        about=question.template,
    )
    # Recorded as of the instant by whose knowledge it was answered, so that a retry is answered by the same.
    audit.append(session, subject, entry, at, name, end)
    asked = questions.question_of(
        actor, "status", question.template, question.purpose, question.case_number, at, is_valid=is_valid
    )
    questions.record(session, actor, question.number, asked)
    questions.raise_alarm(session, actor, at)


def _answer(
    session: Session,
    actor: Actor,
    question: StatusQuestion,
    issuer: str,
    name: str,
    is_valid: bool,
    at: datetime,
) -> StatusAnswer:
    return StatusAnswer(
        # Made from the question's name, so that a retry is the same answer, and leads back to nothing.
        answer_id=vault.of(session).pseudonyms.text("answer", name),
        issuer=issuer,
        audience=actor.organisation or "",
        number=question.number,
        template=question.template,
        purpose=question.purpose,
        is_valid=is_valid,
        as_of=at,
        known_at=at,
        nonce=question.nonce,
        answered_at=at,
    )
