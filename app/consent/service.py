"""Record the consents that other systems hold, and list them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.consent.consent import ImportedConsent
from app.grant import Grant
from app.records import freshness
from app.records import service as records
from app.records.item import OpenItem, Put

CONSENT = "consent"
# Whoever changes their own consents is shown all of them afterwards.
ACTIONS = (
    "consents:read",
    "record:export",
    "consents:give",
    "consents:refuse",
    "consents:withdraw",
    "consents:block",
)
EARLIEST = datetime.min.replace(tzinfo=UTC)
INSTANTS = ("given_at", "valid_from", "valid_to", "data_from", "data_to", "as_of")
LISTS = ("actors", "purposes", "actions", "data")


@dataclass(frozen=True)
class ListedConsent:
    """An imported consent with its source, when that last said so, and since when it could not be asked."""

    consent: ImportedConsent
    source: str
    fetched_at: datetime
    failing_since: datetime | None = None


def record_consents(
    session: Session, grant: Grant, source: str, consents: Sequence[ImportedConsent], now: datetime
) -> tuple[int, int]:
    """Record consents as their source says them; an older version changes nothing.

    Returns how many were written and how many changed nothing.
    """
    if not consents:
        return 0, 0
    standing = {item.id: _from_json(item.content) for item in records.read(session, grant, CONSENT)}
    puts = []
    for each in consents:
        item_id = f"{source}/{each.id}"
        present = standing.get(item_id)
        if present is None or (each.as_of or EARLIEST) >= (present.as_of or EARLIEST):
            puts.append(Put(CONSENT, item_id, source, _to_json(each)))
            standing[item_id] = each
    written = records.write(session, grant, puts, now)
    return len(written), len(consents) - len(written)


def read_consents(session: Session, grant: Grant) -> list[ListedConsent]:
    """All imported consents of the citizen, the latest given first."""
    if grant.action not in ACTIONS:
        raise errors.NotAllowed("This access does not cover consents.")
    heard = freshness.read(session, grant)
    listed = [_listed(item, heard.get(item.source)) for item in records.read(session, grant, CONSENT)]
    return sorted(listed, key=lambda each: each.consent.given_at or EARLIEST, reverse=True)


def _listed(item: OpenItem, heard: freshness.Freshness | None) -> ListedConsent:
    answered_at = heard.answered_at if heard else None
    fetched_at = max(item.fetched_at, answered_at) if answered_at else item.fetched_at
    return ListedConsent(_from_json(item.content), item.source, fetched_at, heard.failing_since if heard else None)


def _to_json(consent: ImportedConsent) -> dict[str, Any]:
    content = asdict(consent)
    for name in INSTANTS:
        content[name] = content[name] and content[name].isoformat()
    content["resource"] = dict(content["resource"])
    return content


def _from_json(content: Mapping[str, Any]) -> ImportedConsent:
    values = dict(content)
    for name in INSTANTS:
        # What was recorded before a value had its name here lacks it.
        values[name] = datetime.fromisoformat(values[name]) if values.get(name) else None
    for name in LISTS:
        values[name] = tuple(values.get(name) or ())
    return ImportedConsent(**{**values, "resource": tuple(values["resource"].items())})
