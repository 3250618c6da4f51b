"""Record the consents that other systems hold, list them, and give the events that decide."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.consent import faults, imported, imported_text, ledger
from app.consent.consent import ImportedConsent
from app.consent.event import Event
from app.consent.imported import NUMBER, Version
from app.grant import Grant
from app.identity import citizens
from app.identity.person import Number
from app.records import freshness
from app.records import service as records
from app.records.item import OpenItem, Put
from app.vault import service as vault

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
    """An imported consent with its source, when that last said so, and since when it could not be asked.

    ``reason`` is the code of why it decides nothing here (app.consent.imported), None when it decides.
    """

    consent: ImportedConsent
    source: str
    fetched_at: datetime
    failing_since: datetime | None = None
    reason: str | None = None


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
            told = _told(item_id, each, present.versions if present else (), grant.citizen_id, now)
            puts.append(Put(CONSENT, item_id, source, _to_json(told)))
            standing[item_id] = told
    written = records.write(session, grant, puts, now)
    return len(written), len(consents) - len(written)


def read_consents(session: Session, grant: Grant) -> list[ListedConsent]:
    """All imported consents of the citizen, the latest given first."""
    if grant.action not in ACTIONS:
        raise errors.NotAllowed("This access does not cover consents.")
    heard = freshness.read(session, grant)
    own = {each.event.grant_id for each in ledger.read_events(session, grant)}
    listed = []
    for item in records.read(session, grant, CONSENT):
        consent = _from_json(item.content)
        reason = _reason(session, consent, own, grant.at)
        listed.append(_listed(consent, item, heard.get(item.source), reason))
    return sorted(listed, key=lambda each: each.consent.given_at or EARLIEST, reverse=True)


def read_events(session: Session, grant: Grant) -> list[Event]:
    """All the events that decide about the citizen: the ledger's, and those that imported consents count as.

    A copy of what stands in the ledger is none of them, nor is what names a person by an id that is nobody's here. The
    caller has decided that they may be read.
    """
    events = ledger.read_said(session, grant)
    own = {each.grant_id for each in events}
    for item in records.read(session, grant, CONSENT):
        consent = _from_json(item.content)
        if consent.id not in own:
            versions = [_without_strangers(session, each) for each in consent.versions]
            events += imported.events(item.id, grant.citizen_id, versions, lambda name: _person(session, name))
    return events


def _told(
    item_id: str, consent: ImportedConsent, versions: Sequence[Version], citizen_id: str, now: datetime
) -> ImportedConsent:
    """The consent with all that we ever knew of its terms. Terms that nobody could give here decide nothing."""
    made = imported.events(item_id, citizen_id, [Version(now, consent.terms)])
    if any(faults.fault(each, citizen_id) for each in made):
        consent = replace(consent, terms=(), reason="not_well_formed")
    followed = imported.follow(versions, consent.status, consent.terms, now)
    return replace(consent, versions=followed)


def _reason(session: Session, consent: ImportedConsent, own: set[str], at: datetime) -> str | None:
    if consent.id in own:
        return "given_here"
    if not consent.terms:
        return consent.reason or "not_read"
    if _has_strangers(session, Version(at, consent.terms)):
        return "person_unknown"
    is_over = all(each.valid_to is not None and each.valid_to <= at for each in consent.terms)
    return "expired" if is_over else None


def _without_strangers(session: Session, version: Version) -> Version:
    return replace(version, terms=()) if _has_strangers(session, version) else version


def _has_strangers(session: Session, version: Version) -> bool:
    """Whether terms name a person by an id of ours that is nobody's here. A number is somebody's in any case."""
    return any(
        not name.startswith(NUMBER) and not citizens.exists(session, name)
        for name in imported.persons_in(version.terms)
    )


def _person(session: Session, name: str) -> str:
    """Our id of the person whom terms name; for a number that nobody has here, an id that nobody has either."""
    if not name.startswith(NUMBER):
        return name
    kind, _, value = name.removeprefix(NUMBER).partition(":")
    return citizens.find(session, Number(value, kind)) or vault.of(session).blind.text("stranger", name)


def _listed(
    consent: ImportedConsent, item: OpenItem, heard: freshness.Freshness | None, reason: str | None
) -> ListedConsent:
    answered_at = heard.answered_at if heard else None
    fetched_at = max(item.fetched_at, answered_at) if answered_at else item.fetched_at
    return ListedConsent(consent, item.source, fetched_at, heard.failing_since if heard else None, reason)


def _to_json(consent: ImportedConsent) -> dict[str, Any]:
    content = asdict(replace(consent, terms=(), versions=()))
    del content["terms"]  # the last version has them
    for name in INSTANTS:
        content[name] = content[name] and content[name].isoformat()
    content["resource"] = dict(content["resource"])
    content["versions"] = imported_text.to_json(consent.versions)
    return content


def _from_json(content: Mapping[str, Any]) -> ImportedConsent:
    values = dict(content)
    for name in INSTANTS:
        # What was recorded before a value had its name here lacks it.
        values[name] = datetime.fromisoformat(values[name]) if values.get(name) else None
    for name in LISTS:
        values[name] = tuple(values.get(name) or ())
    versions = imported_text.from_json(values.get("versions") or ())
    return ImportedConsent(
        **{
            **values,
            "resource": tuple(values["resource"].items()),
            "terms": imported.terms_in(versions),
            "versions": versions,
        }
    )
