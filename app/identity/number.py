"""Read a person number as people and sources write it."""

from app import errors
from app.identity import rules
from app.identity.person import Number


def read_number(text: str) -> Number:
    """The number in normal form with its kind; raises Invalid, without the value, when it is no person number."""
    value = rules.normal_form(text)
    kind = rules.kind_of(value) if value else None
    if value is None or kind is None:
        raise errors.Invalid("The person number is no CPR number and no replacement number (X-eCPR, D-eCPR).")
    return Number(value, kind)
