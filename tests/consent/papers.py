"""Papers that citizens signed, for the tests: recorded, approved and ended by caseworkers."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app import clock
from app.consent import paper
from app.consent.recorded import Recorded
from app.consent.request import ConsentRequest, Paper
from app.grant import Actor
from tests.consent.municipality import CASEWORKER, ISSUER, OTHER_MUNICIPALITY, question
from tests.house import House

DOCUMENT = "ab" * 32
SECOND = replace(CASEWORKER, id="staff:ole")
STRANGER = replace(CASEWORKER, id="staff:per", organisation=OTHER_MUNICIPALITY)
EVENT = "event-00000000000001"


def signed(house: House, **more: Any) -> ConsentRequest:
    """A question that was signed on paper yesterday."""
    said: dict[str, Any] = {
        "document_sha256": DOCUMENT,
        "signed_on": clock.civil_date(house.at) - timedelta(days=1),
        "language": "da",
    }
    asked = {name: more.pop(name) for name in list(more) if name not in (*said, "recorded_by")}
    return question(house, paper=Paper(**{**said, "recorded_by": CASEWORKER.id, **more}), **asked)


def record(house: House, citizen: str, actor: Actor = CASEWORKER, **more: Any) -> ConsentRequest:
    asked = signed(house, **more)
    with house.open(citizen, "consents:record", actor) as (session, grant):
        paper.record(session, grant, asked)
    return asked


def approve(
    house: House,
    citizen: str,
    asked: ConsentRequest,
    actor: Actor = SECOND,
    event: str = EVENT,
    document: str = DOCUMENT,
) -> Recorded:
    with house.open(citizen, "consents:approve", actor) as (session, grant):
        return paper.approve(session, grant, asked.id, document, event, ISSUER)


def end(house: House, citizen: str, actor: Actor = CASEWORKER, template: str = "medicin-hjemmehjaelp") -> int:
    with house.open(citizen, "consents:record", actor) as (session, grant):
        return paper.end(session, grant, template, "event-00000000000002", ISSUER)
