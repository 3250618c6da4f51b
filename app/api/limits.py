"""How much one person, one case system and one organisation may ask, whomever it is about.

Counted before anybody is looked up and by who asks alone, so that a limit tells nothing about whom they ask about.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import flask
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from app import errors
from app.api import current
from app.api.errors import problem
from app.config import AskingLimits
from app.environment import NotConfigured
from app.identity import case_systems

# The views whose requests count, all of them together.
ASKING = (
    "caseworker.ConsentStatusView",
    "caseworker.ConsentRequestsView",
    "paper.PaperView",
    "paper.ApprovalView",
    "paper.PaperEndView",
)
# Seconds that the store may take: somebody waits, and what was not counted is not answered.
PATIENCE = 1
IN_REDIS: dict[str, float | str | bool] = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}

View = Callable[..., Any]


class Counter:
    """Counts what is asked, in memory, or in Redis where one is set up. Raises NotConfigured for what is no limit."""

    def __init__(self, settings: AskingLimits) -> None:
        self._per_person = _read(settings.per_person)
        self._per_system = _read(settings.per_system)
        self._per_organisation = _read(settings.per_organisation)
        options = IN_REDIS if settings.store else {}
        self._counting = MovingWindowRateLimiter(
            storage_from_string(settings.store or "memory://", wrap_exceptions=True, **options)
        )

    def count(self, asker: str, organisation: str) -> RateLimitItem | None:
        """Count one more question: the limit that is used up by now, the smallest first, or None."""
        due = sorted(self._due(asker, organisation), key=lambda each: each[0])
        return next((limit for limit, *who in due if not self._counting.hit(limit, "naerblik", *who)), None)

    def _due(self, asker: str, organisation: str) -> Iterator[tuple[RateLimitItem, str, str]]:
        own = self._per_system if asker.startswith(case_systems.PREFIX) else self._per_person
        yield from ((limit, asker, "asker") for limit in own)
        yield from ((limit, organisation, "organisation") for limit in self._per_organisation)


def install(app: flask.Flask, settings: AskingLimits) -> None:
    """Count what is asked; to be called when all routes are there."""
    counter = Counter(settings)
    for endpoint in ASKING:
        app.view_functions[endpoint] = _counted(counter, app.view_functions[endpoint])


def _counted(counter: Counter, view: View) -> View:
    @wraps(view)
    def ask(*values: Any, **named: Any) -> Any:
        staff = current.staff()
        try:
            used_up = counter.count(staff.id, staff.organisation)
        except StorageError as error:
            raise errors.NotReady("This cannot be asked just now. Nothing was asked. Try again in a moment.") from error
        return view(*values, **named) if used_up is None else _too_many(used_up)

    return ask


def _read(written: str) -> list[RateLimitItem]:
    try:
        return parse_many(written)
    except ValueError:
        raise NotConfigured(
            "NAERBLIK_ASKS_PER_PERSON, _PER_SYSTEM and _PER_ORGANISATION are limits as in: 30 per minute; 500 per day."
        ) from None


def _too_many(limit: RateLimitItem) -> flask.Response:
    answer = problem(429, "too_many", "That is more than may be asked in so short a time. Wait, and ask again.")
    answer.headers["Retry-After"] = str(limit.get_expiry())
    return answer
