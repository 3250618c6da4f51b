"""Who acts, and what they were allowed: the two values that every read and write carries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["citizen", "operator", "caseworker", "system"]
Purpose = Literal["self", "relative", "treatment", "casework", "reminder", "operation", "quality", "research"]
Action = Literal[
    "person:read",
    "medication:read",
    "medication:renew",
    "appointments:read",
    "appointments:answer",
    "notes:read",
    "notes:write",
    "message:deliver",
    "consents:read",
    "log:read",
    "record:import",
    "record:export",
    "record:refresh",
    "login:begin",
]


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a citizen (``id`` is their citizen id), an operator at the command line, a caseworker.

    ``system`` is Nærblik itself, carrying out what a citizen told it to.
    """

    id: str
    role: Role
    organisation: str | None = None


@dataclass(frozen=True)
class Grant:
    """Leave for one actor to do one action on one citizen's data, decided and logged at ``at``.

    Only ``app.access`` makes one. ``basis`` is the reason of the decision: ``self``, ``operation`` or ``own_order``.
    """

    actor: Actor
    citizen_id: str
    action: Action
    purpose: Purpose
    basis: str
    at: datetime
