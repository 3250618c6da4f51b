"""Open a record, or refuse: the only place where a Grant is made, by the one decision of app.consent.rules.

Invariant: any access by somebody else, permitted or refused, leaves exactly one entry in the citizen's log, a permitted
one in the transaction that reads, a refused one in a transaction of its own (``record_refusal``). Invariant: the
citizen's lock is taken before their consents are read, and held until that transaction ends; a withdrawal takes the
same lock, so that no access decided before it can commit after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app import clock, errors
from app.access import sight, statutes
from app.audit import entry as entries
from app.audit import service as audit
from app.audit.entry import AccessEntry
from app.consent import history, rules
from app.consent import service as consent
from app.consent.event import Citizen, Decision, Request
from app.delegation import hiding
from app.delegation import rules as rules_of_delegation
from app.grant import Action, Actor, Grant, Purpose, Sight
from app.identity import citizens, people

# What a citizen does with their own data that the log tells of; looking is not among it.
OWN_LOGGED: frozenset[Action] = frozenset(
    {
        "record:export",
        "record:import",
        "login:begin",
        "appointments:respond",
        "medication:mark",
        "medication:renew",
        "notes:write",
        "preferences:write",
        "consents:give",
        "consents:refuse",
        "consents:withdraw",
        "consents:block",
        "delegation:invite",
        "delegation:change",
        "delegation:pause",
        "delegation:hide",
        "network:write",
        "devices:enrol",
        "devices:end",
    }
)


@dataclass(frozen=True)
class Refusal:
    """What the log of the citizen must say about an access that was refused."""

    citizen_id: str
    entry: AccessEntry


@dataclass(frozen=True)
class Decided:
    """A decision about a collection, and how each of its items is decided; ``sees`` None: all as the collection."""

    decision: Decision
    sees: Sight | None = None


NOBODY = Decided(Decision("deny", "default"))


def open_record(
    session: Session,
    actor: Actor,
    citizen_id: str,
    action: Action,
    purpose: Purpose,
    now: datetime,
    *,
    case_number: str | None = None,
    about: str | None = None,
    nonce: str | None = None,
) -> Grant:
    """Decide, log and grant; raises NotAllowed, which carries the Refusal to be logged.

    ``case_number`` and ``about`` go into the log's entry, whose request ``nonce`` names: a retry adds no other.
    """
    is_own = actor.role == "citizen" and actor.id == citizen_id
    is_logged = not is_own or action in OWN_LOGGED
    end = audit.lock_known(session, citizen_id) if is_logged else None
    known = end is not None if is_logged else citizens.exists(session, citizen_id)
    basis, decided = _decide(session, actor, citizen_id, action, purpose, now) if known else (None, NOBODY)
    if basis is None:
        refusal = Refusal(citizen_id, entry_of(actor, action, purpose, "none", "refused", now)) if known else None
        raise errors.NotAllowed("You may not see this person's information.", refusal)
    if is_logged and (nonce is None or audit.find(session, citizen_id, nonce) is None):
        entry = replace(entry_of(actor, action, purpose, basis, "permitted", now), case_number=case_number, about=about)
        audit.append(session, citizen_id, entry, now, nonce, end)
    hides = hidden_from(session, actor, citizen_id, decided, purpose, (action,), now)
    return Grant(actor, citizen_id, action, purpose, basis, now, decided.decision.events, decided.sees, hides)


def hidden_from(
    session: Session,
    actor: Actor,
    citizen_id: str,
    decided: Decided,
    purpose: Purpose,
    words: Iterable[str],
    now: datetime,
) -> frozenset[str]:
    """The keys of what the citizen hides from a relative, of that which these actions work on; nothing for others."""
    if purpose != "relative" or decided.decision.reason != "grant":
        return frozenset()
    reads = {rules_of_delegation.NEEDS.get(word, word) for word in words}
    return hiding.hidden_from(session, asking(actor, citizen_id, now), actor.id, reads)


def open_to_relative(
    session: Session, actor: Actor, citizen_id: str, action: Action, basis: str, now: datetime, nonce: str | None = None
) -> Grant:
    """Leave, logged, for what a relative does about their own leave: an invitation that they hold, or a delegation.

    That they have it was seen under the citizen's lock, which is held; ``basis`` says which. It opens no data.
    """
    if nonce is None or audit.find(session, citizen_id, nonce) is None:
        audit.append(session, citizen_id, entry_of(actor, action, "relative", basis, "permitted", now), now, nonce)
    return Grant(actor, citizen_id, action, "relative", basis, now)


@dataclass(frozen=True)
class Life:
    """When a citizen was born, from when they decide for themselves, and from when they are dead, where it is known."""

    born: date | None
    of_age_at: datetime | None
    dead_from: datetime | None

    def is_dead_at(self, now: datetime) -> bool:
        """Whether the citizen is dead at an instant."""
        return self.dead_from is not None and self.dead_from <= now


def read_life(session: Session, actor: Actor, citizen_id: str, now: datetime) -> Life:
    """What decides about an invitation; nothing of it leaves."""
    born, died = people.read_life(session, asking(actor, citizen_id, now))
    known = history.fold(Citizen(citizen_id, born, died), [])
    return Life(born, known.of_age_at, known.dead_from)


def asking(actor: Actor, citizen_id: str, now: datetime) -> Grant:
    """The decision's own look at what it decides by; nothing of it leaves."""
    return Grant(actor, citizen_id, "consents:read", "operation", "decision", now)


