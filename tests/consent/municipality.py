"""An authority that asks for a consent, for the tests: who it is, and a question put before a citizen."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.consent import giving, requests
from app.consent.event import Party
from app.consent.giving import BlockTerms
from app.consent.ledger import Issuer
from app.consent.receipt import Controller
from app.consent.recorded import Recorded
from app.consent.request import ConsentRequest
from app.grant import Actor
from tests.house import House

MUNICIPALITY = "cvr:11111111"
OTHER_MUNICIPALITY = "cvr:22222222"
CASEWORKER = Actor("staff:mette", "caseworker", MUNICIPALITY)
ISSUER = Issuer("https://naerblik.example", Controller("Bakkeby Kommune"))


def question(house: House, request_id: str = "request-0000000001", **more: Any) -> ConsentRequest:
    """A question as the municipality asks it."""
    asked = ConsentRequest(
        id=request_id,
        organisation=MUNICIPALITY,
        organisation_name="Bakkeby Kommune",
        template="medicin-hjemmehjaelp",
        version=1,
        purpose="casework",
        case_number="2026-17",
        last_day=date(2027, 6, 30),
        asked_by=CASEWORKER.id,
        asked_at=house.at,
    )
    return replace(asked, **more)


def ask(house: House, citizen_id: str, **more: Any) -> ConsentRequest:
    """Put a question before a citizen."""
    asked = question(house, **more)
    with house.open(citizen_id, "consents:ask", replace(CASEWORKER, organisation=asked.organisation)) as (
        session,
        grant,
    ):
        requests.ask(session, grant, asked)
    return asked


def give(house: House, citizen_id: str, event_id: str = "event-00000000000001", **more: Any) -> Recorded:
    """Ask, and let the citizen say yes."""
    asked = ask(house, citizen_id, **more)
    with house.open(citizen_id, "consents:give", Actor(citizen_id, "citizen")) as (session, grant):
        return giving.accept_request(session, grant, asked.id, event_id, "da", ISSUER)


def block(
    house: House, citizen_id: str, grantee: Party, event_id: str = "event-00000000000009", **more: Any
) -> Recorded:
    """Let the citizen block somebody from reading their medication, and whatever else is named."""
    terms = BlockTerms(grantee, (), frozenset({"medication:read"}), None, {})
    with house.open(citizen_id, "consents:block", Actor(citizen_id, "citizen")) as (session, grant):
        return giving.block(session, grant, event_id, replace(terms, **more), ISSUER)


def withdraw(house: House, citizen_id: str, grant_id: str, event_id: str = "event-00000000000002") -> Recorded:
    """Let the citizen end it."""
    with house.open(citizen_id, "consents:withdraw", Actor(citizen_id, "citizen")) as (session, grant):
        return giving.withdraw(session, grant, grant_id, event_id, ISSUER)


def decided(house: House, citizen_id: str, actor: Actor = CASEWORKER, purpose: str = "casework") -> str:
    """How an access to the medication would be decided now: its reason."""
    from app.access import service as access

    with house.database.reading() as session:
        return access.decide(session, actor, citizen_id, "medication:read", purpose, house.at).decision.reason
