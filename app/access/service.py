"""Open a record, or refuse: the only place where a Grant is made.

Invariant: any access by somebody else, permitted or refused, leaves exactly one entry in the citizen's log, a permitted
one in the transaction that reads, a refused one in a transaction of its own (``record_refusal``).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app import clock, errors
from app.audit import entry as entries
from app.audit import service as audit
from app.audit.entry import AccessEntry
from app.grant import Action, Actor, Grant, Purpose
from app.identity import citizens

# What a citizen does with their own data that the log tells of; looking is not among it.
OWN_LOGGED: frozenset[Action] = frozenset(
    {"record:export", "record:import", "login:begin", "appointments:answer", "medication:renew", "notes:write"}
)


@dataclass(frozen=True)
class Refusal:
    """What the log of the citizen must say about an access that was refused."""

    citizen_id: str
    entry: AccessEntry


def open_record(
    session: Session, actor: Actor, citizen_id: str, action: Action, purpose: Purpose, now: datetime
) -> Grant:
    """Decide, log and grant; raises NotAllowed, which carries the Refusal to be logged.

    The citizen's lock is taken before the decision whenever the access will be logged, so that a withdrawal and a read
    by somebody else cannot pass each other.
    """
    known = citizens.exists(session, citizen_id)
    own = actor.role == "citizen" and actor.id == citizen_id
    if known and (not own or action in OWN_LOGGED):
        audit.lock(session, citizen_id)
    basis = _basis(actor, citizen_id, action, purpose) if known else None
    if basis is None:
        refusal = Refusal(citizen_id, _entry(actor, action, purpose, "none", "refused", now)) if known else None
        raise errors.NotAllowed("You may not see this person's information.", refusal)
    if not own or action in OWN_LOGGED:
        audit.append(session, citizen_id, _entry(actor, action, purpose, basis, "permitted", now), now)
    return Grant(actor, citizen_id, action, purpose, basis, now)


def refusal_of(citizen_id: str, action: Action, now: datetime) -> Refusal:
    """What the log must say when a citizen's own act was refused."""
    return Refusal(citizen_id, _entry(Actor(citizen_id, "citizen"), action, "self", "none", "refused", now))


def record_refusal(session: Session, refusal: Refusal, now: datetime) -> None:
    """Write a refused access into the citizen's log; the caller commits it apart from what was refused."""
    audit.append(session, refusal.citizen_id, refusal.entry, now)


def _basis(actor: Actor, citizen_id: str, action: Action, purpose: Purpose) -> str | None:
    if actor.role == "citizen" and actor.id == citizen_id and purpose == "self":
        return "self"
    if actor.role == "operator" and purpose == "operation":
        return "operation"
    if actor.role == "system" and action == "message:deliver" and purpose == "self":
        return "own_order"
    return None


def _entry(actor: Actor, action: Action, purpose: Purpose, basis: str, outcome: str, now: datetime) -> AccessEntry:
    return entries.entry_of(actor, action, purpose, basis, outcome, clock.utc_text(now))
