"""The public keys that receipts and answers are checked with, for anybody."""

import json

import flask

from app.api import current
from app.vault import signing_keys

# A verifier that meets a key it does not know asks again; this is how long it may then have to wait. Seconds.
KEPT = 300


def install(app: flask.Flask) -> None:
    """Serve the keys without login: they are public, and whoever was given a receipt needs them."""
    blueprint = flask.Blueprint("keys", __name__)
    app.extensions.setdefault("public_blueprints", set()).add("keys")

    @blueprint.get("/.well-known/jwks.json")
    def jwks() -> flask.Response:
        """All keys that sign or have signed here as a JWK Set, RFC 7517; a retired one is never left out."""
        with current.database().reading() as session:
            keys = signing_keys.key_set(signing_keys.public_keys(session))
        response = flask.Response(json.dumps(keys, indent=1) + "\n", mimetype="application/jwk-set+json")
        response.headers["Cache-Control"] = f"public, max-age={KEPT}"
        response.add_etag()
        response.make_conditional(flask.request)
        return response

    app.register_blueprint(blueprint)
