"""The log's checkpoints and proofs between them, for anybody; cosignatures, of the witnesses that the settings name."""

import base64

import flask

from app import errors
from app.api import current
from app.audit import cosigning

PREFIX = "/.well-known/log"
# The longest line that a witness sends: a name, and 76 bytes in base64.
LONGEST_LINE = 1024
HIGHEST = (1 << 53) - 1


def install(app: flask.Flask) -> None:
    """Serve them without login: they name nobody, and a second party needs no leave to see if we keep our word."""
    blueprint = flask.Blueprint("tree", __name__, url_prefix=PREFIX)
    app.extensions.setdefault("public_blueprints", set()).add("tree")

    @blueprint.get("/checkpoint")
    def checkpoint() -> flask.Response:
        """The newest checkpoint, a signed note of C2SP, with the cosignatures that there are by now."""
        with current.database().reading() as session:
            return _text(cosigning.newest(session).note)

    @blueprint.get("/consistency")
    def consistency() -> flask.Response:
        """What proves that the tree of size ``to`` begins with the one of size ``from``: a hash a line, in base64."""
        old, size = _size("from"), _size("to")
        with current.database().reading() as session:
            path = cosigning.consistency(session, old, size)
        return _text(b"".join(base64.b64encode(each) + b"\n" for each in path))

    @blueprint.post("/cosignature")
    def cosignature() -> flask.Response:
        """Take a witness's line, the whole body, for the checkpoint of ``size``."""
        body = flask.request.get_data()
        if len(body) > LONGEST_LINE:
            raise errors.Invalid("This is longer than a signature line.")
        witnesses = cosigning.known(current.config().witnesses)
        text = body.decode(errors="replace").removesuffix("\n")
        cosigning.take(current.session(), witnesses, _size("size"), text, current.now())
        return flask.Response(status=204)

    app.register_blueprint(blueprint)


def _size(name: str) -> int:
    text = flask.request.args.get(name, "")
    if not text.isascii() or not text.isdigit() or len(text) > len(str(HIGHEST)) or int(text) > HIGHEST:
        raise errors.Invalid(f"{name} must be the size of a tree.")
    return int(text)


def _text(content: bytes) -> flask.Response:
    response = flask.Response(content, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
