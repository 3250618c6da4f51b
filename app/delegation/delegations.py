"""Delegations as events of the citizen's list: begun by an invitation that was accepted, and replaced by new terms.

Invariant: what gives a relative anything is given by the citizen, by their invitation or by themselves; a relative says
yes, and nothing else. Of one pair there stands one delegation at most.
"""

from sqlalchemy.orm import Session

from app import clock
from app.consent import giving, ledger
from app.consent.event import Event, Party
from app.consent.giving import Standing
from app.consent.ledger import Issuer
from app.consent.templates import Language
from app.delegation import invitations, texts
from app.delegation.invitation import Invitation, Offer
from app.grant import Grant
from app.vault import service as vault

STANDING = ("now", "ahead", "unaccepted")


def begin(session: Session, grant: Grant, invitation: Invitation, language: Language, issuer: Issuer) -> None:
    """Record what was offered and the relative's yes, each with its receipt, and end what stood between the two before.

    Needs a grant for delegation:answer of the one who opened it; the citizen's lock is held. Again, nothing changes.
    """
    invitations.demand(grant, "delegation:answer")
    offer, citizen_id, person_id = invitation.offer, grant.citizen_id, grant.actor.id
    ids = vault.of(session).own_rows
    grant_id = ids.text("delegation", invitation.id)
    if any(each.event.grant_id == grant_id for each in ledger.read_events(session, grant)):
        return
    for standing in between(session, grant, person_id):
        old = standing.terms.event.grant_id
        over = Event(ids.text("delegation over", grant_id, old), citizen_id, "supersede", old, citizen_id, grant.at)
        ledger.append(session, grant, over, issuer)
    notice = texts.notice_of(offer.language, offer.actions, offer.last_day, offer.version)
    ledger.append(
        session,
        grant,
        terms_of(grant, grant_id, person_id, offer),
        issuer,
        notice=notice,
        names={person_id: offer.name},
    )
    yes = Event(ids.text("delegation yes", grant_id), citizen_id, "accept", grant_id, person_id, grant.at)
    read = texts.notice_of(language, offer.actions, offer.last_day, offer.version)
    ledger.append(session, grant, yes, issuer, notice=read)


def between(session: Session, grant: Grant, person_id: str) -> list[Standing]:
    """The delegations of the citizen to this person that have not ended: one at most, but for what others recorded."""
    return [
        each
        for each in giving.read_standing(session, grant)
        if each.concerns == "delegation"
        and each.state in STANDING
        and each.terms.event.grantee == Party("person", person_id)
    ]


def terms_of(grant: Grant, grant_id: str, person_id: str, offer: Offer) -> Event:
    """The terms as the citizen's event, from now to the end of the last day."""
    return Event(
        id=grant_id,
        citizen_id=grant.citizen_id,
        kind="grant",
        grant_id=grant_id,
        given_by=grant.citizen_id,
        recorded_at=grant.at,
        grantee=Party("person", person_id),
        actions=offer.actions,
        purposes=frozenset({"relative"}),
        valid_from=grant.at,
        valid_to=clock.end_of(offer.last_day),
    )
