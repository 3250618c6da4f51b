"""The values of consent: who it speaks of, what was recorded, what is asked and what was decided. Standard library."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

# Actions and purposes are exact words, never prefixes: whoever may read medication may not mark it.
ACTIONS = frozenset(
    {
        "medication:read",
        "medication:mark",
        "appointments:read",
        "appointments:respond",
        "consents:read",
        "log:read",
        "reminders:receive",
        "offline:keep",
        "consent:status",
    }
)
PURPOSES = frozenset({"self", "relative", "treatment", "casework", "reminder", "operation", "quality", "research"})

Kind = Literal["grant", "accept", "deny", "withdraw", "supersede", "invalidate"]
PartyType = Literal["person", "organisation", "role", "everyone"]
Outcome = Literal["permit", "deny"]
Reason = Literal["auth", "locked", "self", "statute", "blocked", "grant", "guardian", "default"]

TERMS: frozenset[Kind] = frozenset({"grant", "deny"})  # these say what is allowed or blocked
ENDS: frozenset[Kind] = frozenset({"withdraw", "supersede", "invalidate"})  # these end what another one said
PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Party:
    """Of whom an event speaks: the person ``id``, an ``organisation``, the role ``id`` there, or everyone.

    An organisation is a prefixed identifier, as ``cvr:29189420``, and matches exactly; None matches nothing.
    """

    type: PartyType
    id: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """The data that an event is limited to: of one organisation, and from ``first`` to ``last``, both inclusive."""

    organisation: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a collection: the organisation it comes from and its civil day, None where that is not known."""

    organisation: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a citizen's append-only list. All times are aware instants.

    ``grant_id`` joins the terms (a grant or a deny) with what accepts or ends them. ``given_by`` is who did it: the
    citizen, the grantee, or an authority that recorded a paper (``capacity`` paper). ``valid_to`` is the first instant
    outside. ``limit`` None: all data. The other terms are empty on what is no grant and no deny.
    """

    id: str
    citizen_id: str
    kind: Kind
    grant_id: str
    given_by: str
    recorded_at: datetime
    capacity: str = "self"
    grantee: Party | None = None
    exceptions: tuple[Party, ...] = ()
    actions: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    limit: Limit | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Citizen:
    """Whose data it is: born and died as civil dates where known, ``custody`` the ids of those who have custody."""

    id: str
    born: date | None = None
    died: date | None = None
    custody: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Statute:
    """A row of law: this role in this organisation may do this action for this purpose, asked or not.

    ``objectable``: the citizen's blocks count against it all the same (sundhedsloven § 42 a).
    """

    role: str
    organisation: str | None
    action: str
    purpose: str
    objectable: bool = False


@dataclass(frozen=True, slots=True)
class Emergency:
    """Værdispring: the reason that was written, and whether the actor's role is on the list of those who may."""

    reason: str
    role_listed: bool


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for what. ``level`` is the login's NSIS level; ``locked``: the account is closed.

    ``item`` None asks for the collection as such; each item is then asked for with its own. ``hidden``: the source
    says that guardians may not see it.
    """

    actor_id: str
    action: str
    purpose: str
    role: str | None = None
    organisation: str | None = None
    level: str | None = None
    locked: bool = False
    item: Item | None = None
    hidden: bool = False
    emergency: Emergency | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome, the rule it came from, and the ids of the events that are its reasons.

    ``overrode`` are the blocks without which there would have been no emergency access: where it is not empty, the log
    must say so, the citizen be told and somebody review it.
    """

    outcome: Outcome
    reason: Reason
    events: tuple[str, ...] = ()
    overrode: tuple[str, ...] = ()

    @property
    def is_emergency(self) -> bool:
        """Whether an emergency opened what the citizen had blocked."""
        return bool(self.overrode)
