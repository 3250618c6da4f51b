"""The citizen's own consents, blocks and the questions they were asked, as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app import clock
from app.consent import giving, templates
from app.consent.event import Limit, Party
from app.consent.giving import Standing
from app.consent.ledger import Recorded
from app.consent.requests import ConsentRequest
from app.consent.templates import Template


def own(standing: Sequence[Standing], asked: Sequence[ConsentRequest], now: datetime) -> dict[str, Any]:
    """What the citizen has given and blocked, what they are asked, and the organisations that they know from it."""
    soon = {each.terms.event.grant_id for each in giving.expiring(list(standing), now)}
    return {
        "own": [_standing(each, each.terms.event.grant_id in soon) for each in standing],
        # What was asked on paper waits for no answer here; once it is approved it is among the consents.
        "requests": [_request(each) for each in asked if each.paper is None],
        "organisations": [
            {"id": organisation, "name": name} for organisation, name in sorted(known(standing, asked).items())
        ],
    }


def known(standing: Iterable[Standing], asked: Iterable[ConsentRequest]) -> dict[str, str]:
    """The organisations that have to do with the citizen's consents, by identifier, with the names they go by."""
    names = {each.organisation: each.organisation_name for each in asked}
    for each in standing:
        names.update(each.terms.names)
    return names


def texts(template: Template) -> dict[str, Any]:
    """A template's words in every language."""
    return {language: asdict(text) for language, text in template.texts.items()}


def _standing(standing: Standing, ends_soon: bool) -> dict[str, Any]:
    event, notice = standing.terms.event, standing.terms.notice
    names = standing.terms.names
    last_day = giving.last_day(event)
    template = templates.find(notice.id, int(notice.version)) if notice and notice.id and notice.version else None
    return {
        "grant_id": event.grant_id,
        "concerns": standing.concerns,
        "state": standing.state,
        "ends_soon": ends_soon,
        "grantee": _party(event.grantee, names),
        "exceptions": [_party(each, names) for each in event.exceptions],
        "actions": sorted(event.actions),
        "purposes": sorted(event.purposes),
        "data": _limit(event.limit, names),
        "valid_from": _time(event.valid_from),
        "last_day": last_day.isoformat() if last_day else None,
        "given_at": _time(event.recorded_at),
        "ended_at": _time(standing.ended_at),
        "texts": texts(template) if template else None,
        "events": [_event(each) for each in standing.events],
    }


def _event(recorded: Recorded) -> dict[str, Any]:
    event = recorded.event
    by = "paper" if event.capacity == "paper" else "self" if event.given_by == event.citizen_id else "grantee"
    return {
        "id": event.id,
        "kind": event.kind,
        "by": by,
        "at": _time(event.recorded_at),
        "receipt": recorded.receipt,
    }


def _request(asked: ConsentRequest) -> dict[str, Any]:
    template = templates.find(asked.template, asked.version)
    return {
        "id": asked.id,
        "organisation": asked.organisation,
        "organisation_name": asked.organisation_name,
        "template": asked.template,
        "version": asked.version,
        "since": template.since.isoformat(),
        "texts": texts(template),
        "actions": sorted(template.actions),
        "purpose": asked.purpose,
        "case_number": asked.case_number,
        "last_day": asked.last_day.isoformat(),
        "asked_at": _time(asked.asked_at),
        "answer": asked.answer,
        "answered_at": _time(asked.answered_at),
        "grant_id": asked.grant_id,
    }


def _party(party: Party | None, names: Mapping[str, str]) -> dict[str, Any] | None:
    if party is None:
        return None
    return {**asdict(party), "name": names.get(party.organisation or "")}


def _limit(limit: Limit | None, names: Mapping[str, str]) -> dict[str, Any] | None:
    if limit is None:
        return None
    return {
        "organisation": limit.organisation,
        "name": names.get(limit.organisation or ""),
        "from": limit.first.isoformat() if limit.first else None,
        "to": limit.last.isoformat() if limit.last else None,
    }


def _time(at: datetime | None) -> str | None:
    return clock.copenhagen_text(at) if at else None
