"""Who is logged in at this browser, and logging out."""

from typing import Any

import flask
from flask.views import MethodView
from sqlalchemy.orm import Session

from app import clock
from app.access import helping
from app.access import service as access
from app.api import current
from app.api.blueprint import Blueprint
from app.api.session import cookies
from app.api.session.schemas import SessionSchema
from app.grant import Actor
from app.identity import device as devices
from app.identity import logins, people
from app.identity.staff import StaffLogin

blueprint = Blueprint("session", __name__, description="Who is logged in at this browser.", public=True)
everywhere = Blueprint("sessions", __name__, description="A citizen's sessions at all their browsers.")


@blueprint.route("/session")
class SessionView(MethodView):
    """The session of this browser."""

    @blueprint.response(200, SessionSchema)
    def get(self) -> dict[str, Any]:
        """Who is logged in.

        Answers a stranger too, with ``logged_in`` false.
        """
        return describe(current.session(), current.token(), current.login(), current.staff_login())

    @blueprint.response(204)
    def delete(self) -> flask.Response:
        """Log out at this browser."""
        held = current.token()
        if held is not None and (current.login() is not None or current.staff_login() is not None):
            current.demand_csrf()
            logins.end(current.session(), held)
        response = flask.Response(status=204)
        cookies.drop_session(response)
        return response


@everywhere.route("/sessions")
class SessionsView(MethodView):
    """The citizen's sessions at all browsers."""

    @everywhere.response(204)
    def delete(self) -> flask.Response:
        """Log out everywhere, here too."""
        logins.end_all(current.session(), current.actor().id)
        response = flask.Response(status=204)
        cookies.drop_session(response)
        return response


def describe(
    session: Session, token: str | None, login: logins.Login | None, staff: StaffLogin | None = None
) -> dict[str, Any]:
    """The session as it goes out."""
    answer: dict[str, Any] = {
        "logged_in": False,
        "mode": current.config().mode,
        "oidc": current.has_oidc(),
        "csrf": None,
        "authenticated_at": None,
        "citizen": None,
        "staff": None,
        "staff_oidc": current.has_staff_oidc(),
        "has_device": False,
        "helps": False,
    }
    held = login or staff
    if held is None or token is None:
        return answer
    answer |= {
        "logged_in": True,
        "csrf": logins.csrf_of(token),
        "authenticated_at": clock.utc_text(held.authenticated_at),
    }
    if login is None:
        return answer | {"staff": _staff(staff)}
    return answer | {
        "citizen": _citizen(session, login),
        "has_device": _has_device(session, login),
        "helps": helping.helps(session, login.citizen_id),
    }


def _has_device(session: Session, login: logins.Login) -> bool:
    found = devices.find(session, cookies.device()) if cookies.device() else None
    return found is not None and found.citizen_id == login.citizen_id and found.state == "active"


def _citizen(session: Session, login: logins.Login) -> dict[str, Any]:
    actor = Actor(login.citizen_id, "citizen")
    grant = access.open_record(session, actor, login.citizen_id, "person:read", "self", current.now())
    person = people.read_person(session, grant)
    return {
        "id": login.citizen_id,
        "name": person.name,
        "born": person.born.isoformat() if person.born else None,
    }


def _staff(login: StaffLogin | None) -> dict[str, Any] | None:
    if login is None:
        return None
    staff = login.staff
    return {
        "name": staff.name,
        "organisation": staff.organisation,
        "organisation_name": staff.organisation_name or staff.organisation,
        "units": list(staff.units),
    }
