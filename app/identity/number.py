"""Read a person number as people and sources write it, and keep it as JSON."""

import json
from datetime import date

from app import errors
from app.identity import rules
from app.identity.person import Number

# What a sealed number is bound to, beside its look-up.
NAMESPACE = "number"


def read_number(text: str) -> Number:
    """The number in normal form with its kind; raises Invalid, without the value, when it is no person number."""
    value = rules.normal_form(text)
    kind = rules.kind_of(value) if value else None
    if value is None or kind is None:
        raise errors.Invalid("The person number is no CPR number and no replacement number (X-eCPR, D-eCPR).")
    return Number(value, kind)


def to_bytes(number: Number) -> bytes:
    """A number as JSON, ready to be sealed."""
    content = {
        "value": number.value,
        "kind": number.kind,
        "valid_from": number.valid_from and number.valid_from.isoformat(),
        "valid_to": number.valid_to and number.valid_to.isoformat(),
    }
    return json.dumps(content, sort_keys=True).encode()


def from_bytes(content: bytes) -> Number:
    """The inverse of to_bytes."""
    read = json.loads(content)
    dates = (date.fromisoformat(text) if text else None for text in (read["valid_from"], read["valid_to"]))
    return Number(read["value"], read["kind"], *dates)
