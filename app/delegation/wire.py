"""Invitations as JSON, for their citizen and for the one who opened one."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from app import clock
from app.consent import giving
from app.consent.event import ENDS, PAPER, Event
from app.consent.giving import Standing
from app.delegation import rules, texts
from app.delegation.invitation import Invitation, Offer
from app.delegation.notices import Notice
from app.records import wire as records


def own(invitations: Sequence[Invitation], now: datetime) -> dict[str, Any]:
    """A citizen's invitations."""
    return {"invitations": [_own(each, now) for each in invitations]}


def made(invitation: Invitation, code: str, now: datetime) -> dict[str, Any]:
    """An invitation that was just made, with its code."""
    return {"code": code, "invitation": _own(invitation, now)}


def opened(invitation: Invitation, citizen_name: str | None, now: datetime) -> dict[str, Any]:
    """An invitation as the one who opened it sees it: from whom, what it lets them do, and until when."""
    return {"citizen_name": citizen_name, **_said(invitation, now)}


def terms(offer: Offer) -> dict[str, Any]:
    """What a relative may do, and until which day, with the words that are read about it."""
    return {
        "actions": sorted(offer.actions),
        "last_day": offer.last_day.isoformat(),
        "texts": texts.read_by(offer.actions, offer.version),
    }


def delegations(
    standing: Sequence[Standing], paused_since: datetime | None, letters: Sequence[Notice]
) -> dict[str, Any]:
    """A citizen's delegations, since when all are paused, and what the citizen was written about them."""
    return {
        "paused_since": clock.copenhagen_text(paused_since) if paused_since else None,
        "delegations": [_delegation(each) for each in standing],
        "notices": [_notice(each) for each in letters],
    }


def words(actions: Collection[str]) -> dict[str, Any]:
    """What may be done, with the words that are read about it; what has no words here is left out."""
    known = rules.ACTIONS.intersection(actions)
    return {"actions": sorted(known), "texts": texts.read_by(known)}


def _notice(letter: Notice) -> dict[str, Any]:
    return {
        "about": letter.about,
        "what": letter.what,
        "subject": letter.subject,
        "paragraphs": list(letter.paragraphs),
        "made_at": clock.copenhagen_text(letter.made_at),
        "delivery": records.delivery(letter.delivery),
    }


def _delegation(standing: Standing) -> dict[str, Any]:
    event, last_day = standing.terms.event, giving.last_day(standing.terms.event)
    ended = next((each.event for each in standing.events if each.event.kind in ENDS), None)
    person = (event.grantee.id if event.grantee else None) or ""
    return {
        "grant_id": event.grant_id,
        "person": person,
        "name": standing.terms.names.get(person),
        "state": standing.state,
        "last_day": last_day.isoformat() if last_day else None,
        "given_at": clock.copenhagen_text(event.recorded_at),
        "ended_at": clock.copenhagen_text(standing.ended_at) if standing.ended_at else None,
        "ended_by": _by(ended) if ended else None,
        **words(event.actions),
    }


def _by(event: Event) -> str:
    if event.capacity == PAPER:
        return "paper"
    return "self" if event.given_by == event.citizen_id else "grantee"


def _own(invitation: Invitation, now: datetime) -> dict[str, Any]:
    stand = invitation.stand
    return {
        "name": invitation.offer.name,
        "misses": stand.misses,
        "made_at": clock.copenhagen_text(invitation.made_at),
        "moved_at": clock.copenhagen_text(invitation.moved_at),
        **_said(invitation, now),
    }


def _said(invitation: Invitation, now: datetime) -> dict[str, Any]:
    return {
        "id": invitation.id,
        "state": rules.state_at(invitation.stand, now),
        "expires_at": clock.copenhagen_text(invitation.stand.expires_at),
        **terms(invitation.offer),
    }
