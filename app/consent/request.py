"""What an authority asks a citizen for, in the app or on paper."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from app.consent.templates import Language

Answer = Literal["yes", "no"]


@dataclass(frozen=True)
class Paper:
    """A text that the citizen signed on paper: the document's SHA-256 in hex, when and in which language it was read.

    ``recorded_by`` is the caseworker who has it before them; another one must approve it.
    """

    document_sha256: str
    signed_on: date
    language: Language
    recorded_by: str


@dataclass(frozen=True)
class ConsentRequest:
    """One question of an authority.

    ``organisation`` is its prefixed identifier and ``organisation_name`` what the citizen reads; ``case_number`` is the
    authority's own. ``last_day`` is the last day of a yes. ``grant_id`` is the consent that a yes became. ``paper`` is
    there when it was asked on paper; it waits for a second caseworker, and not for the citizen.
    """

    id: str
    organisation: str
    organisation_name: str
    template: str
    version: int
    purpose: str
    case_number: str
    last_day: date
    asked_by: str
    asked_at: datetime
    answer: Answer | None = None
    answered_at: datetime | None = None
    grant_id: str | None = None
    paper: Paper | None = None
