"""What the demo's Karen was asked, said yes to and blocked here, as if she and two authorities had done it."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access import service as access
from app.consent import giving, requests
from app.consent.event import Limit, Party
from app.consent.ledger import Issuer
from app.consent.request import ConsentRequest
from app.gateways.demo import consents, people, today
from app.gateways.demo.people import CASEWORKER, KAREN
from app.gateways.demo.today import Today
from app.grant import Actor
from app.identity import citizens

# A number of an organisation that fails the check digit, so that it is nobody's.
MUNICIPALITY = Actor(f"staff:{CASEWORKER.id}", "caseworker", CASEWORKER.cvr)
HOSPITAL = Actor("staff:jonas", "caseworker", "cvr:22222222")
NAMES = {CASEWORKER.cvr: CASEWORKER.organisation, "cvr:22222222": consents.HOSPITAL}
# Long over, and a whole year, so that it is the same on every day of the demo.
BLOCKED = Limit("cvr:22222222", date(2019, 1, 1), date(2019, 12, 31))


def put_in(session: Session, issuer: Issuer, now: datetime) -> None:
    """Put it in before anything else is known of Karen; what is there stays, also what she has answered since.

    One consent to the hospital, one block of the hospital's data from 2019, and a question of the municipality's.
    """
    day = today.of(now)
    numbers = people.numbers(KAREN, day)
    if citizens.find(session, numbers[0]) is not None:
        return
    citizen_id = citizens.settle(session, numbers, now)
    asked = _ask(session, citizen_id, HOSPITAL, ("kvalitet-og-laering", "quality", "K-2041", 480), _at(day, -21))
    _give(session, citizen_id, asked, issuer, _at(day, -20))
    _block(session, citizen_id, issuer, _at(day, -19))
    _ask(session, citizen_id, MUNICIPALITY, ("medicin-hjemmehjaelp", "casework", "2026-1187", 360), _at(day, -2))


def _ask(
    session: Session, citizen_id: str, who: Actor, what: tuple[str, str, str, int], at: datetime
) -> ConsentRequest:
    template, purpose, case_number, days = what
    organisation = who.organisation or ""
    asked = ConsentRequest(
        id=f"demo-{KAREN.id}-{template}",
        organisation=organisation,
        organisation_name=NAMES[organisation],
        template=template,
        version=1,
        purpose=purpose,
        case_number=case_number,
        last_day=today.of(at).plus(days),
        asked_by=who.id,
        asked_at=at,
    )
    grant = access.open_record(session, who, citizen_id, "consents:ask", "casework", at)
    requests.ask(session, grant, asked)
    return asked


def _give(session: Session, citizen_id: str, asked: ConsentRequest, issuer: Issuer, at: datetime) -> None:
    grant = access.open_record(session, Actor(citizen_id, "citizen"), citizen_id, "consents:give", "self", at)
    giving.accept_request(session, grant, asked.id, f"demo-{KAREN.id}-ja-til-kvalitet", "da", issuer)


def _block(session: Session, citizen_id: str, issuer: Issuer, at: datetime) -> None:
    grant = access.open_record(session, Actor(citizen_id, "citizen"), citizen_id, "consents:block", "self", at)
    hospital = Party("organisation", organisation=HOSPITAL.organisation)
    terms = giving.BlockTerms(hospital, (), frozenset({"medication:read", "medication:mark"}), BLOCKED, NAMES)
    giving.block(session, grant, f"demo-{KAREN.id}-spaerring-2019", terms, issuer)


def _at(day: Today, days: int) -> datetime:
    return today.at(day.plus(days), "10:00")
