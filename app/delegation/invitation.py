"""An invitation as its citizen made it, and as it stands."""

from dataclasses import dataclass
from datetime import date, datetime

from app.consent.templates import Language
from app.delegation.rules import Stand


@dataclass(frozen=True)
class Offer:
    """What a citizen offers a relative: what they may do, until which last day, and what the citizen calls them.

    ``language`` is the one in which the citizen read what it means; ``version`` names the text.
    """

    name: str
    actions: frozenset[str]
    last_day: date
    language: Language
    version: int = 1


@dataclass(frozen=True)
class Invitation:
    """An invitation: what is offered, how it stands, when it was made and when somebody last did something with it."""

    id: str
    offer: Offer
    stand: Stand
    made_at: datetime
    moved_at: datetime
