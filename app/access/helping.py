"""Whom somebody helps: the citizens who let them do something now, and what.

Invariant: a citizen is named to somebody only while a consent of theirs, or custody, lets that person read something,
and their log says that they were named, once for each ``nonce``. Whose help is paused or over is left out alike.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.access import scope, service
from app.access.scope import Relation
from app.access.service import Decided
from app.audit import service as audit
from app.consent.event import ACTIONS
from app.consent.history import History
from app.grant import Actor
from app.identity import people

# What a relative can be let do, and what of it lets them see anything.
WORDS = tuple(sorted(ACTIONS - {"consent:status"}))
READS = tuple(word for word in WORDS if word.endswith(":read"))


@dataclass(frozen=True)
class Helped:
    """A citizen whom somebody helps: what they may do, and the first instant at which some of that is over."""

    citizen_id: str
    name: str | None
    relation: Relation
    actions: tuple[str, ...]
    until: datetime | None


def helps(session: Session, person_id: str) -> bool:
    """Whether anybody ever let this person do something; whether it still holds is said by ``helped``."""
    return bool(scope.lenders(session, person_id))


def helped(session: Session, person_id: str, now: datetime, nonce: str) -> list[Helped]:
    """The citizens whom this person helps now, by name. Their locks are held until the transaction ends."""
    known = scope.lock(session, scope.lenders(session, person_id))
    found = [each for citizen_id in known if (each := _helped(session, person_id, citizen_id, now, nonce))]
    return sorted(found, key=lambda each: (each.name or "", each.citizen_id))


def nonce_of(token: str) -> str:
    """What names a login in the logs of those who are helped; it does not lead back to the login."""
    return "helped " + hashlib.sha256(b"helped\0" + token.encode()).hexdigest()[:32]


def _helped(session: Session, person_id: str, citizen_id: str, now: datetime, nonce: str) -> Helped | None:
    actor = Actor(person_id, "citizen")
    known, at = service.read_history(session, actor, citizen_id, now)
    decided = {word: service.decide_by(known, at, actor, word, "relative") for word in WORDS}
    may = {word: each for word, each in decided.items() if each.decision.outcome == "permit"}
    by = next((may[word] for word in READS if word in may), None)
    if by is None:
        return None
    reason = by.decision.reason
    if audit.find(session, citizen_id, nonce) is None:
        entry = service.entry_of(actor, "person:read", "relative", reason, "permitted", now)
        audit.append(session, citizen_id, entry, now, nonce)
    grant = scope.grant_of(actor, citizen_id, "person:read", by, now)
    # The name alone leaves: never the address, and never that it is protected.
    name = people.read_person(session, grant).name
    relation: Relation = "guardian" if reason == "guardian" else "grant"
    return Helped(citizen_id, name, relation, tuple(sorted(may)), _until(known, may))


def _until(known: History, may: Mapping[str, Decided]) -> datetime | None:
    """When the first of what they may do is over, by what decides now."""
    ends = [end for word, each in may.items() if (end := _end_of(known, word, each)) is not None]
    return min(ends, default=None)


def _end_of(known: History, word: str, decided: Decided) -> datetime | None:
    if decided.decision.reason == "guardian":
        return known.of_age_at
    reasons = set(decided.decision.events)
    ends = [each.valid_to for each in known.grants.get(word, ()) if reasons.intersection(each.names)]
    return max((end for end in ends if end is not None), default=None)
