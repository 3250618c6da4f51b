"""Imported consents as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app import clock
from app.consent.imported import REASONS
from app.consent.service import ListedConsent


def consents(listed: Sequence[ListedConsent]) -> dict[str, Any]:
    """The list of consents: what each says, from which source and since when we know it."""
    return {"consents": [_consent(each) for each in listed]}


def _consent(listed: ListedConsent) -> dict[str, Any]:
    consent = listed.consent
    return {
        "id": consent.id,
        "status": consent.status,
        "decision": consent.decision,
        "scope": consent.scope,
        "category": consent.category,
        "given_at": _time(consent.given_at),
        "valid_from": _time(consent.valid_from),
        "valid_to": _time(consent.valid_to),
        "actors": list(consent.actors),
        "purposes": list(consent.purposes),
        "actions": list(consent.actions),
        "data": list(consent.data),
        "data_from": _time(consent.data_from),
        "data_to": _time(consent.data_to),
        "exceptions": consent.exceptions,
        "source": listed.source,
        "as_of": _time(consent.as_of),
        "fetched_at": _time(listed.fetched_at),
        "not_fetched_since": _time(listed.failing_since),
        "decides": listed.reason is None,
        "reason": listed.reason,
        "reason_text": REASONS[listed.reason] if listed.reason else None,
    }


def _time(at: datetime | None) -> str | None:
    return clock.copenhagen_text(at) if at else None
