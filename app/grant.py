"""Who acts, and what they were allowed: the two values that every read and write carries."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Role = Literal["citizen", "operator", "caseworker", "system"]
Purpose = Literal["self", "relative", "treatment", "casework", "reminder", "operation", "quality", "research"]
Action = Literal[
    "person:read",
    "medication:read",
    "medication:mark",
    "medication:renew",
    "appointments:read",
    "appointments:respond",
    "notes:read",
    "notes:write",
    "preferences:read",
    "preferences:write",
    "message:deliver",
    "consents:read",
    "consents:ask",
    "consents:record",
    "consents:approve",
    "consents:give",
    "consents:refuse",
    "consents:withdraw",
    "consents:block",
    "consent:status",
    "delegation:read",
    "delegation:invite",
    "delegation:open",
    "delegation:answer",
    "delegation:change",
    "delegation:hold",
    "delegation:pause",
    "delegation:hide",
    "delegation:renounce",
    "network:read",
    "network:write",
    "log:read",
    "record:import",
    "record:export",
    "record:refresh",
    "record:copy",
    "devices:read",
    "devices:enrol",
    "devices:prove",
    "devices:end",
    "login:begin",
]


# Whether one item is seen: the organisation that it comes from (a prefixed identifier), and the first and the last
# civil day that it speaks of, each None where that is not known.
Sight = Callable[[str | None, date | None, date | None], bool]


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a citizen (``id`` is their citizen id), an operator at the command line, a caseworker.

    ``system`` is Nærblik itself, carrying out what a citizen told it to. ``organisation`` is a prefixed identifier, as
    ``cvr:29189420``. ``level`` is the NSIS level of the login; whoever acts on the machine itself was let in by it.
    """

    id: str
    role: Role
    organisation: str | None = None
    level: str = "substantial"


@dataclass(frozen=True)
class Grant:
    """Leave for one actor to do one action on one citizen's data, decided and logged at ``at``.

    Only ``app.access`` makes one. ``basis`` is the reason of the decision: ``self``, ``grant``, ``guardian``, or the
    name of the law it rests on, as ``operation``. ``decided_by`` are the ids of the consent events that it rests on.
    ``hides`` are the shelf's keys of items that the citizen hid from this actor.
    """

    actor: Actor
    citizen_id: str
    action: Action
    purpose: Purpose
    basis: str
    at: datetime
    decided_by: tuple[str, ...] = ()
    sees: Sight | None = field(default=None, compare=False, repr=False)
    hides: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
