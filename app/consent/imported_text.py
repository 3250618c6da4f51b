"""The versions of an imported consent as JSON values, for the item that keeps them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.consent.event import Limit, Party
from app.consent.imported import ImportedTerms, Version


def to_json(versions: Sequence[Version]) -> list[dict[str, Any]]:
    """The versions, in which equal ones are equal JSON."""
    return [
        {
            "recorded_at": each.recorded_at.isoformat(),
            "terms": [_terms(terms) for terms in each.terms],
            "ended_at": _text(each.ended_at),
            "end": each.end,
            "void_at": _text(each.void_at),
        }
        for each in versions
    ]


def from_json(content: Sequence[Mapping[str, Any]]) -> tuple[Version, ...]:
    """The inverse of to_json."""
    return tuple(
        Version(
            datetime.fromisoformat(each["recorded_at"]),
            tuple(_read(terms) for terms in each["terms"]),
            _instant(each["ended_at"]),
            each["end"],
            _instant(each["void_at"]),
        )
        for each in content
    )


def _terms(terms: ImportedTerms) -> dict[str, Any]:
    limit = terms.limit
    return {
        "kind": terms.kind,
        "grantee": _party(terms.grantee),
        "exceptions": [_party(each) for each in terms.exceptions],
        "actions": sorted(terms.actions),
        "purposes": sorted(terms.purposes),
        "limit": [limit.organisation, _text(limit.first), _text(limit.last)] if limit else None,
        "valid_from": _text(terms.valid_from),
        "valid_to": _text(terms.valid_to),
        "accepted": terms.accepted,
    }


def _read(said: Mapping[str, Any]) -> ImportedTerms:
    limit = said["limit"]
    return ImportedTerms(
        kind=said["kind"],
        grantee=Party(*said["grantee"]),
        exceptions=tuple(Party(*each) for each in said["exceptions"]),
        actions=frozenset(said["actions"]),
        purposes=frozenset(said["purposes"]),
        limit=Limit(limit[0], _day(limit[1]), _day(limit[2])) if limit else None,
        valid_from=_instant(said["valid_from"]),
        valid_to=_instant(said["valid_to"]),
        accepted=said["accepted"],
    )


def _party(party: Party) -> list[str | None]:
    return [party.type, party.id, party.organisation]


def _text(at: date | None) -> str | None:
    return at.isoformat() if at else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
