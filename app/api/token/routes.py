"""Tokens for case systems, by OAuth 2.0 client credentials."""

import base64
import binascii
from typing import Any
from urllib.parse import unquote_plus

import flask
from flask.views import MethodView

from app.api import current, errors
from app.api.blueprint import Blueprint
from app.api.token.schemas import TokenRequestSchema, TokenSchema
from app.identity import case_systems

blueprint = Blueprint("token", __name__, description="Tokens for case systems.", public=True)


@blueprint.route("/token")
class TokenView(MethodView):
    """A token for a case system."""

    @blueprint.arguments(TokenRequestSchema, location="form")
    @blueprint.response(200, TokenSchema)
    def post(self, asked: dict[str, str]) -> dict[str, Any] | flask.Response:
        """Get a token for ten minutes (RFC 6749, 4.4), with `client_secret_basic` or `client_secret_post`.

        A refusal is a problem as everywhere, and has the standard's `error` beside: `invalid_client` or
        `unsupported_grant_type`.
        """
        if asked["grant_type"] != "client_credentials":
            return errors.problem(
                400, "unsupported_grant_type", "Only client_credentials are taken.", error="unsupported_grant_type"
            )
        system_id, secret = _basic() or (asked["client_id"], asked["client_secret"])
        token = case_systems.give_token(current.session(), system_id, secret, current.now())
        if token is None:
            refused = errors.problem(401, "invalid_client", "No case system is known by these.", error="invalid_client")
            refused.headers["WWW-Authenticate"] = 'Basic realm="naerblik"'
            return refused
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": int(case_systems.LASTS.total_seconds()),
        }


def _basic() -> tuple[str, str] | None:
    # RFC 6749, 2.3.1: both parts are form-encoded inside.
    kind, _, written = flask.request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(written, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return unquote_plus(name), unquote_plus(secret)
