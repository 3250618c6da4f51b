"""Make receipts of consent events and answers about consents: their claims, without a person number, signed.

Names and values follow ISO/IEC TS 27560 as W3C DPV writes it; docs/verify-a-receipt.md has the table.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.consent.receipt import KINDS, ConsentReceipt, Notice, Party, StatusAnswer, Terms
from app.vault import compact, signing
from app.vault import service as vault

RECEIPT = "consent-receipt+jwt"
STATUS = "consent-status+jwt"
# A receipt is for the citizen and whomever they show it to; an answer is for the one organisation that asked.
HOLDER = "urn:naerblik:receipt-holder"
# How long an answer may be acted on. As evidence of its instant it never ends.
LIFETIME = timedelta(minutes=5)
VALID, NOT_VALID = "VALID", "NOT_VALID"

SCHEMA = "https://w3id.org/dpv/schema/dpv-27560"
PROFILE = "naerblik-consent-receipt/1"
BY_CONSENT = ["eu-gdpr:A6-1-a", "eu-gdpr:A9-2-a"]
# A block is no consent: it is kept because the law lets the citizen demand it.
BY_LAW = ["eu-gdpr:A6-1-c", "eu-gdpr:A9-2-h"]

HASH = re.compile(r"[0-9a-f]{64}")
NONCE = re.compile(r"[A-Za-z0-9_-]{16,128}")
# A scheme before it makes ten digits another number, as a production unit's, unless the scheme says that it is none;
# a plus makes them a telephone number, as whom to ring has it.
CPR = re.compile(r"(?<![0-9A-Za-z:+])\d{6}[- ]?\d{4}(?![0-9A-Za-z])|cpr:", re.IGNORECASE)

Pseudonym = Callable[[str], str]


def sign_receipt(session: Session, receipt: ConsentReceipt) -> str:
    """The receipt as a compact JWS, to be kept with its event in the same transaction.

    Raises Invalid when it would say something that no event can, or a person number.
    """
    pseudonyms = vault.of(session).pseudonyms
    return signing.sign(
        session,
        receipt_claims(receipt, lambda person: compact.encode(pseudonyms.of("person", HOLDER, person))),
        RECEIPT,
    )


def sign_answer(session: Session, answer: StatusAnswer) -> str:
    """The answer as a compact JWS; a yes and a no to the same question have the same length.

    The pseudonym is made from the number that was asked about, so it is the same before and after the person is known.
    """
    number = answer.number
    sub = vault.of(session).pseudonyms.of("number", answer.audience, number.kind, number.value)
    return signing.sign(session, answer_claims(answer, compact.encode(sub)), STATUS)


def receipt_claims(receipt: ConsentReceipt, pseudonym: Pseudonym) -> dict[str, Any]:
    """What a receipt says, with persons under pseudonyms. Raises Invalid."""
    _demand_possible(receipt)
    claims: dict[str, Any] = {
        "iss": receipt.issuer,
        "aud": HOLDER,
        "sub": pseudonym(receipt.citizen_id),
        "iat": int(receipt.recorded_at.timestamp()),
        "schema": SCHEMA,
        "profile": PROFILE,
        "receipt_id": receipt.receipt_id,
        "record_id": receipt.grant_id,
        "event_id": receipt.event_id,
        "event": receipt.kind,
        "event_hash": receipt.event_hash,
        "event_time": instant(receipt.recorded_at),
        "concerns": receipt.concerns,
        "state": _state(receipt),
        "legal_basis": BY_LAW if receipt.concerns == "block" else BY_CONSENT,
        "jurisdiction": "loc:DK",
        "controller": _given({"name": receipt.controller.name, "contact": receipt.controller.contact}),
        "expressed_by": {"capacity": receipt.capacity, "sub": pseudonym(receipt.given_by)},
        "withdraw_url": f"{receipt.issuer.rstrip('/')}/samtykker",
    }
    if receipt.notice is not None:
        claims["notice"] = _notice(receipt.notice)
    if receipt.terms is not None:
        claims |= _terms(receipt.terms, pseudonym)
    _demand_no_number(claims)
    return claims


def answer_claims(answer: StatusAnswer, sub: str) -> dict[str, Any]:
    """What an answer says. ``pad`` makes up for the shorter word. Raises Invalid."""
    _demand_named(answer.issuer, answer.audience, answer.answer_id, answer.template, answer.purpose)
    if max(answer.as_of, answer.known_at) > answer.answered_at:
        raise errors.Invalid("A consent can be asked about as it stood or stands, not as it will.")
    if NONCE.fullmatch(answer.nonce) is None:
        raise errors.Invalid("The nonce must have 16 to 128 letters, digits, - or _.")
    status = VALID if answer.is_valid else NOT_VALID
    answered = int(answer.answered_at.timestamp())
    claims = {
        "iss": answer.issuer,
        "aud": answer.audience,
        "sub": sub,
        "iat": answered,
        "exp": answered + int(LIFETIME.total_seconds()),
        "jti": answer.answer_id,
        "nonce": answer.nonce,
        "template": answer.template,
        "purpose": answer.purpose,
        "as_of": instant(answer.as_of),
        "known_at": instant(answer.known_at),
        "status": status,
        "pad": "." * (len(NOT_VALID) - len(status)),
    }
    _demand_no_number(claims)
    return claims


def instant(at: datetime) -> str:
    """ISO 8601 in UTC, always to the microsecond, so that every instant has the same length. Raises ValueError."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _state(receipt: ConsentReceipt) -> str:
    is_block = receipt.concerns == "block"
    if receipt.kind in ("grant", "accept"):
        return "dpv:ConsentGiven"
    if receipt.kind == "deny":
        return "naerblik:BlockInForce"
    if receipt.kind == "invalidate":
        return "naerblik:BlockInvalidated" if is_block else "dpv:ConsentInvalidated"
    if is_block:
        return "naerblik:BlockEnded"
    # DPV: withdrawn is by the citizen, or for them; revoked is by somebody else, as a relative who gives it up.
    return "dpv:ConsentRevoked" if receipt.capacity == "grantee" else "dpv:ConsentWithdrawn"


