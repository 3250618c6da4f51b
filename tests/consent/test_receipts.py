"""What receipts and answers say, and what they never say."""

import json
from typing import Any, get_args

import pytest

from app import errors
from app.consent import receipts
from app.consent.receipt import KINDS, Capacity, Concern, DataLimit, Kind, Notice, Party, Terms
from app.vault import signing, signing_keys
from app.vault.signing import Keys
from tests.conftest import NOW
from tests.consent.receiving import ISSUER, ODENSE, TERMS, answer, key_set, receipt, said, signed
from tests.house import House

POSSIBLE = [(kind, concerns) for concerns, kinds in KINDS.items() for kind in sorted(kinds)]
IMPOSSIBLE = [
    (kind, concerns) for concerns in get_args(Concern) for kind in get_args(Kind) if kind not in KINDS[concerns]
]


def plain(person: str) -> str:
    return f"<{person}>"


def test_a_receipt_says_what_was_given_to_whom_for_what_and_until_when(house: House) -> None:
    claims = said(house, signed(house, receipt()), receipts.RECEIPT)

    sub = claims["sub"]
    assert claims == {
        "iss": ISSUER,
        "aud": "urn:naerblik:receipt-holder",
        "sub": sub,
        "iat": 1795599000,
        "schema": "https://w3id.org/dpv/schema/dpv-27560",
        "profile": "naerblik-consent-receipt/1",
        "receipt_id": "r-1",
        "record_id": "g-1",
        "event_id": "e-1",
        "event": "grant",
        "event_hash": "ab" * 32,
        "event_time": "2026-11-25T09:30:00.000000Z",
        "concerns": "consent",
        "state": "dpv:ConsentGiven",
        "legal_basis": ["eu-gdpr:A6-1-a", "eu-gdpr:A9-2-a"],
        "jurisdiction": "loc:DK",
        "controller": {"name": "Region Midt", "contact": "mailto:dpo@naerblik.example"},
        "expressed_by": {"capacity": "self", "sub": sub},
        "withdraw_url": "https://naerblik.example/samtykker",
        "notice": {"sha256": "cd" * 32, "id": "odense-hjaelpemidler", "version": "3", "language": "da"},
        "recipients": [{"type": "organisation", "id": ODENSE, "name": "Odense Kommune"}],
        "exceptions": [],
        "processing": ["appointments:read", "medication:read"],
        "data_categories": ["appointments", "medication"],
        "purposes": ["casework"],
        "valid": {"from": "2026-11-25T09:30:00.000000Z", "to": "2027-11-25T09:30:00.000000Z"},
    }


@pytest.mark.parametrize(("kind", "concerns"), POSSIBLE)
def test_every_kind_of_event_has_its_receipt(light_house: House, kind: Kind, concerns: Concern) -> None:
    claims = said(light_house, signed(light_house, receipt(kind, concerns)), receipts.RECEIPT)

    assert (claims["event"], claims["concerns"]) == (kind, concerns)
    by_consent = claims["legal_basis"] == ["eu-gdpr:A6-1-a", "eu-gdpr:A9-2-a"]
    assert by_consent == (concerns != "block")
    assert claims["state"].startswith("naerblik:Block" if concerns == "block" else "dpv:Consent")


@pytest.mark.parametrize(("kind", "concerns"), IMPOSSIBLE)
def test_what_no_event_can_be_has_no_receipt(kind: Kind, concerns: Concern) -> None:
    with pytest.raises(errors.Invalid):
        receipts.receipt_claims(receipt(kind, concerns), plain)


@pytest.mark.parametrize(
    ("kind", "concerns", "capacity", "state"),
    [
        ("grant", "delegation", "self", "dpv:ConsentGiven"),
        ("accept", "delegation", "grantee", "dpv:ConsentGiven"),
        ("withdraw", "consent", "self", "dpv:ConsentWithdrawn"),
        ("withdraw", "consent", "paper", "dpv:ConsentWithdrawn"),
        ("withdraw", "delegation", "grantee", "dpv:ConsentRevoked"),
        ("supersede", "consent", "self", "dpv:ConsentWithdrawn"),
        ("invalidate", "consent", "legal", "dpv:ConsentInvalidated"),
        ("deny", "block", "self", "naerblik:BlockInForce"),
        ("withdraw", "block", "self", "naerblik:BlockEnded"),
        ("invalidate", "block", "self", "naerblik:BlockInvalidated"),
    ],
)
def test_the_state_follows_from_the_event(kind: Kind, concerns: Concern, capacity: Capacity, state: str) -> None:
    assert receipts.receipt_claims(receipt(kind, concerns, capacity=capacity), plain)["state"] == state


