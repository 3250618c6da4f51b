"""What a citizen gave, blocked and is asked as items of their shelf: devices have it, and a restore that lost it shows.

Invariant: what is recorded is put on the shelf in the same transaction. Invariant: an item says nothing that time alone
changes, so that a device can make of it later what the server makes of it then (``own_wire``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from app.consent import recorded, templates
from app.consent.event import PAPER, TERMS, Limit, Party
from app.consent.models import ConsentEventRow, ConsentRequestRow
from app.consent.receipt import Notice
from app.consent.recorded import Recorded
from app.consent.request import ConsentRequest
from app.consent.templates import Template
from app.grant import Grant
from app.records import marking
from app.records import service as records
from app.records.item import Put

OWN_CONSENT, CONSENT_REQUEST = "own_consent", "consent_request"


def put_consents(session: Session, grant: Grant, events: Sequence[Recorded]) -> None:
    """Let the shelf say what all these events of the citizen say, an item for each consent, delegation and block."""
    puts = []
    for terms in (each for each in events if each.event.kind in TERMS):
        about = [each for each in events if each.event.grant_id == terms.event.grant_id]
        puts.append(Put(OWN_CONSENT, terms.event.grant_id, "self", own_content(terms, about)))
    records.write(session, grant, puts, grant.at)


def put_request(session: Session, grant: Grant, asked: ConsentRequest) -> None:
    """Let the shelf say what an authority asks, and the answer. What was asked on paper waits for none here."""
    if asked.paper is None:
        records.write(session, grant, [Put(CONSENT_REQUEST, asked.id, "self", request_content(asked))], grant.at)


def missing(session: Session) -> list[str]:
    """Whose shelf says nothing about consents although something is recorded, sorted; from before it was put there."""
    recorded_of = union(select(ConsentEventRow.citizen_id), select(ConsentRequestRow.citizen_id))
    citizens = session.scalars(recorded_of.order_by("citizen_id")).all()
    return marking.lacking(session, citizens, (OWN_CONSENT, CONSENT_REQUEST))


def own_content(terms: Recorded, about: Sequence[Recorded]) -> dict[str, Any]:
    """A consent, delegation or block with every event about it. Instants are ISO 8601 in UTC.

    ``seq`` is its place in the citizen's list, by which the latest recorded is told first.
    """
    event, names = terms.event, terms.names
    return {
        "seq": terms.seq,
        "grant_id": event.grant_id,
        "concerns": recorded.concern_of(event),
        "grantee": _party(event.grantee, names),
        "exceptions": [_party(each, names) for each in event.exceptions],
        "actions": sorted(event.actions),
        "purposes": sorted(event.purposes),
        "data": _limit(event.limit, names),
        "valid_from": _instant(event.valid_from),
        "valid_to": _instant(event.valid_to),
        "given_at": _instant(event.recorded_at),
        "texts": _read(terms.notice),
        "events": [_event(each) for each in about],
    }


def request_content(asked: ConsentRequest) -> dict[str, Any]:
    """What an authority asks, in the words that the citizen reads, and the answer. Instants are ISO 8601 in UTC."""
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
        "asked_at": _instant(asked.asked_at),
        "answer": asked.answer,
        "answered_at": _instant(asked.answered_at),
        "grant_id": asked.grant_id,
    }


def texts(template: Template) -> dict[str, Any]:
    """A template's words in every language."""
    return {language: asdict(text) for language, text in template.texts.items()}


def _read(notice: Notice | None) -> dict[str, Any] | None:
    """The words of the text that was read, where it is one of those that authorities ask with."""
    said = (notice.id, notice.version) if notice else None
    template = next((each for each in templates.published() if (each.id, str(each.version)) == said), None)
    return texts(template) if template else None


def _event(each: Recorded) -> dict[str, Any]:
    event = each.event
    by = "paper" if event.capacity == PAPER else "self" if event.given_by == event.citizen_id else "grantee"
    return {
        "id": event.id,
        "kind": event.kind,
        "by": by,
        "at": _instant(event.recorded_at),
        "receipt": each.receipt,
    }


def _party(party: Party | None, names: Mapping[str, str]) -> dict[str, Any] | None:
    if party is None:
        return None
    # A person goes by what the citizen calls them, all others by the name of the organisation.
    return {**asdict(party), "name": names.get((party.id if party.type == "person" else party.organisation) or "")}


def _limit(limit: Limit | None, names: Mapping[str, str]) -> dict[str, Any] | None:
    if limit is None:
        return None
    return {
        "organisation": limit.organisation,
        "name": names.get(limit.organisation or ""),
        "from": limit.first.isoformat() if limit.first else None,
        "to": limit.last.isoformat() if limit.last else None,
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
