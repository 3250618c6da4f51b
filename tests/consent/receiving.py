"""Receipts, answers, and how a test reads them back."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.consent import receipts
from app.consent.receipt import Capacity, Concern, ConsentReceipt, Controller, Kind, Notice, Party, StatusAnswer, Terms
from app.identity.person import Number
from app.vault import signing, signing_keys
from app.vault.signing import Keys
from tests.conftest import NOW
from tests.house import House

PAGE = Path(__file__).parent.parent.parent / "docs" / "verify-a-receipt.md"
NUMBER = Number("1501701234", "cpr")
ODENSE = "cvr:35209115"
ISSUER = "https://naerblik.example"

TERMS = Terms(
    parties=(Party("organisation", ODENSE, name="Odense Kommune"),),
    actions=("medication:read", "appointments:read"),
    purposes=("casework",),
    valid_from=NOW,
    valid_to=NOW + timedelta(days=365),
)


def receipt(kind: Kind = "grant", concerns: Concern = "consent", **more: Any) -> ConsentReceipt:
    """A receipt of the citizen's own act."""
    capacity: Capacity = more.pop("capacity", "self")
    made = ConsentReceipt(
        receipt_id="r-1",
        issuer=ISSUER,
        controller=Controller("Region Midt", "mailto:dpo@naerblik.example"),
        citizen_id="a1b2",
        event_id="e-1",
        grant_id="g-1",
        kind=kind,
        concerns=concerns,
        event_hash="ab" * 32,
        recorded_at=NOW,
        given_by="a1b2",
        capacity=capacity,
        terms=TERMS,
        notice=Notice("cd" * 32, "odense-hjaelpemidler", "3", "da"),
    )
    return replace(made, **more)


def answer(*, is_valid: bool = True, **more: Any) -> StatusAnswer:
    """An answer to Odense."""
    made = StatusAnswer(
        answer_id="0" * 32,
        issuer=ISSUER,
        audience=ODENSE,
        number=NUMBER,
        template="odense-hjaelpemidler/3",
        purpose="casework",
        is_valid=is_valid,
        as_of=NOW,
        known_at=NOW,
        nonce="n" * 22,
        answered_at=NOW,
    )
    return replace(made, **more)


def signed(house: House, what: ConsentReceipt | StatusAnswer) -> str:
    """It, signed by the house."""
    with house.database.transaction() as session:
        if isinstance(what, ConsentReceipt):
            return receipts.sign_receipt(session, what)
        return receipts.sign_answer(session, what)


def key_set(house: House) -> dict[str, Any]:
    """What the house publishes."""
    with house.database.reading() as session:
        return signing_keys.key_set(signing_keys.public_keys(session))


def said(house: House, token: str, typ: str) -> dict[str, Any]:
    """The claims of what the house signed."""
    return signing.verify(token, Keys(key_set(house)), typ).claims


def program() -> str:
    """The program on the page about verifying, as it is printed there."""
    [block] = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    return str(block)


@cache
def documented_verifier() -> Callable[..., dict[str, Any]]:
    """The `verify` of that program, made from its text."""
    names: dict[str, Any] = {"__name__": "verify"}
    exec(compile(program(), str(PAGE), "exec"), names)  # noqa: S102  that it runs as printed is what is tested
    verify: Callable[..., dict[str, Any]] = names["verify"]
    return verify
