"""Let a relative in by two facts: the code that the citizen gave them, and the citizen's date of birth.

Invariant: whoever lacks one of them learns nothing, not even whether there is such an invitation; each wrong pair
counts, under the citizen's lock, before the next one is looked at. What stands in an invitation is read by its citizen
and by the one who opened it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app import errors
from app.access import service as access
from app.audit import service as audit
from app.consent.ledger import Issuer
from app.consent.templates import Language
from app.delegation import delegations, invitations, notices, rules
from app.delegation.invitation import Invitation, Offer
from app.delegation.notices import Post
from app.grant import Actor, Grant
from app.identity import people


@dataclass(frozen=True)
class Opened:
    """An invitation as the one who opened it sees it: what is offered, and by whom."""

    invitation: Invitation
    citizen_name: str | None


def invite(session: Session, actor: Actor, citizen_id: str, offer: Offer, now: datetime) -> tuple[Invitation, str]:
    """Make an invitation; returns it with its code. Raises Invalid, NotAllowed or WrongStep.

    Who is under 15 gives nobody anything, and whose birth date is not known has no second fact.
    """
    grant = access.open_record(session, actor, citizen_id, "delegation:invite", "self", now)
    life = access.read_life(session, actor, citizen_id, now)
    if life.of_age_at is None:
        raise errors.WrongStep("birth_unknown", "Your date of birth is not known here, so nobody can be invited.")
    if now < life.of_age_at:
        raise errors.WrongStep("too_young", "You can invite somebody yourself from the day you turn 15.")
    return invitations.invite(session, grant, offer)


def open_by_facts(
    session: Session, actor: Actor, code: str, born: date, now: datetime, post: Post | None = None
) -> Opened | None:
    """Open an invitation; None when the facts do not fit one that is open, and then a try is counted, to be kept.

    The citizen is written to when that closes it. Raises WrongStep for the citizen's own.
    """
    found = invitations.citizen_of(session, code)
    if found is None:
        return None
    citizen_id, invitation_id = found
    if citizen_id == actor.id:
        raise errors.WrongStep("invitation_own", invitations.STEPS["invitation_own"])
    audit.lock(session, citizen_id)
    stand = invitations.stand_of(session, invitation_id)
    life = access.read_life(session, actor, citizen_id, now)
    is_open = rules.state_at(stand, now) in rules.LIVE and stand.person_id in (None, actor.id)
    if not (is_open and life.born == born and not life.is_dead_at(now)):
        refused = access.entry_of(actor, "delegation:open", "relative", "none", "refused", now)
        audit.append(session, citizen_id, refused, now)
        closed = invitations.miss(session, invitation_id, actor.id, now)
        if closed is not None and post is not None:
            notices.tell(session, access.asking(actor, citizen_id, now), "closed", closed.id, closed.offer, post)
        return None
    grant = access.open_to_relative(session, actor, citizen_id, "delegation:open", "invitation", now)
    return _opened(session, grant, invitations.step(session, grant, invitation_id, "open"))


def answer(
    session: Session,
    actor: Actor,
    invitation_id: str,
    now: datetime,
    issuer: Issuer,
    *,
    is_yes: bool,
    language: Language,
    post: Post | None = None,
) -> Opened:
    """Say yes or no to an invitation that one has opened; the same again changes nothing. No reason is asked.

    Raises NotFound for any other, and WrongStep when it is over or was answered otherwise.
    """
    citizen_id = invitations.opened_by(session, actor.id, invitation_id)
    audit.lock(session, citizen_id)
    if access.read_life(session, actor, citizen_id, now).is_dead_at(now):
        raise errors.NotFound("There is no such invitation.")
    nonce = f"invitation {invitation_id} {'yes' if is_yes else 'no'}"
    grant = access.open_to_relative(session, actor, citizen_id, "delegation:answer", "invitation", now, nonce)
    answered = invitations.step(session, grant, invitation_id, "accept" if is_yes else "refuse")
    if is_yes:
        grant_id = delegations.begin(session, grant, answered, language, issuer)
        if post is not None:
            notices.tell(session, grant, "accepted", grant_id, answered.offer, post)
    return _opened(session, grant, answered)


def _opened(session: Session, grant: Grant, invitation: Invitation) -> Opened:
    # The name alone leaves: never the address, and never that it is protected.
    return Opened(invitation, people.read_person(session, grant).name)
