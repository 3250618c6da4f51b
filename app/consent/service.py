"""Record the consents that other systems hold, list them, and give the events that decide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.consent import faults, grantees, imported, imported_text, ledger
from app.consent.consent import ImportedConsent
from app.consent.event import Event
from app.consent.imported import NUMBER, Version
from app.grant import Grant
from app.identity import citizens
from app.identity.person import Number
from app.records import freshness
from app.records import service as records
from app.records.item import OpenItem, Put, as_such, unknown
from app.records.restores import RESTORE

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
# Statuses of what does not hold any more, and what its source never says of what holds.
OVER = ("inactive", "entered-in-error")
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
    newest: dict[str, ImportedConsent] = {}
    for each in consents:
        item_id = f"{source}/{each.id}"
        known = newest.get(item_id) or standing.get(item_id)
        if known is None or _is_news(each, known):
            newest[item_id] = replace(each, as_of=_later(each, known) if known else each.as_of)
    puts = []
    for item_id, each in newest.items():
        known = standing.get(item_id)
        told = _told(session, item_id, each, known.versions if known else (), grant.citizen_id, now)
        grantees.note(session, grant.citizen_id, imported.events(item_id, grant.citizen_id, told.versions))
        puts.append(Put(CONSENT, item_id, source, _to_json(told)))
    written = records.write(session, grant, puts, now)
    return len(written), len(consents) - len(written)


def read_consents(session: Session, grant: Grant) -> list[ListedConsent]:
    """All imported consents of the citizen, the latest given first."""
    if grant.action not in ACTIONS:
        raise errors.NotAllowed("This access does not cover consents.")
    heard = freshness.read(session, grant)
    items = records.read(session, grant, CONSENT)
    own = {each.grant_id for each in ledger.read_said(session, grant)} if items else set()
    listed = []
    for item in items:
        consent = _from_json(item.content)
        listed.append(_listed(consent, item, heard.get(item.source), _reason(consent, own, grant.at)))
    return sorted(listed, key=lambda each: each.consent.given_at or EARLIEST, reverse=True)


def read_events(session: Session, grant: Grant) -> list[Event]:
    """All the events that decide about the citizen: the ledger's, and those that imported consents count as.

    A copy of what stands in the ledger is none of them. On a shelf that was closed after a restore no grant is, for
    what was withdrawn since that backup would hold again; blocks are. The caller has decided that they may be read. Two
    statements, whatever there is: their count must tell nothing.
    """
    events = ledger.read_said(session, grant)
    own = {each.grant_id for each in events}
    found = records.read_together(session, grant, {CONSENT: unknown, RESTORE: as_such})
    for item in found[CONSENT]:
        if own.isdisjoint((item.content["id"], item.content.get("copy_of"))):
            versions = imported_text.from_json(item.content.get("versions") or ())
            events += imported.events(item.id, grant.citizen_id, versions)
    return [each for each in events if each.kind != "grant"] if found[RESTORE] else events


def _is_news(told: ImportedConsent, known: ImportedConsent) -> bool:
    """Whether what a source says takes the place of what it said before, whichever of them came first.

    What is over stays over until the source says otherwise at a later time; that it is over counts even undated.
    """
    is_over = told.status in OVER
    if is_over and told.undated:
        return True
    at, known_at = told.as_of or EARLIEST, known.as_of or EARLIEST
    return at > known_at or (at == known_at and (is_over or known.status not in OVER))


def _later(one: ImportedConsent, other: ImportedConsent) -> datetime | None:
    return max((each.as_of for each in (one, other) if each.as_of), default=None)


def _told(
    session: Session,
    item_id: str,
    consent: ImportedConsent,
    versions: Sequence[Version],
    citizen_id: str,
    now: datetime,
) -> ImportedConsent:
    """The consent with all that we ever knew of its terms. Terms that nobody could give here decide nothing."""
    known = _known_here(session, imported.persons_in(consent.terms))
    terms = imported.naming(consent.terms, lambda name: known.get(name) or name)
    made = imported.events(item_id, citizen_id, [Version(now, terms)])
    consent = replace(consent, terms=terms)
    if None in known.values():
        consent = replace(consent, terms=(), reason="person_unknown")
    elif any(faults.fault(each, citizen_id) for each in made):
        consent = replace(consent, terms=(), reason="not_well_formed")
    followed = imported.follow(versions, consent.status, consent.terms, now)
    return replace(consent, versions=followed)


def _reason(consent: ImportedConsent, own: set[str], at: datetime) -> str | None:
    if not own.isdisjoint((consent.id, consent.copy_of)):
        return "given_here"
    if not consent.terms:
        return consent.reason or "not_read"
    is_over = all(each.valid_to is not None and each.valid_to <= at for each in consent.terms)
    return "expired" if is_over else None


def _known_here(session: Session, names: Iterable[str]) -> dict[str, str | None]:
    """Our ids of the persons whom terms name by a number or by such an id; None of one who is nobody here."""
    known: dict[str, str | None] = {}
    for name in names:
        if name.startswith(NUMBER):
            kind, _, value = name.removeprefix(NUMBER).partition(":")
            known[name] = citizens.find(session, Number(value, kind))
        else:
            known[name] = name if citizens.exists(session, name) else None
    return known


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