def test_persons_stand_under_pseudonyms_only(house: House) -> None:
    helle = Party("person", "relative-7", name="Helle")
    terms = Terms((helle,), ("medication:read",), ("relative",), NOW, exceptions=(Party("person", "relative-8"),))
    token = signed(house, receipt(concerns="delegation", terms=terms, capacity="guardian", given_by="parent-9"))
    claims = said(house, token, receipts.RECEIPT)

    known = {
        claims["sub"],
        claims["expressed_by"]["sub"],
        claims["recipients"][0]["sub"],
        claims["exceptions"][0]["sub"],
    }
    assert len(known) == 4
    assert not any(each in json.dumps(claims) for each in ("a1b2", "relative-7", "relative-8", "parent-9"))
    assert claims["recipients"] == [{"type": "person", "name": "Helle", "sub": claims["recipients"][0]["sub"]}]


def test_a_limit_on_data_and_an_open_end_are_said() -> None:
    terms = Terms(
        (Party("everyone"),), ("medication:read",), ("treatment",), NOW, data=DataLimit("sor:1", "2026-01-01")
    )
    claims = receipts.receipt_claims(receipt("deny", "block", terms=terms), plain)

    assert claims["data_limit"] == {"organisation": "sor:1", "from": "2026-01-01"}
    assert claims["valid"]["to"] is None
    assert claims["recipients"] == [{"type": "everyone"}]


def test_a_withdrawal_needs_no_text_read_and_no_terms() -> None:
    claims = receipts.receipt_claims(receipt("withdraw", terms=None, notice=None), plain)

    assert "notice" not in claims
    assert "recipients" not in claims


@pytest.mark.parametrize(
    "change",
    [
        {"terms": None},
        {"notice": None},
        {"event_hash": "AB" * 32},
        {"event_hash": "ab" * 31},
        {"notice": Notice("")},
        {"terms": Terms((), ("medication:read",), ("casework",), NOW)},
        {"terms": Terms(TERMS.parties, (), ("casework",), NOW)},
        {"terms": Terms(TERMS.parties, ("medication:read",), (), NOW)},
    ],
)
def test_a_receipt_that_says_too_little_is_not_made(change: dict[str, Any]) -> None:
    with pytest.raises(errors.Invalid):
        receipts.receipt_claims(receipt(**change), plain)


@pytest.mark.parametrize(
    "text", ["1501701234", "150170-1234", "150170 1234", "Bodil (1501701234)", "cpr:1501701234x", "CPR: ukendt"]
)
def test_no_receipt_and_no_answer_holds_a_person_number(text: str) -> None:
    named = Terms((Party("organisation", ODENSE, name=text),), ("medication:read",), ("casework",), NOW)
    for made in (receipt(terms=named), receipt(event_id=text), receipt(notice=Notice("cd" * 32, text))):
        with pytest.raises(errors.Invalid, match="person number"):
            receipts.receipt_claims(made, plain)
    with pytest.raises(errors.Invalid, match="person number"):
        receipts.answer_claims(answer(template=text), "s")


def test_a_pseudonym_may_look_like_anything() -> None:
    assert receipts.receipt_claims(receipt(), lambda _person: "1501701234")["sub"] == "1501701234"


@pytest.mark.parametrize(
    "text",
    ["p:1003388394", "sor:325421000016001", "cvr:29189420", "tlf. 12 34 56 78", "tel:+4500000000", "ab12" * 8],
)
def test_numbers_of_organisations_and_telephones_are_no_person_numbers(text: str) -> None:
    assert receipts.receipt_claims(receipt(event_id=text), plain)["event_id"] == text


def test_a_receipt_is_of_the_transaction_that_made_the_event(house: House) -> None:
    """The key is the one that is active in the transaction, also while that replaces it."""
    with house.database.transaction() as session:
        kid = signing_keys.rotate(session, house.at)
        token = receipts.sign_receipt(session, receipt())

    assert signing.verify(token, Keys(key_set(house)), receipts.RECEIPT).kid == kid
