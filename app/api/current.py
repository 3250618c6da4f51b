"""The request at hand: its instant, its transaction, its actor."""

import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, cast

import flask
from sqlalchemy.orm import Session

from app import errors
from app.access import service as access
from app.api import signed as signed_requests
from app.api.signed import Signed
from app.config import Config
from app.consent.ledger import Issuer
from app.consent.receipt import Controller
from app.db.session import Database
from app.delegation.notices import Post
from app.grant import Action, Actor, Grant, Purpose
from app.identity import case_systems, logins
from app.identity import staff as staffs
from app.identity.staff import Staff, StaffLogin
from app.records.source import Kind

if TYPE_CHECKING:  # loaded only where a provider is set up
    from app.gateways.oidc.flow import OidcLogin
    from app.gateways.oidc.staff_flow import StaffOidc


def config() -> Config:
    """The installation's settings."""
    return cast("Config", flask.current_app.extensions["naerblik.config"])


def database() -> Database:
    """The installation's database."""
    return cast("Database", flask.current_app.extensions["naerblik.database"])


def issuer() -> Issuer:
    """Who signs receipts and answers here."""
    settings = config()
    return Issuer(settings.base_url.rstrip("/"), Controller(settings.run_by or "Nærblik", settings.contact))


def has_oidc() -> bool:
    """Whether one can log in at a provider here."""
    return flask.current_app.extensions["naerblik.oidc"] is not None


def oidc() -> "OidcLogin":
    """Login at the provider. Raises NotFound where none is set up."""
    login = cast("OidcLogin | None", flask.current_app.extensions["naerblik.oidc"])
    if login is None:
        raise errors.NotFound("Login with MitID is not set up here.")
    return login


def has_staff_oidc() -> bool:
    """Whether staff can log in at a provider here."""
    return flask.current_app.extensions["naerblik.staff_oidc"] is not None


def staff_oidc() -> "StaffOidc":
    """Login of staff at their provider. Raises NotFound where none is set up."""
    login = cast("StaffOidc | None", flask.current_app.extensions["naerblik.staff_oidc"])
    if login is None:
        raise errors.NotFound("Login for staff is not set up here.")
    return login


def now() -> datetime:
    """The one instant of this request."""
    if "now" not in flask.g:
        flask.g.now = present()
    return cast("datetime", flask.g.now)


def present() -> datetime:
    """What the clock shows now, where the instant of the request is too early: after a lock was waited for."""
    return cast("Callable[[], datetime]", flask.current_app.extensions["naerblik.now"])()


def takers(kind: Kind) -> frozenset[str]:
    """The sources that take a kind of message from citizens."""
    takes = cast("Mapping[str, frozenset[Kind]]", flask.current_app.extensions["naerblik.takes"])
    return frozenset(name for name, kinds in takes.items() if kind in kinds)


def post() -> Post:
    """How a citizen is written to from here."""
    return Post(config().base_url.rstrip("/"), takers("notice"))


def session() -> Session:
    """The one transaction of this request, begun when first needed; ``unit_of_work`` ends it."""
    if "unit" not in flask.g:
        flask.g.unit = database().transaction()
        flask.g.session = flask.g.unit.__enter__()
    return cast("Session", flask.g.session)


def actor() -> Actor:
    """Who acts. Raises NotLoggedIn for a stranger."""
    found = login()
    if found is None:
        raise errors.NotLoggedIn("You are not logged in. Log in and try again.")
    return Actor(found.citizen_id, "citizen")


def open_record(citizen_id: str, action: Action) -> Grant:
    """Leave for who is logged in to do this with a citizen's data: their own, or as somebody whom the citizen lets.

    Raises NotLoggedIn and NotAllowed.
    """
    who = actor()
    purpose: Purpose = "self" if who.id == citizen_id else "relative"
    return access.open_record(session(), who, citizen_id, action, purpose, now())


def login() -> logins.Login | None:
    """The login of this browser, if it has one that holds."""
    if "login" not in flask.g:
        held = token()
        flask.g.login = logins.find(session(), held, now()) if held else None
    return cast("logins.Login | None", flask.g.login)


def signed() -> Signed:
    """The request as a device signed it. Raises DeviceRefused."""
    if "signed" not in flask.g:
        flask.g.signed = signed_requests.read(database())
    return cast("Signed", flask.g.signed)


def staff() -> Staff:
    """Who of staff asks, by a session or as a case system by its token.

    Raises NotLoggedIn for a stranger, and for a citizen, who is nobody here.
    """
    bearer = bearer_token()
    if bearer is not None:
        if "case_system" not in flask.g:
            flask.g.case_system = case_systems.find(session(), bearer, now())
        found = cast("Staff | None", flask.g.case_system)
    else:
        held = staff_login()
        found = held.staff if held else None
    if found is None:
        raise errors.NotLoggedIn("You are not logged in as a caseworker. Log in and try again.")
    return found


def bearer_token() -> str | None:
    """The token that a program sent in place of a session."""
    kind, _, written = flask.request.headers.get("Authorization", "").partition(" ")
    return written.strip() if kind.lower() == "bearer" else None


def staff_login() -> StaffLogin | None:
    """The session of staff of this browser, if it has one that holds."""
    if "staff_login" not in flask.g:
        held = token()
        flask.g.staff_login = staffs.find(session(), held, now()) if held else None
    return cast("StaffLogin | None", flask.g.staff_login)


def demand_fresh_login() -> None:
    """Refuse unless the citizen showed who they are within five minutes; raises FreshLoginNeeded."""
    found = login()
    if found is None or not logins.is_fresh(found, now()):
        raise errors.FreshLoginNeeded("Show once more that it is you, and then try again.")


def token() -> str | None:
    """The session token that the browser sent."""
    return flask.request.cookies.get(cookie_name())


def cookie_name() -> str:
    """Over https the name itself makes browsers demand Secure, this host and the whole path."""
    return "__Host-naerblik" if config().is_secure else "naerblik"


def demand_csrf() -> None:
    """Refuse a state-changing request that does not carry its session's token."""
    sent = flask.request.headers.get("X-CSRF-Token", "")
    held = token()
    if held is None or not hmac.compare_digest(sent.encode(), logins.csrf_of(held).encode()):
        raise errors.NotAllowed("This request does not come from the app itself. Reload the page and try again.")
