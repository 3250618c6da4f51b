"""Consents made by chance: given, blocked, asked and imported, some of it ended, over or still to come."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app import clock, errors
from app.consent import giving, ledger, requests
from app.consent import service as consent
from app.consent.consent import ImportedConsent
from app.consent.event import ACTIONS, PURPOSES, Event, Kind, Limit, Party
from app.consent.imported import ImportedTerms
from app.consent.receipt import Notice
from app.consent.requests import ConsentRequest
from app.grant import Actor, Grant
from tests.cases.chance import Chance
from tests.consent.municipality import ISSUER, question
from tests.house import House

NAMES = {"cvr:11111111": "Bakkeby Kommune", "cvr:22222222": "Ærø Kommune", "sor:7": "Lægehuset"}
SPANS = (timedelta(microseconds=1), timedelta(days=1), timedelta(days=29, hours=15), timedelta(days=31), timedelta(400))
OVER = ("inactive", "entered-in-error")
REASONS = (None, "unreadable", "no_decision", "not_active")


def put_in(chance: Chance, house: House, citizen_id: str, person_id: str) -> None:
    """Let a citizen say and be asked things, and a source tell of consents that it holds."""
    with house.open(citizen_id, "consents:give", Actor(citizen_id, "citizen")) as (session, grant):
        names = [f"g{place}" for place in range(chance.random.randint(0, 6))]
        for name in names:
            say(chance, session, grant, name, person_id)
    with house.open(citizen_id, "record:import") as (session, grant):
        for source in ("fhir", "elsewhere"):
            told = [imported(chance, f"c{place}", names, house.at) for place in range(chance.random.randint(0, 4))]
            consent.record_consents(session, grant, source, told, house.at)
            ended = [replace(each, status=chance.one(OVER), terms=(), undated=True) for each in chance.many(told, 2)]
            consent.record_consents(session, grant, source, ended, house.at)
        for place in range(chance.random.randint(0, 4)):
            requests.keep(session, grant, asked(chance, house, place))
    for place in range(4):
        with suppress(errors.NotFound, errors.Conflict):
            answer(chance, house, citizen_id, f"request-{place}")


def say(chance: Chance, session: Any, grant: Grant, name: str, person_id: str) -> None:
    """A consent, a delegation or a block, and what happened to it. What may not be recorded is left out."""
    kind: Kind = chance.one(("grant", "deny"))
    begins = grant.at + chance.one((timedelta(), timedelta(), timedelta(days=60), -timedelta(days=400)))
    terms = Event(
        id=name,
        citizen_id=grant.citizen_id,
        kind=kind,
        grant_id=name,
        given_by=grant.citizen_id,
        recorded_at=grant.at,
        grantee=party(chance, person_id),
        exceptions=tuple(party(chance, person_id) for _ in range(chance.random.randint(0, 2))),
        actions=frozenset(chance.many(sorted(ACTIONS), 3)) or frozenset({"log:read"}),
        purposes=frozenset(chance.many(sorted(PURPOSES), 2)) or frozenset({"relative"}),
        limit=limit(chance),
        valid_from=begins,
        valid_to=begins + chance.one(SPANS) if kind == "grant" or chance.some(0.2) else None,
    )
    events = [terms]
    later: tuple[Kind, ...] = ("accept", "withdraw", "supersede", "invalidate")
    for each in chance.many(later, 2):
        by = person_id if each == "accept" else grant.citizen_id
        events.append(Event(f"{name}-{each}", grant.citizen_id, each, name, by, grant.at + SPANS[0]))
    for event in events:
        read = Notice("cd" * 32, *chance.one((("medicin-hjemmehjaelp", "1"), ("fuldmagt", "1"))), "da")
        notice = read if event.kind == "grant" else None
        spoken_of = {each.organisation for each in (terms.grantee, *terms.exceptions, terms.limit) if each}
        known = {each: word for each, word in NAMES.items() if each in spoken_of and chance.some(0.8)}
        with suppress(errors.Conflict):
            ledger.append(session, grant, event, ISSUER, notice=notice, names=known)


def party(chance: Chance, person_id: str) -> Party:
    """Somebody of whom a consent may speak."""
    organisation = chance.one(list(NAMES))
    return chance.one(
        (
            Party("everyone"),
            Party("person", person_id),
            Party("organisation", organisation=organisation),
            Party("role", "doctor", organisation),
        )
    )


def limit(chance: Chance) -> Limit | None:
    """The data that it is limited to, if it is."""
    if chance.some(0.6):
        return None
    first, last = chance.day(), chance.day()
    is_upside_down = first is not None and last is not None and last < first
    return Limit(chance.one((None, *NAMES)), first, None if is_upside_down else last)


def asked(chance: Chance, house: House, place: int) -> ConsentRequest:
    """A question to the citizen, some of them asked at the same instant."""
    organisation = chance.one(list(NAMES))
    return replace(
        question(house, f"request-{place}"),
        organisation=organisation,
        organisation_name=NAMES[organisation],
        last_day=clock.civil_date(house.at) + timedelta(days=chance.random.randint(0, 60)),
        asked_at=house.at - timedelta(microseconds=chance.random.randint(0, 2)),
    )


def answer(chance: Chance, house: House, citizen_id: str, request_id: str) -> None:
    """Yes, no, or nothing yet."""
    said = chance.one(("yes", "no", None))
    if said == "yes":
        with house.open(citizen_id, "consents:give", Actor(citizen_id, "citizen")) as (session, grant):
            giving.accept_request(session, grant, request_id, f"yes-{request_id}", "da", ISSUER)
    elif said == "no":
        with house.open(citizen_id, "consents:refuse", Actor(citizen_id, "citizen")) as (session, grant):
            giving.refuse_request(session, grant, request_id)


def imported(chance: Chance, name: str, given: list[str], at: Any) -> ImportedConsent:
    """What a source says of one, in force or not, or a copy of what was given here."""
    status = chance.one(("active", "active", "inactive", "entered-in-error", "proposed"))
    terms = tuple(
        ImportedTerms(
            "grant",
            Party("organisation", organisation=chance.one(list(NAMES))),
            frozenset({"medication:read"}),
            frozenset({"treatment"}),
            valid_from=at - timedelta(days=500),
            valid_to=at + chance.one((*SPANS, -timedelta(days=1))),
        )
        for _ in range(chance.random.randint(0, 2) if status == "active" else 0)
    )
    return ImportedConsent(
        chance.one([name, name, *given]),
        status,
        decision=chance.one(("permit", "deny", None)),
        scope=chance.word(),
        category=chance.word(),
        given_at=chance.instant(),
        valid_from=chance.instant(),
        valid_to=chance.instant(),
        actors=("Bakkeby Kommune",) if chance.some() else (),
        data_from=chance.instant(),
        exceptions=chance.random.randint(0, 2),
        as_of=chance.instant(),
        copy_of=chance.one([None, None, *given]),
        terms=terms,
        reason=None if terms else chance.one(REASONS),
    )
