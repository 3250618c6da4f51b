"""What authorities ask a citizen for, in the app or on paper: sealed until it is answered, then with the answer."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, errors
from app.consent import shelved, templates
from app.consent.models import ConsentRequestRow
from app.consent.request import ConsentRequest, Paper
from app.grant import Grant
from app.vault import service as vault
from app.vault.box import Box, put_on

NAMESPACE = "consent request"
LONGEST = 200


def ask(session: Session, grant: Grant, asked: ConsentRequest) -> None:
    """Put a question before the citizen; the same one again changes nothing.

    Needs a grant for consents:ask of the organisation that asks. Raises Invalid for what no text or time allows.
    """
    if grant.action != "consents:ask" or grant.actor.organisation != asked.organisation or asked.paper is not None:
        raise errors.NotAllowed("This access does not cover asking for a consent.")
    keep(session, grant, asked)


def keep(session: Session, grant: Grant, asked: ConsentRequest) -> None:
    """Keep a question; the same one again changes nothing. Whoever calls has looked that this grant covers it.

    Raises Invalid for what no text or time allows, and Conflict when another question stands under its id.
    """
    demand_askable(asked, grant.at)
    row = session.get(ConsentRequestRow, (grant.citizen_id, asked.id))
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    if row is not None:
        if _says(_open(box, row)) != _says(asked):
            raise errors.Conflict("Another question stands under this id.")
        return
    sealed = box.seal(_to_bytes(asked), NAMESPACE, asked.id)
    session.add(
        ConsentRequestRow(
            citizen_id=grant.citizen_id,
            id=asked.id,
            key_version=box.version,
            sealed=sealed,
            asked_at=asked.asked_at,
            answered_at=None,
        ),
    )
    session.flush()
    shelved.put_request(session, grant, asked)


def read_requests(session: Session, grant: Grant) -> list[ConsentRequest]:
    """Every question that the citizen was asked, the newest first."""
    rows = session.scalars(
        select(ConsentRequestRow)
        .where(ConsentRequestRow.citizen_id == grant.citizen_id)
        .order_by(ConsentRequestRow.asked_at.desc(), ConsentRequestRow.id),
    ).all()
    if not rows:
        return []
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    return [_open(box, row) for row in rows]


def find(session: Session, grant: Grant, request_id: str) -> ConsentRequest:
    """One question. Raises NotFound."""
    row = session.get(ConsentRequestRow, (grant.citizen_id, request_id))
    if row is None:
        raise errors.NotFound("Nobody asks you this any more.")
    return _open(vault.of(session).box(session, grant.citizen_id, grant.at), row)


def record_answer(session: Session, grant: Grant, answered: ConsentRequest) -> None:
    """Keep what the citizen answered, beside the question."""
    row = session.get(ConsentRequestRow, (grant.citizen_id, answered.id))
    if row is None:
        raise errors.NotFound("Nobody asks you this any more.")
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    put_on(row, box.seal(_to_bytes(answered), NAMESPACE, answered.id), box.version)
    row.answered_at = answered.answered_at
    session.flush()
    shelved.put_request(session, grant, answered)


def demand_askable(asked: ConsentRequest, now: datetime) -> None:
    """Raise Invalid unless a published text allows this question, and its last day lies within what it allows."""
    template = templates.find(asked.template, asked.version)
    if template != templates.find(asked.template):
        raise errors.Invalid("There is a newer version of this text. Ask with that.")
    if asked.purpose not in template.purposes:
        raise errors.Invalid("This text does not ask for that purpose.")
    if not asked.case_number.strip() or len(asked.case_number) > LONGEST or len(asked.organisation_name) > LONGEST:
        raise errors.Invalid("A question needs the number of its case, of at most 200 characters.")
    if not clock.civil_date(now) <= asked.last_day <= templates.last_day_of(template, now):
        raise errors.Invalid("The last day lies before today, or further ahead than this text allows.")


def _says(request: ConsentRequest) -> dict[str, Any]:
    said = asdict(request)
    for name in ("asked_at", "answer", "answered_at", "grant_id"):
        del said[name]
    return said


def _to_bytes(request: ConsentRequest) -> bytes:
    return json.dumps(asdict(request), default=_text, ensure_ascii=False, sort_keys=True).encode()


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _open(box: Box, row: ConsentRequestRow) -> ConsentRequest:
    read: Mapping[str, Any] = json.loads(box.open(row.sealed, row.key_version, NAMESPACE, row.id))
    times = {
        "last_day": date.fromisoformat(read["last_day"]),
        "asked_at": datetime.fromisoformat(read["asked_at"]),
        "answered_at": datetime.fromisoformat(read["answered_at"]) if read["answered_at"] else None,
        "paper": _paper(read.get("paper")),
    }
    return ConsentRequest(**{**read, **times})


def _paper(read: Mapping[str, Any] | None) -> Paper | None:
    return Paper(**{**read, "signed_on": date.fromisoformat(read["signed_on"])}) if read else None
