"""Login at the citizens' provider, and at the staff's: out to it, and back."""

import logging

import flask
from flask.views import MethodView
from sqlalchemy.exc import SQLAlchemyError

from app import errors
from app.api import current
from app.api.blueprint import Blueprint
from app.api.login.schemas import CallbackSchema, LoginSchema
from app.api.session import cookies
from app.gateways.oidc.steps import Callback

log = logging.getLogger(__name__)

blueprint = Blueprint("login", __name__, description="Login with MitID, by OpenID Connect.", public=True)


@blueprint.route("/login/oidc")
class LoginView(MethodView):
    """The way out."""

    @blueprint.arguments(LoginSchema, location="query")
    @blueprint.response(303, description="On to the provider, or to `/?login=unreachable`.")
    def get(self, wanted: dict[str, str | bool]) -> flask.Response:
        """Go to the provider to log in.

        The browser keeps a cookie for ten minutes; only with it does the way back hold, and only once.
        """
        login = current.oidc()
        try:
            sent = login.start(
                str(wanted["return_to"]), fresh=bool(wanted["fresh"]), held=current.token(), now=current.now()
            )
        except (errors.LoginFailed, SQLAlchemyError) as failure:
            return _back_to_the_door(failure)
        response = _on_to(sent.address)
        cookies.keep_attempt(response, sent.cookie, "citizen")
        return response


@blueprint.route("/login/oidc/callback")
class CallbackView(MethodView):
    """The way back."""

    @blueprint.arguments(CallbackSchema, location="query")
    @blueprint.response(303, description="On to where the citizen wanted to go, or to `/?login=` with a code.")
    def get(self, answer: dict[str, str]) -> flask.Response:
        """Come back from the provider, logged in or not.

        A login that fails goes on to `/?login=` with one of `cancelled`, `expired`, `no_cpr`, `too_weak`, `refused`
        and `unreachable`. A session that this browser had before is ended, and the new one gets a new token.
        """
        callback = Callback(cookies.attempt("citizen"), answer["state"], answer["code"], answer["error"], answer["iss"])
        try:
            done = current.oidc().finish(callback, current.token(), current.now())
        except (errors.LoginFailed, SQLAlchemyError) as failure:
            return _back_to_the_door(failure)
        response = _on_to(done.return_to)
        cookies.give_session(response, done.token)
        cookies.drop_attempt(response, "citizen")
        return response


@blueprint.route("/login/staff")
class StaffLoginView(MethodView):
    """The way out for staff."""

    @blueprint.response(303, description="On to the staff's provider, or to `/sagsbehandler?login=unreachable`.")
    def get(self) -> flask.Response:
        """Go to the staff's provider to log in. Their client is another one than the citizens'."""
        login = current.staff_oidc()
        try:
            sent = login.start(held=current.token(), now=current.now())
        except (errors.LoginFailed, SQLAlchemyError) as failure:
            return _back_to_the_door(failure, "/sagsbehandler")
        response = _on_to(sent.address)
        cookies.keep_attempt(response, sent.cookie, "staff")
        return response


@blueprint.route("/login/staff/callback")
class StaffCallbackView(MethodView):
    """The way back for staff."""

    @blueprint.arguments(CallbackSchema, location="query")
    @blueprint.response(303, description="On to `/sagsbehandler`, with `?login=` and a code where it came to nothing.")
    def get(self, answer: dict[str, str]) -> flask.Response:
        """Come back from the staff's provider, logged in as a caseworker or not.

        The codes are those of citizens' logins, and `no_role` when the login makes nobody a caseworker.
        """
        callback = Callback(cookies.attempt("staff"), answer["state"], answer["code"], answer["error"], answer["iss"])
        try:
            done = current.staff_oidc().finish(callback, current.token(), current.now())
        except (errors.LoginFailed, SQLAlchemyError) as failure:
            return _back_to_the_door(failure, "/sagsbehandler")
        response = _on_to(done.return_to)
        cookies.give_session(response, done.token)
        cookies.drop_attempt(response, "staff")
        return response


def _back_to_the_door(failure: errors.LoginFailed | SQLAlchemyError, door: str = "/") -> flask.Response:
    fault = failure.fault if isinstance(failure, errors.LoginFailed) else "unreachable"
    log.info("A login came to nothing: %s (%s)", fault, type(failure).__name__)
    return _on_to(f"{door}?login={fault}")


def _on_to(address: str) -> flask.Response:
    return flask.Response(status=303, headers={"Location": address})
