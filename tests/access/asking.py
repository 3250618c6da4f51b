"""Caseworkers' questions, for the tests: seven people, one for each way in which a consent can stand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import event

from app.access import status
from app.access.status import StatusQuestion
from app.consent import receipts
from app.consent.event import Party
from app.gateways.facts import CitizenFacts, Facts
from app.grant import Actor
from app.identity.person import Number, Person
from app.vault import signing
from tests.consent import municipality
from tests.consent.municipality import CASEWORKER, ISSUER
from tests.house import House

NONCE = "nonce-abcdefghijklmnop"


def question(number: str = "1501701234", **more: Any) -> StatusQuestion:
    """A question about the help at home, as the municipality asks it."""
    asked = StatusQuestion(Number(number, "cpr"), "medicin-hjemmehjaelp", "casework", "2026-17", NONCE)
    return replace(asked, **more)


def ask(house: House, asked: StatusQuestion, actor: Actor = CASEWORKER) -> str:
    """The signed answer."""
    with house.database.transaction() as session:
        return status.answer(session, actor, asked, ISSUER.url, house.at)


def said(house: House, token: str) -> dict[str, Any]:
    """What a signed answer says, checked with the published keys."""
    with house.database.reading() as session:
        keys = signing.own_keys(session)
    return signing.verify(token, keys, receipts.STATUS).claims


def answered(house: House, asked: StatusQuestion, actor: Actor = CASEWORKER) -> str:
    """VALID or NOT_VALID."""
    return str(said(house, ask(house, asked, actor))["status"])


def _given(house: House, citizen_id: str) -> None:
    municipality.give(house, citizen_id)


def _never(_house: House, _citizen_id: str) -> None:
    return


def _withdrawn(house: House, citizen_id: str) -> None:
    municipality.withdraw(house, citizen_id, municipality.give(house, citizen_id).event.grant_id)


def _expired(house: House, citizen_id: str) -> None:
    municipality.give(house, citizen_id, last_day=date(2026, 11, 25))


def _blocked(house: House, citizen_id: str) -> None:
    municipality.give(house, citizen_id)
    municipality.block(house, citizen_id, Party("everyone"))


def _dead(house: House, _citizen_id: str) -> None:
    number = Number("0606601234", "cpr")
    person = Person((number, Number("0606604444", "cpr")), name="Poul Vang", died=date(2026, 11, 1))
    house.record(Facts("fmk", (CitizenFacts(person),)))


def _elsewhere(house: House, citizen_id: str) -> None:
    municipality.give(house, citizen_id, organisation=municipality.OTHER_MUNICIPALITY)


# The way it stands, with the number of the one it is so for.
KNOWN: dict[str, tuple[str, Callable[[House, str], None]]] = {
    "given": ("0101601234", _given),
    "never": ("0202601234", _never),
    "withdrawn": ("0303601234", _withdrawn),
    "expired": ("0404601234", _expired),
    "blocked": ("0505601234", _blocked),
    "dead": ("0606601234", _dead),
    "elsewhere": ("0707601234", _elsewhere),
}
UNKNOWN = "0808601234"
NUMBERS = {**{how: number for how, (number, _) in KNOWN.items()}, "unknown": UNKNOWN}


def populate(house: House) -> None:
    """Register one citizen for each way, and let a day pass, so that what was to end has ended."""
    for number, arrange in KNOWN.values():
        arrange(house, house.citizen(number))
    house.at += timedelta(days=1)


@contextmanager
def counted(house: House) -> Iterator[list[str]]:
    """The statements that reach the database, each with how many rows it carries."""
    seen: list[str] = []

    def remember(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        seen.append(f"{statement} x{len(parameters) if many else 1}")

    event.listen(house.database.engine, "before_cursor_execute", remember)
    try:
        yield seen
    finally:
        event.remove(house.database.engine, "before_cursor_execute", remember)
