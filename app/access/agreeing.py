"""What a relative was let do, for themselves: to see it, to say yes to new terms, and to give it up.

Invariant: only the one who is named in a delegation does any of it, under the citizen's lock, with an entry in the log.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app import clock, errors
from app.access import service as access
from app.audit import service as audit
from app.consent import giving, grantees
from app.consent.giving import Standing
from app.consent.ledger import Issuer
from app.consent.templates import Language
from app.delegation import delegations, notices, rules
from app.delegation.notices import Post
from app.grant import Action, Actor, Grant
from app.identity import citizens, people


@dataclass(frozen=True)
class Held:
    """What somebody was let do for a citizen.

    ``now`` are the actions that they may do at this instant, which may be none, and nobody is told why.
    """

    citizen_id: str
    citizen_name: str | None
    grant_id: str
    actions: frozenset[str]
    last_day: date | None
    is_accepted: bool
    now: frozenset[str]


def read_held(session: Session, actor: Actor, now: datetime) -> list[Held]:
    """Whom somebody may help, or may once they say yes to it. The citizens' logs tell of it once a day."""
    found: list[Held] = []
    for citizen_id in grantees.citizens_of(session, actor.id):
        if citizen_id == actor.id or not citizens.exists(session, citizen_id):
            continue
        audit.lock(session, citizen_id)
        if access.read_life(session, actor, citizen_id, now).is_dead_at(now):
            continue
        known, at = access.read_history(session, actor, citizen_id, now)
        decided = {word: access.decide_by(known, at, actor, word, "relative").decision for word in rules.ACTIONS}
        may = frozenset(word for word, each in decided.items() if each.outcome == "permit")
        nonce = f"held {actor.id} {clock.civil_date(now)}"
        if any(delegations.between(session, access.asking(actor, citizen_id, now), actor.id)):
            grant = access.open_to_relative(session, actor, citizen_id, "delegation:hold", "delegation", now, nonce)
            name = people.read_person(session, grant).name
            found += [_held(grant, name, each, may) for each in delegations.between(session, grant, actor.id)]
    return found


def agree(
    session: Session,
    actor: Actor,
    citizen_id: str,
    grant_id: str,
    language: Language,
    issuer: Issuer,
    now: datetime,
    post: Post | None = None,
) -> None:
    """Say yes to new terms. Raises NotFound for whom they do not name, and WrongStep when they have ended."""
    grant = _open(session, actor, citizen_id, grant_id, "delegation:answer", now)
    offer = delegations.agree(session, grant, grant_id, language, issuer)
    if post is not None:
        notices.tell(session, grant, "changed", grant_id, offer, post)


def renounce(session: Session, actor: Actor, citizen_id: str, grant_id: str, issuer: Issuer, now: datetime) -> None:
    """Give it up, at once and without a reason. Raises NotFound for whom it does not name."""
    grant = _open(session, actor, citizen_id, grant_id, "delegation:renounce", now)
    delegations.renounce(session, grant, grant_id, issuer)


def _open(session: Session, actor: Actor, citizen_id: str, grant_id: str, action: Action, now: datetime) -> Grant:
    if citizen_id not in grantees.citizens_of(session, actor.id):
        raise errors.NotFound("There is no such delegation.")
    audit.lock(session, citizen_id)
    is_over = action == "delegation:answer" and access.read_life(session, actor, citizen_id, now).is_dead_at(now)
    known = giving.read_standing(session, access.asking(actor, citizen_id, now))
    delegations.find(known, "" if is_over else grant_id, actor.id)
    nonce = f"{action} {grant_id}"
    return access.open_to_relative(session, actor, citizen_id, action, "delegation", now, nonce)


def _held(grant: Grant, name: str | None, standing: Standing, may: frozenset[str]) -> Held:
    event = standing.terms.event
    is_accepted = standing.state != "unaccepted"
    return Held(
        grant.citizen_id,
        name,
        event.grant_id,
        event.actions,
        giving.last_day(event),
        is_accepted,
        event.actions & may if is_accepted else frozenset(),
    )
