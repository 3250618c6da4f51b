"""The values of what is signed: the receipt of an event, and the answer to whether a consent holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.identity.person import Number

Kind = Literal["grant", "accept", "deny", "withdraw", "supersede", "invalidate"]
Concern = Literal["consent", "delegation", "block"]
Capacity = Literal["self", "guardian", "legal", "paper", "grantee"]
PartyType = Literal["person", "organisation", "role", "everyone"]

# Which kinds of event there are of what: only a delegation is accepted, and a block is never a grant.
KINDS: dict[Concern, frozenset[Kind]] = {
    "consent": frozenset(("grant", "withdraw", "supersede", "invalidate")),
    "delegation": frozenset(("grant", "accept", "withdraw", "supersede", "invalidate")),
    "block": frozenset(("deny", "withdraw", "supersede", "invalidate")),
}


@dataclass(frozen=True)
class Party:
    """Whom terms are about: a person by our own id, an organisation (``cvr:29189420``), a role there, or everyone.

    ``name`` is what the citizen reads; it is never a number.
    """

    type: PartyType
    id: str | None = None
    organisation: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class DataLimit:
    """The data that terms are limited to: of one organisation, and of civil dates (ISO, ``end`` inclusive)."""

    organisation: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True)
class Terms:
    """What is allowed or blocked: to whom, but not to whom, which actions for which purposes, of which data, when.

    ``valid_to`` is the first instant outside, None without an end.
    """

    parties: tuple[Party, ...]
    actions: tuple[str, ...]
    purposes: tuple[str, ...]
    valid_from: datetime
    valid_to: datetime | None = None
    exceptions: tuple[Party, ...] = ()
    data: DataLimit | None = None


@dataclass(frozen=True)
class Notice:
    """The text that somebody had before them when they acted: its SHA-256 in hex, and which text it was.

    ``document_sha256`` is that of the paper they signed, where they acted on paper.
    """

    sha256: str
    id: str | None = None
    version: str | None = None
    language: str | None = None
    document_sha256: str | None = None


@dataclass(frozen=True)
class Controller:
    """Who answers for the record, and the URI at which they do."""

    name: str
    contact: str | None = None


@dataclass(frozen=True)
class ConsentReceipt:
    """One event, as the citizen may keep it. Ids of persons are ours; what is signed holds pseudonyms in their place.

    ``concerns`` tells what the event is about: a consent to an authority, a delegation to a person, or a block.
    ``event_hash`` is the event's hash in its chain, hex. ``given_by`` acted in this ``capacity``.
    ``terms`` are those of the grant or block that the event makes or ends; ``issuer`` is our own address.
    """

    receipt_id: str
    issuer: str
    controller: Controller
    citizen_id: str
    event_id: str
    grant_id: str
    kind: Kind
    concerns: Concern
    event_hash: str
    recorded_at: datetime
    given_by: str
    capacity: Capacity
    terms: Terms | None = None
    notice: Notice | None = None


@dataclass(frozen=True)
class StatusAnswer:
    """Whether a consent holds, for one organisation: a yes or a no, and no reason.

    ``number`` is the person number that was asked about, whether or not anybody has it. ``audience`` is the
    organisation that asked. The answer is about ``as_of``, by what was known at ``known_at``. ``nonce`` is the asker's.
    """

    answer_id: str
    issuer: str
    audience: str
    number: Number
    template: str
    purpose: str
    is_valid: bool
    as_of: datetime
    known_at: datetime
    nonce: str
    answered_at: datetime
