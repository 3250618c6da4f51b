"""Check a receipt or an answer as its holder would: the signature, then whom it is for, and when it holds."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app import errors
from app.consent import receipts
from app.vault import signing
from app.vault.signing import Keys, Verified

# How far the clocks of two machines may differ, seconds.
LEEWAY = 60

RECEIPT_TEXTS = ("iss", "aud", "sub", "schema", "profile", "receipt_id", "record_id", "event", "event_hash", "state")
STATUS_TEXTS = ("iss", "aud", "sub", "jti", "nonce", "template", "purpose", "as_of", "known_at", "status")


def receipt(token: str, keys: Keys, now: datetime, audience: str = receipts.HOLDER) -> Verified:
    """A receipt that one of these keys signed; it never ends. Raises NotVerified with what is wrong."""
    found = signing.verify(token, keys, receipts.RECEIPT)
    _demand_texts(found.claims, RECEIPT_TEXTS)
    _demand_audience(found.claims, audience)
    _demand_made(found.claims, now)
    return found


def answer(token: str, keys: Keys, now: datetime, audience: str) -> Verified:
    """An answer that may be acted on at this instant, by this organisation. Raises NotVerified with what is wrong."""
    found = evidence(token, keys, now, audience)
    if now.timestamp() >= found.claims["exp"]:
        raise errors.NotVerified("The answer has expired. It is still evidence of its instant, but ask anew to act.")
    return found


def evidence(token: str, keys: Keys, now: datetime, audience: str | None = None) -> Verified:
    """An answer as evidence of what was said at its instant, for ever. Without an audience anybody's will do.

    Raises NotVerified with what is wrong.
    """
    found = signing.verify(token, keys, receipts.STATUS)
    claims = found.claims
    _demand_texts(claims, STATUS_TEXTS)
    _demand_audience(claims, claims["aud"] if audience is None else audience)
    issued = _demand_made(claims, now)
    if _whole(claims, "exp") != issued + int(receipts.LIFETIME.total_seconds()):
        raise errors.NotVerified("The answer's time to act is not five minutes.")
    if claims["status"] not in (receipts.VALID, receipts.NOT_VALID):
        raise errors.NotVerified("The answer's status is neither VALID nor NOT_VALID.")
    return found


def _demand_texts(claims: Mapping[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if not isinstance(claims.get(name), str) or not claims[name]:
            raise errors.NotVerified(f"It lacks {name}.")


def _demand_audience(claims: Mapping[str, Any], audience: str) -> None:
    if claims["aud"] != audience:
        raise errors.NotVerified("It was made for somebody else (aud).")


def _demand_made(claims: Mapping[str, Any], now: datetime) -> int:
    issued = _whole(claims, "iat")
    if issued > now.timestamp() + LEEWAY:
        raise errors.NotVerified("It says that it will be made in the future (iat).")
    return issued


def _whole(claims: Mapping[str, Any], name: str) -> int:
    value = claims.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise errors.NotVerified(f"Its {name} is no whole number of seconds.")
    return value
