"""The demo's made-up people, and logging in as one of them. Registered in the demo only."""

from typing import Any

import flask
from flask.views import MethodView

from app import errors
from app.access import service as access
from app.api import current
from app.api.blueprint import Blueprint
from app.api.demo.schemas import DemoLoginSchema, DemoPeopleSchema, DemoStaffLoginSchema
from app.api.session import cookies
from app.api.session.routes import describe
from app.api.session.schemas import SessionSchema
from app.gateways import demo
from app.grant import Actor
from app.identity import citizens, logins
from app.identity import staff as staffs
from app.identity.staff import Staff

blueprint = Blueprint("demo", __name__, description="The demo's made-up people.", public=True)


@blueprint.route("/login/demo/people")
class DemoPeopleView(MethodView):
    """The demo's people."""

    @blueprint.response(200, DemoPeopleSchema)
    def get(self) -> dict[str, Any]:
        """Whom one can be in the demo."""
        people = [
            {"id": each.id, "name": each.name, "about_da": each.about_da, "about_en": each.about_en}
            for each in demo.PEOPLE
            if each.logs_in
        ]
        return {"people": people}


@blueprint.route("/login/demo")
class DemoSessionView(MethodView):
    """A session as one of them."""

    @blueprint.arguments(DemoLoginSchema)
    @blueprint.response(200, SessionSchema)
    def post(self, login: dict[str, str]) -> flask.Response:
        """Log in as one of the demo's people.

        A session that this browser had before is ended, and the new one gets a new token.
        """
        session = current.session()
        chosen = next((each for each in demo.PEOPLE if each.logs_in and each.id == login["person"]), None)
        citizen_id = citizens.find(session, chosen.number) if chosen else None
        if citizen_id is None:
            raise errors.NotFound("There is no such person in the demo. Choose one of those listed.")
        held = current.token()
        if held is not None:
            logins.end(session, held)
        now = current.now()
        grant = access.open_record(session, Actor(citizen_id, "citizen"), citizen_id, "login:begin", "self", now)
        token = logins.begin(session, grant, "demo", now)
        response = flask.jsonify(describe(session, token, logins.find(session, token, now)))
        cookies.give_session(response, token)
        return response


@blueprint.route("/login/demo/staff")
class DemoStaffView(MethodView):
    """A session as one of the demo's caseworkers."""

    @blueprint.arguments(DemoStaffLoginSchema, required=False)
    @blueprint.response(200, SessionSchema)
    def post(self, login: dict[str, str]) -> flask.Response:
        """Log in as one of the demo's caseworkers, who ask for a made-up municipality.

        A session that this browser had before is ended, and the new one gets a new token.
        """
        who = next((each for each in demo.CASEWORKERS if each.id == login["person"]), None)
        if who is None:
            raise errors.NotFound("There is no such caseworker in the demo.")
        session, now = current.session(), current.now()
        held = current.token()
        if held is not None:
            logins.end(session, held)
        acting = Staff(staffs.id_of(session, "demo", who.id), who.cvr, "substantial", who.name, who.organisation)
        token = staffs.begin(session, acting, "demo", now, now)
        response = flask.jsonify(describe(session, token, None, staffs.find(session, token, now)))
        cookies.give_session(response, token)
        return response
