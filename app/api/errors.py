"""Every error as RFC 9457 problem details with a stable code, mapped by type at this one place."""

import json
import logging
import traceback
from http import HTTPStatus
from typing import Any

import flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app import errors
from app.access import service as access
from app.api import current, unit_of_work

log = logging.getLogger(__name__)

STATUS: tuple[tuple[type[errors.DomainError], int], ...] = (
    (errors.NotFound, 404),
    (errors.NotAllowed, 403),
    (errors.NotLoggedIn, 401),
    (errors.Invalid, 422),
    (errors.Conflict, 409),
    (errors.SourceFailed, 502),
    (errors.NotReady, 503),
)

# What HTTP itself refuses, under codes of ours and in words that a person can use.
HTTP_WORDS = {
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address cannot be used in this way."),
    413: ("too_large", "What was sent is too large."),
    415: ("wrong_media_type", "This address reads JSON."),
    422: ("invalid", "What was sent cannot be understood. See errors for the fields."),
    429: ("too_many", "That was too often. Wait a moment and try again."),
}


def install(app: flask.Flask) -> None:
    """Answer every error of every kind as a problem."""
    app.register_error_handler(errors.DomainError, _domain)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SQLAlchemyError, _database)
    app.register_error_handler(Exception, _unexpected)


def problem(status: int, code: str, detail: str, **more: Any) -> flask.Response:
    """The response: application/problem+json with type, title, status, detail and code."""
    body = {
        "type": f"urn:naerblik:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        **more,
    }
    return flask.Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json")


def _domain(error: errors.DomainError) -> flask.Response:
    unit_of_work.undo()
    if isinstance(error, errors.NotAllowed) and isinstance(error.refusal, access.Refusal):
        # The request's own transaction is undone, so the refusal is logged in another; if that fails, 503.
        with current.database().transaction() as session:
            access.record_refusal(session, error.refusal, current.now())
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    return problem(status, error.code, error.detail)


def _http(error: HTTPException) -> flask.Response:
    status = error.code or 500
    code, words = HTTP_WORDS.get(status, ("http_error", error.description or "The request was refused."))
    data = getattr(error, "data", None) or {}
    fields = data.get("messages")
    answer = problem(status, code, words, **({"errors": fields} if fields else {}))
    if error.response is not None and "Location" in error.response.headers:
        return flask.Response(status=status, headers={"Location": error.response.headers["Location"]})
    return answer


def _database(error: SQLAlchemyError) -> flask.Response:
    _log_without_values(error)
    return problem(503, "not_ready", "The data cannot be reached just now. Nothing is lost. Try again in a moment.")


def _unexpected(error: Exception) -> flask.Response:
    _log_without_values(error)
    return problem(500, "unexpected", "Something went wrong on our side. Nothing you entered here was changed.")


def _log_without_values(error: Exception) -> None:
    # An exception's text may hold a citizen's data; its type and place never do.
    frames = traceback.extract_tb(error.__traceback__)
    place = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
    log.error("%s at %s", type(error).__name__, place)
