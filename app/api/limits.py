"""How much one person, one case system and one organisation may ask, whomever it is about; how often devices begin.

Counted before anybody is looked up and by who asks alone, so that a limit tells nothing about whom they ask about.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial, wraps
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
# How often one citizen may take a device in, whether or not it proves its keys.
ENROLLING, ENROLMENTS = "devices.DevicesView", parse_many("30 per hour; 60 per day")
# How often one citizen may try to open an invitation, whosever it is, and how often invite.
OPENING, OPENINGS = "delegation.OpeningView", parse_many("10 per hour; 20 per day")
INVITING, INVITATIONS = "delegation.InvitationsView", parse_many("20 per hour; 40 per day")
# Seconds that the store may take: somebody waits, and what was not counted is not answered.
PATIENCE = 1
IN_REDIS: dict[str, float | str | bool] = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}

ASKED = "That is more than may be asked in so short a time. Wait, and ask again."
ENROLLED = "You have set up devices many times in a short time. Nothing was changed. Wait, and try again."

OPENED = "You have tried to open invitations many times in a short time. Wait, and try again."
INVITED = "You have invited many times in a short time. Nothing was changed. Wait, and try again."

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
        return self._first_used_up(self._due(asker, organisation))

    def count_own(self, citizen_id: str, what: str, limits: Iterable[RateLimitItem]) -> RateLimitItem | None:
        """Count once more what a citizen does, as a device that they set up: as above."""
        return self._first_used_up((limit, citizen_id, what) for limit in limits)

    def _first_used_up(self, limits: Iterable[tuple[RateLimitItem, str, str]]) -> RateLimitItem | None:
        due = sorted(limits, key=lambda each: each[0])
        return next((limit for limit, *who in due if not self._counting.hit(limit, "naerblik", *who)), None)

    def _due(self, asker: str, organisation: str) -> Iterator[tuple[RateLimitItem, str, str]]:
        own = self._per_system if asker.startswith(case_systems.PREFIX) else self._per_person
        yield from ((limit, asker, "asker") for limit in own)
        yield from ((limit, organisation, "organisation") for limit in self._per_organisation)


def install(app: flask.Flask, settings: AskingLimits) -> None:
    """Count what is asked; to be called when all routes are there."""
    counter = Counter(settings)
    for endpoint in ASKING:
        app.view_functions[endpoint] = _counted(app.view_functions[endpoint], lambda: _of_staff(counter), ASKED)
    own = (
        (ENROLLING, "enrolling", ENROLMENTS, ENROLLED),
        (OPENING, "opening", OPENINGS, OPENED),
        (INVITING, "inviting", INVITATIONS, INVITED),
    )
    for endpoint, what, limits, told in own:
        count = partial(_of_citizens, counter, what, limits)
        app.view_functions[endpoint] = _counted(app.view_functions[endpoint], count, told)


def _of_staff(counter: Counter) -> RateLimitItem | None:
    staff = current.staff()
    return counter.count(staff.id, staff.organisation)


def _of_citizens(counter: Counter, what: str, limits: Iterable[RateLimitItem]) -> RateLimitItem | None:
    return counter.count_own(current.actor().id, what, limits) if flask.request.method == "POST" else None


def _counted(view: View, count: Callable[[], RateLimitItem | None], told: str) -> View:
    @wraps(view)
    def ask(*values: Any, **named: Any) -> Any:
        try:
            used_up = count()
        except StorageError as error:
            raise errors.NotReady("This cannot be asked just now. Nothing was asked. Try again in a moment.") from error
        return view(*values, **named) if used_up is None else _too_many(used_up, told)

    return ask


def _read(written: str) -> list[RateLimitItem]:
    try:
        return parse_many(written)
    except ValueError:
        raise NotConfigured(
            "NAERBLIK_ASKS_PER_PERSON, _PER_SYSTEM and _PER_ORGANISATION are limits as in: 30 per minute; 500 per day."
        ) from None


def _too_many(limit: RateLimitItem, told: str) -> flask.Response:
    answer = problem(429, "too_many", told)
    answer.headers["Retry-After"] = str(limit.get_expiry())
    return answer
