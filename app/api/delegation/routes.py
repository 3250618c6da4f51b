"""Invitations over HTTP: made and taken back by the citizen, opened and answered by the relative."""

from typing import Any

from flask.views import MethodView

from app import errors
from app.access import inviting
from app.api import current, unit_of_work
from app.api.blueprint import Blueprint
from app.api.delegation.schemas import (
    FactsSchema,
    InvitationAnswerSchema,
    InvitationsSchema,
    InviteSchema,
    MadeSchema,
    OpenedSchema,
)
from app.delegation import invitations, wire
from app.delegation.invitation import Offer
from app.grant import Grant

blueprint = Blueprint("delegation", __name__, description="Relatives whom a citizen lets help.")

UNKNOWN = (
    "The code and the date of birth do not fit an invitation that is open. "
    "Check both, or ask the one who invited you for a new code."
)


@blueprint.route("/citizens/<citizen_id>/invitations")
class InvitationsView(MethodView):
    """A citizen's invitations."""

    @blueprint.response(200, InvitationsSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """All invitations that the citizen made, and what became of them."""
        return _all(current.open_record(citizen_id, "delegation:read"))

    @blueprint.arguments(InviteSchema)
    @blueprint.response(201, MadeSchema)
    def post(self, given: dict[str, Any], citizen_id: str) -> dict[str, Any]:
        """Invite a relative. The code is good for a week, and needs the citizen's date of birth with it.

        Needs a login of the last five minutes.
        """
        current.demand_fresh_login()
        offer = Offer(given["name"], frozenset(given["actions"]), given["last_day"], given["language"])
        made, code = inviting.invite(current.session(), current.actor(), citizen_id, offer, current.now())
        return wire.made(made, code, current.now())


@blueprint.route("/citizens/<citizen_id>/invitations/<invitation_id>")
class InvitationView(MethodView):
    """One invitation of the citizen's."""

    @blueprint.response(200, InvitationsSchema)
    def delete(self, citizen_id: str, invitation_id: str) -> dict[str, Any]:
        """Take it back: its code opens nothing any more. Taken back twice is taken back once."""
        grant = current.open_record(citizen_id, "delegation:invite")
        invitations.withdraw(current.session(), grant, invitation_id)
        return _all(grant)


@blueprint.route("/invitations/opening")
class OpeningView(MethodView):
    """An invitation by its code."""

    @blueprint.arguments(FactsSchema)
    @blueprint.response(200, OpenedSchema)
    def post(self, given: dict[str, Any]) -> dict[str, Any]:
        """Open an invitation with its code and the date of birth of the one who made it.

        A wrong pair is answered alike, whether or not there is such a code; five of them close an invitation.
        """
        session, now = current.session(), current.now()
        opened = inviting.open_by_facts(session, current.actor(), given["code"], given["born"], now, current.post())
        if opened is None:
            unit_of_work.commit()  # the try counts, although the answer is no
            raise errors.InvitationUnknown(UNKNOWN)
        return wire.opened(opened.invitation, opened.citizen_name, now)


@blueprint.route("/invitations/<invitation_id>/answer")
class InvitationAnswerView(MethodView):
    """The relative's answer."""

    @blueprint.arguments(InvitationAnswerSchema)
    @blueprint.response(200, OpenedSchema)
    def put(self, given: dict[str, Any], invitation_id: str) -> dict[str, Any]:
        """Say yes or no to an invitation that one has opened. The same answer again changes nothing."""
        now = current.now()
        answered = inviting.answer(
            current.session(),
            current.actor(),
            invitation_id,
            now,
            current.issuer(),
            is_yes=given["answer"] == "yes",
            language=given["language"],
            post=current.post(),
        )
        return wire.opened(answered.invitation, answered.citizen_name, now)


def _all(grant: Grant) -> dict[str, Any]:
    return wire.own(invitations.read_all(current.session(), grant), grant.at)