def _terms(terms: Terms, pseudonym: Pseudonym) -> dict[str, Any]:
    said = {
        "recipients": [_party(each, pseudonym) for each in terms.parties],
        "exceptions": [_party(each, pseudonym) for each in terms.exceptions],
        "processing": sorted(terms.actions),
        "data_categories": sorted({action.partition(":")[0] for action in terms.actions}),
        "purposes": sorted(terms.purposes),
        "valid": {"from": instant(terms.valid_from), "to": instant(terms.valid_to) if terms.valid_to else None},
    }
    if terms.data is not None:
        limit = terms.data
        said["data_limit"] = _given({"organisation": limit.organisation, "from": limit.start, "to": limit.end})
    return said


def _party(party: Party, pseudonym: Pseudonym) -> dict[str, Any]:
    said: dict[str, Any] = {"type": party.type, "organisation": party.organisation, "name": party.name}
    if party.type == "person":
        said["sub"] = pseudonym(party.id or "")
    else:
        said["id"] = party.id
    return _given(said)


def _notice(notice: Notice) -> dict[str, Any]:
    names = ("sha256", "id", "version", "language", "document_sha256")
    return _given({name: getattr(notice, name) for name in names})


def _given(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}


def _demand_possible(receipt: ConsentReceipt) -> None:
    if receipt.kind not in KINDS[receipt.concerns]:
        raise errors.Invalid(f"There is no event {receipt.kind} of a {receipt.concerns}.")
    _demand_named(receipt.issuer, receipt.receipt_id, receipt.grant_id, receipt.event_id)
    hashes = [receipt.event_hash, *_hashes(receipt.notice)]
    if any(HASH.fullmatch(each) is None for each in hashes):
        raise errors.Invalid("A hash is written as 64 digits of lower-case hex.")
    if receipt.kind not in ("grant", "deny"):
        return
    terms = receipt.terms
    if terms is None or not (terms.parties and terms.actions and terms.purposes):
        raise errors.Invalid("The receipt of what is given or blocked says to whom, which actions and what for.")
    if receipt.kind == "grant" and receipt.notice is None:
        raise errors.Invalid("The receipt of what is given names the text that was read.")


def _hashes(notice: Notice | None) -> list[str]:
    if notice is None:
        return []
    return [notice.sha256] if notice.document_sha256 is None else [notice.sha256, notice.document_sha256]


def _demand_named(*texts: str) -> None:
    if not all(texts):
        raise errors.Invalid("What is signed names who signs it, what it is and what it is about.")


def _demand_no_number(claims: Mapping[str, Any]) -> None:
    if any(CPR.search(each) for each in _texts(claims)):
        raise errors.Invalid("A receipt holds no person number.")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        # A pseudonym is no text, and by chance may look like anything.
        yield from (text for name, each in value.items() if name != "sub" for text in _texts(each))
    elif isinstance(value, list | tuple):
        yield from (text for each in value for text in _texts(each))
