"""An event as it stands in a citizen's list, and what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.consent.event import Event
from app.consent.receipt import Concern, Notice


@dataclass(frozen=True)
class Recorded:
    """An event with its place in the list, what was read when it was made, the names in it, and its receipt.

    ``names`` are what the citizen reads in place of an organisation's identifier. ``hash`` is its place in the chain.
    """

    seq: int
    event: Event
    notice: Notice | None
    names: Mapping[str, str]
    receipt: str
    hash: bytes


def concern_of(terms: Event) -> Concern:
    """Whether terms are a consent to an authority, a delegation to a person, or a block."""
    if terms.kind == "deny":
        return "block"
    return "delegation" if terms.grantee is not None and terms.grantee.type == "person" else "consent"
