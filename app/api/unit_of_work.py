"""One request, one transaction: kept when the answer is good, undone when it is not."""

import flask
from sqlalchemy.exc import SQLAlchemyError

from app import errors


def install(app: flask.Flask) -> None:
    """End the request's transaction before its answer leaves; nothing leaves when it cannot be committed."""

    @app.after_request
    def finish(response: flask.Response) -> flask.Response:
        if response.status_code < 400:
            commit()
        else:
            undo()
        return response

    @app.teardown_request
    def abandon(_error: BaseException | None) -> None:
        undo()


def commit() -> None:
    """Commit what the request did. Raises NotReady when the database will not."""
    unit = flask.g.pop("unit", None)
    if unit is None:
        return
    try:
        unit.__exit__(None, None, None)
    except SQLAlchemyError as error:
        raise errors.NotReady("It could not be saved just now. Nothing was changed. Try again in a moment.") from error


def undo() -> None:
    """Roll back what the request did."""
    unit = flask.g.pop("unit", None)
    if unit is not None:
        stop = errors.Conflict("undone")
        unit.__exit__(errors.Conflict, stop, None)
