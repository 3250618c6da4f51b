"""What somebody may hold of a citizen's shelf on a device, decided anew at each pull.

Invariant: a copy of somebody else's is lent only while a consent, or custody, lets them keep one (``offline:keep``);
what it holds is what they may read at this instant, and it may be read no longer than until that can change. Whoever
asks for scopes of others holds those citizens' locks, as ``service.open_record`` does.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from app.access import service
from app.audit import service as audit
from app.consent import grantees, ledger, requests, shelved
from app.consent import service as consent
from app.consent.history import Candidate, History
from app.grant import Action, Actor, Grant, Purpose
from app.identity import citizens
from app.vault import envelope

Relation = Literal["self", "grant", "guardian"]
# What of a citizen's may lie on somebody else's device, and the acts that may be sent about it.
LENT_READS: tuple[Action, ...] = ("medication:read", "appointments:read")
LENT_ACTS: Mapping[str, tuple[str, ...]] = {
    "medication:mark": ("dose:mark", "dose:undo"),
    "appointments:respond": ("appointment:answer",),
}
OWN_ACTS = (
    "appointment:answer",
    "consent:withdraw",
    "dose:mark",
    "dose:undo",
    "note:remove",
    "note:write",
    "preference:set",
    "renewal:ask",
)


@dataclass(frozen=True)
class Scope:
    """What a person may hold of a citizen's shelf.

    ``reads`` are the grants by their action; of one's own there is one, for everything. ``takes`` are names of acts,
    sorted. ``gen`` is another whenever the scope is another. ``horizon`` is the next instant at which the decision can
    change by itself, None when there is none.
    """

    citizen_id: str
    relation: Relation
    reads: Mapping[str, Grant]
    takes: tuple[str, ...]
    gen: str
    horizon: datetime | None


def own(citizen_id: str, now: datetime) -> Scope:
    """A citizen's scope over what is their own: all of it."""
    grant = Grant(Actor(citizen_id, "citizen"), citizen_id, "record:copy", "self", "self", now)
    return Scope(citizen_id, "self", {"record:copy": grant}, OWN_ACTS, _gen("self", OWN_ACTS, ()), None)


def lent(session: Session, person_id: str, citizen_id: str, now: datetime) -> Scope | None:
    """A person's scope over somebody else's data; None when they may keep no copy."""
    if not citizens.exists(session, citizen_id):
        return None
    actor = Actor(person_id, "citizen")
    known, at = service.read_history(session, actor, citizen_id, now)
    words: tuple[str, ...] = ("offline:keep", *LENT_READS, *LENT_ACTS)
    decided = {word: service.decide_by(known, at, actor, word, "relative") for word in words}
    may = {word: each for word, each in decided.items() if each.decision.outcome == "permit"}
    shown = [word for word in LENT_READS if word in may]
    if "offline:keep" not in may or not shown:
        return None
    hides: dict[str, frozenset[str]] = {
        word: service.hidden_from(session, actor, citizen_id, may[word], "relative", (word,), now) for word in shown
    }
    reads: dict[str, Grant] = {
        word: replace(grant_of(actor, citizen_id, word, may[word], now), hides=hides[word]) for word in shown
    }
    relation: Relation = "guardian" if may["offline:keep"].decision.reason == "guardian" else "grant"
    takes = tuple(sorted(act for word in LENT_ACTS if word in may for act in LENT_ACTS[word]))
    reasons = [
        (word, each.decision.reason, *each.decision.events, each.sees is None, *sorted(hides.get(word, ())))
        for word, each in may.items()
    ]
    return Scope(citizen_id, relation, reads, takes, _gen(relation, takes, reasons), _horizon(known, words, at))


def lenders(session: Session, person_id: str) -> list[str]:
    """The citizens who ever granted this person something; whether it still holds is decided by ``lent``."""
    return [each for each in grantees.citizens_of(session, person_id) if each != person_id]


def lock(session: Session, citizen_ids: Iterable[str]) -> list[str]:
    """Hold these citizens' locks, in their order, until the transaction ends; returns those who are known."""
    known = [each for each in sorted(set(citizen_ids)) if citizens.exists(session, each)]
    for citizen_id in known:
        audit.lock(session, citizen_id)
    return known


def record_copy(session: Session, scope: Scope, now: datetime) -> None:
    """Write into the citizen's log that somebody else's device was told of what is theirs. The lock is held."""
    grant = next(iter(scope.reads.values()))
    entry = service.entry_of(grant.actor, "record:copy", "relative", grant.basis, "permitted", now)
    audit.append(session, scope.citizen_id, entry, now)


def record_refused_copy(session: Session, person_id: str, citizen_id: str, nonce: str, now: datetime) -> None:
    """Write into the citizen's log that a copy was refused, once for each ``nonce``. The lock is held."""
    if audit.find(session, citizen_id, nonce) is None:
        entry = service.entry_of(Actor(person_id, "citizen"), "record:copy", "relative", "none", "refused", now)
        audit.append(session, citizen_id, entry, now, nonce)


def note_grantees(session: Session, citizen_id: str, now: datetime) -> None:
    """Note to whom a citizen granted something before that was noted with each grant."""
    # To note is no reading for anybody; nothing of it leaves.
    asking = Grant(Actor(citizen_id, "citizen"), citizen_id, "consents:read", "operation", "decision", now)
    grantees.note(session, citizen_id, consent.read_events(session, asking))


def shelve_consents(session: Session, citizen_id: str, now: datetime) -> None:
    """Put on a citizen's shelf what was recorded about consents before it was put there; again, nothing changes."""
    lock(session, [citizen_id])
    # As above: what leaves is told to nobody but the citizen's own devices.
    asking = Grant(Actor(citizen_id, "citizen"), citizen_id, "consents:read", "operation", "decision", now)
    shelved.put_consents(session, asking, ledger.read_events(session, asking))
    for asked in requests.read_requests(session, asking):
        shelved.put_request(session, asking, asked)


def grant_of(actor: Actor, citizen_id: str, word: Action, decided: service.Decided, now: datetime) -> Grant:
    """A relative's grant, by the decision that it rests on. The lock is held."""
    purpose: Purpose = "relative"
    decision = decided.decision
    return Grant(actor, citizen_id, word, purpose, decision.reason, now, decision.events, decided.sees)


def _gen(relation: str, takes: Iterable[str], reasons: Iterable[tuple[object, ...]]) -> str:
    parts = [relation, *takes, *(str(part) for reason in reasons for part in (len(reason), *reason))]
    return hashlib.sha256(envelope.context("scope", *parts)).hexdigest()[:32]


def _horizon(known: History, words: Iterable[str], at: datetime) -> datetime | None:
    """The first instant after ``at`` at which a grant or block about these words, or an age, begins or ends."""
    found = [known.of_age_at, known.dead_from]
    for word in words:
        candidates: tuple[Candidate, ...] = (*known.grants.get(word, ()), *known.denies.get(word, ()))
        found += [edge for each in candidates for edge in (each.valid_from, each.valid_to)]
    return min((each for each in found if each is not None and each > at), default=None)
