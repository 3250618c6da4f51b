"""How much one person, one case system and one organisation may ask, whomever it is about.

Counted before anybody is looked up and by who asks alone, so that a limit tells nothing about whom they ask about.
"""

from typing import Any

import flask
import limits as counting
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded
from limits.errors import StorageError

from app.api import current, errors
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


def install(app: flask.Flask, settings: AskingLimits) -> None:
    """Count what is asked, in memory, or in Redis where one is set up; to be called when all routes are there."""
    for value in (settings.per_person, settings.per_system, settings.per_organisation):
        _check(value)
    in_redis: dict[str, str | int] = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    limiter = Limiter(
        _organisation,
        app=app,
        storage_uri=settings.store or "memory://",
        storage_options={"wrap_exceptions": True, **(in_redis if settings.store else {})},
        strategy="moving-window",
        key_prefix="naerblik",
    )

    def of_the_asker() -> str:
        return settings.per_system if _asker().startswith(case_systems.PREFIX) else settings.per_person

    whole = limiter.shared_limit(settings.per_organisation, scope="organisation", key_func=_organisation)
    own = limiter.shared_limit(of_the_asker, scope="asker", key_func=_asker)
    for endpoint in ASKING:
        view: Any = app.view_functions[endpoint]
        app.view_functions[endpoint] = whole(own(view))
    app.register_error_handler(RateLimitExceeded, _too_many)
    app.register_error_handler(StorageError, _uncounted)


def _check(value: str) -> None:
    try:
        counting.parse_many(value)
    except ValueError:
        raise NotConfigured(
            "NAERBLIK_ASKS_PER_PERSON, _PER_SYSTEM and _PER_ORGANISATION are limits as in: 30 per minute; 500 per day."
        ) from None


def _asker() -> str:
    return current.staff().id


def _organisation() -> str:
    return current.staff().organisation


def _too_many(error: RateLimitExceeded) -> flask.Response:
    answer = errors.problem(429, "too_many", "That is more than may be asked in so short a time. Wait, and ask again.")
    answer.headers["Retry-After"] = str(error.limit.limit.get_expiry())
    return answer


def _uncounted(_error: StorageError) -> flask.Response:
    return errors.problem(503, "not_ready", "This cannot be asked just now. Nothing was asked. Try again in a moment.")
