"""Our Blueprint: closed to strangers unless it says that it is public, and documented as it is enforced."""

import json
import math
from typing import Any, NoReturn

import flask
import flask_smorest
import marshmallow
from webargs.flaskparser import FlaskParser, is_json_request

from app import errors
from app.api import current

BROKEN = "What was sent holds half a letter, or a number that is none. Nothing was changed."


class Parser(FlaskParser):
    """Reads arguments; what the schema does not name is refused in every place, the query too."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {}  # noqa: RUF012  the base declares it so

    def _raw_load_json(self, req: flask.Request) -> Any:
        """As the base has it, of JSON that can be written again. Raises Invalid for any other."""
        if not is_json_request(req):
            return super()._raw_load_json(req)
        text = req.get_data(cache=True).decode()
        try:
            content = json.loads(text, parse_constant=_no_number, parse_float=_finite)
        except json.JSONDecodeError:
            raise  # it is answered as the base answers it
        except (RecursionError, ValueError):
            raise errors.Invalid(BROKEN) from None
        if "\\ud" in text.lower():
            _demand_whole_letters(content)
        return content


def _no_number(_constant: str) -> NoReturn:
    raise ValueError


def _finite(written: str) -> float:
    value = float(written)
    if not math.isfinite(value):
        raise ValueError
    return value


def _demand_whole_letters(content: Any) -> None:
    # Half of a pair of escapes can be read, and not be written: a device would send it again for ever.
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise errors.Invalid(BROKEN) from None


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # flask-smorest ships no types
    """A group of routes, each for citizens; with ``staff=True`` for staff, with ``public=True`` for everybody.

    With ``device=True`` for devices, whose requests are signed and carry no session.
    """

    ARGUMENTS_PARSER = Parser()

    def __init__(
        self,
        name: str,
        import_name: str,
        *,
        description: str,
        public: bool = False,
        staff: bool = False,
        device: bool = False,
    ) -> None:
        super().__init__(name, import_name, url_prefix="/api/v1", description=description)
        self.public = public
        self.staff = staff
        self.device = device

    def arguments(self, schema: type[marshmallow.Schema] | marshmallow.Schema, **more: Any) -> Any:
        """As the base has it, with one instance for all requests: to make one costs more than to read by it."""
        return super().arguments(schema() if isinstance(schema, type) else schema, **more)

    def register(self, app: flask.Flask, options: dict[str, Any]) -> None:
        """Tell the door of the app about this group."""
        if self.public:
            app.extensions.setdefault("public_blueprints", set()).add(self.name)
        if self.staff:
            app.extensions.setdefault("staff_blueprints", set()).add(self.name)
        if self.device:
            app.extensions.setdefault("device_blueprints", set()).add(self.name)
        super().register(app, options)


def close_by_default(app: flask.Flask) -> None:
    """Refuse strangers before any view runs, on every route that no public blueprint owns."""

    @app.before_request
    def demand_actor() -> None:
        request = flask.request
        if request.endpoint is None or request.blueprint in app.extensions.get("public_blueprints", ()):
            return
        if request.blueprint in app.extensions.get("device_blueprints", ()):
            current.signed()
            return  # no browser sends a signature by itself
        if request.blueprint in app.extensions.get("staff_blueprints", ()):
            current.staff()
            if current.bearer_token() is not None:
                return  # no browser sends it by itself
        else:
            current.actor()
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            current.demand_csrf()
