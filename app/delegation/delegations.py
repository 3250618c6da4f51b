"""Delegations as events of the citizen's list: begun by an invitation that was accepted, and replaced by new terms.

Invariant: what gives a relative anything is given by the citizen, by their invitation or by themselves; a relative says
yes, and nothing else. Of one pair there stands one delegation that was accepted at most. Invariant: what a citizen
takes away is gone at once, and nobody says yes in a relative's place: new terms open nothing before their yes.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app import clock, errors
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


def begin(session: Session, grant: Grant, invitation: Invitation, language: Language, issuer: Issuer) -> str:
    """Record what was offered and the relative's yes, each with its receipt, and end what stood between the two before.

    Returns the delegation's id.

    Needs a grant for delegation:answer of the one who opened it; the citizen's lock is held. Again, nothing changes.
    """
    invitations.demand(grant, "delegation:answer")
    offer, person_id = invitation.offer, grant.actor.id
    grant_id = vault.of(session).own_rows.text("delegation", invitation.id)
    if any(each.event.grant_id == grant_id for each in ledger.read_events(session, grant)):
        return grant_id
    _end_all(session, grant, between(session, grant, person_id), issuer)
    notice = texts.notice_of(offer.language, offer.actions, offer.last_day, offer.version)
    ledger.append(
        session,
        grant,
        terms_of(grant, grant_id, person_id, offer),
        issuer,
        notice=notice,
        names={person_id: offer.name},
    )
    _say_yes(session, grant, grant_id, offer, language, issuer)
    return grant_id


def change(session: Session, grant: Grant, grant_id: str, event_id: str, offer: Offer, issuer: Issuer) -> None:
    """Give new terms in place of a delegation's. The relative has to say yes to them; again, nothing changes.

    What stood goes on until that yes where the new terms take nothing away, and else ends at once. Needs a grant for
    delegation:change. Raises NotFound, Invalid, or WrongStep when the delegation has ended.
    """
    invitations.demand(grant, "delegation:change")
    known = giving.read_standing(session, grant)
    if any(each.terms.event.id == event_id for each in known):
        return
    old = find(known, grant_id)
    if old.state not in STANDING:
        raise errors.WrongStep("delegation_ended", "This has ended. Invite your relative again.")
    person = old.terms.event.grantee
    person_id = (person.id if person else None) or ""
    offer = replace(offer, name=old.terms.names.get(person_id, ""))
    invitations.demand_terms(replace(offer, name=offer.name or "-"), clock.civil_date(grant.at))
    others = between(session, grant, person_id)
    # Terms that nobody has said yes to are replaced by whatever comes after them.
    _end_all(session, grant, [each for each in others if each.state == "unaccepted" or takes_away(each, offer)], issuer)
    notice = texts.notice_of(offer.language, offer.actions, offer.last_day, offer.version)
    event = terms_of(grant, event_id, person_id, offer)
    ledger.append(session, grant, event, issuer, notice=notice, names={person_id: offer.name})


def agree(session: Session, grant: Grant, grant_id: str, language: Language, issuer: Issuer) -> Offer:
    """The relative's yes to new terms, which it returns; again, nothing changes. Needs delegation:answer.

    Raises NotFound, and WrongStep when they have ended meanwhile.
    """
    invitations.demand(grant, "delegation:answer")
    person_id = grant.actor.id
    asked = find(giving.read_standing(session, grant), grant_id, person_id)
    event, read = asked.terms.event, asked.terms.notice
    offer = Offer(
        asked.terms.names.get(person_id, ""),
        event.actions,
        giving.last_day(event) or clock.civil_date(grant.at),
        "en" if read is not None and read.language == "en" else "da",
    )
    if any(each.event.kind == "accept" for each in asked.events):
        return offer
    if asked.state != "unaccepted":
        raise errors.WrongStep("delegation_ended", "This has ended, and cannot be accepted any more.")
    others = [each for each in between(session, grant, person_id) if each.terms.event.grant_id != grant_id]
    _end_all(session, grant, others, issuer)
    _say_yes(session, grant, grant_id, offer, language, issuer)
    return offer


def renounce(session: Session, grant: Grant, grant_id: str, issuer: Issuer) -> None:
    """Give up what one was let do, at once and without a reason; again, nothing changes.

    Needs a grant for delegation:renounce of the relative. Raises NotFound.
    """
    invitations.demand(grant, "delegation:renounce")
    given = find(giving.read_standing(session, grant), grant_id, grant.actor.id)
    if given.state in STANDING:
        event_id = vault.of(session).own_rows.text("delegation given up", grant_id)
        ledger.append(
            session, grant, Event(event_id, grant.citizen_id, "withdraw", grant_id, grant.actor.id, grant.at), issuer
        )


def find(known: Sequence[Standing], grant_id: str, person_id: str | None = None) -> Standing:
    """The delegation of this id, to this person where one is named. Raises NotFound."""
    for each in known:
        event = each.terms.event
        is_theirs = person_id is None or event.grantee == Party("person", person_id)
        if each.concerns == "delegation" and event.grant_id == grant_id and is_theirs:
            return each
    raise errors.NotFound("There is no such delegation.")


def takes_away(standing: Standing, offer: Offer) -> bool:
    """Whether new terms lack something that these have: an action, or a day."""
    event = standing.terms.event
    last_day = giving.last_day(event)
    return not event.actions <= offer.actions or last_day is None or offer.last_day < last_day


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


def _end_all(session: Session, grant: Grant, ended: Sequence[Standing], issuer: Issuer) -> None:
    """End these in the citizen's name, whose new terms replace them."""
    for each in ended:
        old = each.terms.event.grant_id
        event_id = vault.of(session).own_rows.text("delegation over", old)
        ledger.append(
            session, grant, Event(event_id, grant.citizen_id, "supersede", old, grant.citizen_id, grant.at), issuer
        )


def _say_yes(session: Session, grant: Grant, grant_id: str, offer: Offer, language: Language, issuer: Issuer) -> None:
    event_id = vault.of(session).own_rows.text("delegation yes", grant_id)
    read = texts.notice_of(language, offer.actions, offer.last_day, offer.version)
    yes = Event(event_id, grant.citizen_id, "accept", grant_id, grant.actor.id, grant.at)
    ledger.append(session, grant, yes, issuer, notice=read)
