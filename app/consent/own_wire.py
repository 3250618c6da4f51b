"""The citizen's own consents, blocks and the questions they were asked, as JSON."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app import clock
from app.consent import giving, shelved
from app.consent.giving import Standing
from app.consent.request import ConsentRequest


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
    names = {each.organisation: each.organisation_name for each in asked if each.paper is None}
    for each in standing:
        grantee = each.terms.event.grantee
        person = grantee.id if grantee is not None and grantee.type == "person" else None
        names.update({name: said for name, said in each.terms.names.items() if name != person})
    return names


def _standing(standing: Standing, ends_soon: bool) -> dict[str, Any]:
    said = shelved.own_content(standing.terms, standing.events)
    del said["valid_to"], said["seq"]
    last_day = giving.last_day(standing.terms.event)
    return {
        **said,
        "state": standing.state,
        "ends_soon": ends_soon,
        "valid_from": _time(said["valid_from"]),
        "last_day": last_day.isoformat() if last_day else None,
        "given_at": _time(said["given_at"]),
        "ended_at": clock.copenhagen_text(standing.ended_at) if standing.ended_at else None,
        "events": [{**each, "at": _time(each["at"])} for each in said["events"]],
    }


def _request(asked: ConsentRequest) -> dict[str, Any]:
    said = shelved.request_content(asked)
    return {**said, "asked_at": _time(said["asked_at"]), "answered_at": _time(said["answered_at"])}


def _time(instant: str | None) -> str | None:
    """An instant of the shelf as people read it."""
    return clock.copenhagen_text(datetime.fromisoformat(instant)) if instant else None
