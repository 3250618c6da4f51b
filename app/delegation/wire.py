"""Invitations as JSON, for their citizen and for the one who opened one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app import clock
from app.delegation import rules, texts
from app.delegation.invitation import Invitation, Offer


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