def read_history(session: Session, actor: Actor, citizen_id: str, now: datetime) -> tuple[history.History, datetime]:
    """What decides about a citizen, their events, birth and death, and the instant by whose knowledge to decide.

    That is ``now``, or when the last event was recorded: a withdrawal by a machine whose clock is ahead, or that got
    the lock while this access waited for it, is known here all the same. Nobody's custody is known: it comes only from
    a source that registers it, and none does yet; a relation that a source names is none.
    """
    own_look = asking(actor, citizen_id, now)
    if actor.id == citizen_id:
        # No event can take from citizens what is their own, and a broken list must not shut them out; nor can an age.
        return history.fold(Citizen(citizen_id, None, people.read_death(session, own_look)), []), now
    born, died = people.read_life(session, own_look)
    events = consent.read_events(session, own_look)
    at = max([now, *(event.recorded_at for event in events)])
    return history.fold(Citizen(citizen_id, born, died), events), at


def decide(session: Session, actor: Actor, citizen_id: str, action: str, purpose: str, now: datetime) -> Decided:
    """The decision of consent and law about one access, now and by all that is known.

    Whoever acts on it holds the citizen's lock, as ``open_record`` does.
    """
    known, at = read_history(session, actor, citizen_id, now)
    return decide_by(known, at, actor, action, purpose)


def decide_by(known: history.History, at: datetime, actor: Actor, action: str, purpose: str) -> Decided:
    """The decision about one access by a history and its instant, as ``read_history`` gives them."""
    request = Request(
        actor_id=actor.id,
        action=action,
        purpose=purpose,
        role=actor.role,
        organisation=statutes.organisation_of(actor),
        level=actor.level,
    )
    rows = [law.row for law in statutes.laws_for(actor)]
    decision = rules.decide(known, request, at, at, rows, statutes.WORDS)
    return Decided(decision, sight.sight_of(decision, known, request, at, rows))


def refusal_of(citizen_id: str, action: Action, now: datetime) -> Refusal:
    """What the log must say when a citizen's own act was refused."""
    return Refusal(citizen_id, entry_of(Actor(citizen_id, "citizen"), action, "self", "none", "refused", now))


def record_refusal(session: Session, refusal: Refusal, now: datetime) -> None:
    """Write a refused access into the citizen's log; the caller commits it apart from what was refused."""
    audit.append(session, refusal.citizen_id, refusal.entry, now)


def _decide(
    session: Session, actor: Actor, citizen_id: str, action: Action, purpose: Purpose, now: datetime
) -> tuple[str | None, Decided]:
    """The basis of the access and the decision behind it; None when it is refused."""
    decided = decide(session, actor, citizen_id, action, purpose, now)
    if decided.decision.outcome == "deny":
        return None, decided
    if decided.decision.reason != "statute":
        return decided.decision.reason, decided
    return statutes.basis_of(actor, action, purpose), decided


def entry_of(actor: Actor, action: Action, purpose: Purpose, basis: str, outcome: str, now: datetime) -> AccessEntry:
    """What the log says of one access."""
    return entries.entry_of(actor, action, purpose, basis, outcome, clock.utc_text(now))
