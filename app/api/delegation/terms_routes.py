"""Delegations over HTTP: their terms and a pause for the citizen; what they may, and giving it up, for the relative."""

from typing import Any

from flask.views import MethodView

from app.access import agreeing
from app.access.agreeing import Held
from app.api import current
from app.api.blueprint import Blueprint
from app.api.delegation.terms_schemas import (
    DelegationsSchema,
    HeldAnswerSchema,
    HeldListSchema,
    HiddenListSchema,
    HidingSchema,
    PauseSchema,
    TermsSchema,
)
from app.consent import giving
from app.delegation import delegations, hiding, notices, pausing, wire
from app.delegation.hiding import Hidden
from app.delegation.invitation import Offer
from app.grant import Grant

blueprint = Blueprint("delegations", __name__, description="What relatives may do, for both sides.")


@blueprint.route("/citizens/<citizen_id>/delegations")
class DelegationsView(MethodView):
    """A citizen's delegations."""

    @blueprint.response(200, DelegationsSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """Whom the citizen lets help, with what, until when; and whether all are paused.

        One is ended as a consent is withdrawn.
        """
        return _all(current.open_record(citizen_id, "delegation:read"))


@blueprint.route("/citizens/<citizen_id>/delegations/<grant_id>/terms")
class TermsView(MethodView):
    """The terms of a delegation."""

    @blueprint.arguments(TermsSchema)
    @blueprint.response(200, DelegationsSchema)
    def put(self, given: dict[str, Any], citizen_id: str, grant_id: str) -> dict[str, Any]:
        """Give new terms. What they take away is gone at once; what they add waits for the relative's yes.

        Needs a login of the last five minutes.
        """
        current.demand_fresh_login()
        grant = current.open_record(citizen_id, "delegation:change")
        offer = Offer("", frozenset(given["actions"]), given["last_day"], given["language"])
        delegations.change(current.session(), grant, grant_id, given["event_id"], offer, current.issuer())
        return _all(grant)


@blueprint.route("/citizens/<citizen_id>/delegations/pause")
class PauseView(MethodView):
    """A pause of all relatives."""

    @blueprint.arguments(PauseSchema)
    @blueprint.response(200, DelegationsSchema)
    def put(self, given: dict[str, Any], citizen_id: str) -> dict[str, Any]:
        """Pause all relatives at once, or let them in again. Nobody is told why."""
        grant = current.open_record(citizen_id, "delegation:pause")
        if given["paused"]:
            pausing.pause(current.session(), grant, given["event_id"], current.issuer())
        else:
            pausing.resume(current.session(), grant, current.issuer())
        return _all(grant)


@blueprint.route("/citizens/<citizen_id>/hidden")
class HiddenView(MethodView):
    """What a citizen hides from relatives."""

    @blueprint.response(200, HiddenListSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """All that is hidden, from whom."""
        return _hidden(current.open_record(citizen_id, "delegation:read"))

    @blueprint.arguments(HidingSchema)
    @blueprint.response(200, HiddenListSchema)
    def put(self, given: dict[str, Any], citizen_id: str) -> dict[str, Any]:
        """Hide one item from relatives, or show it again. For them it is not there, and nobody is told why."""
        grant = current.open_record(citizen_id, "delegation:hide")
        hidden = Hidden(given["collection"], given["key"], given["person"])
        (hiding.hide if given["hidden"] else hiding.show)(current.session(), grant, hidden)
        return _hidden(grant)


@blueprint.route("/delegations")
class HeldView(MethodView):
    """Whom one may help."""

    @blueprint.response(200, HeldListSchema)
    def get(self) -> dict[str, Any]:
        """The citizens who let the one who is logged in help them, and with what."""
        return _held()


@blueprint.route("/delegations/<citizen_id>/<grant_id>/answer")
class HeldAnswerView(MethodView):
    """The relative's word about what they were let do."""

    @blueprint.arguments(HeldAnswerSchema)
    @blueprint.response(200, HeldListSchema)
    def put(self, given: dict[str, Any], citizen_id: str, grant_id: str) -> dict[str, Any]:
        """Say yes to new terms, or give it up, at once and without a reason. The same again changes nothing."""
        session, actor, now = current.session(), current.actor(), current.now()
        if given["answer"] == "yes":
            how = (given["language"], current.issuer(), now, current.post())
            agreeing.agree(session, actor, citizen_id, grant_id, *how)
        else:
            agreeing.renounce(session, actor, citizen_id, grant_id, current.issuer(), now)
        return _held()


def _all(grant: Grant) -> dict[str, Any]:
    session = current.session()
    standing = [each for each in giving.read_standing(session, grant) if each.concerns == "delegation"]
    return wire.delegations(standing, pausing.paused_since(session, grant), notices.read_all(session, grant))


def _hidden(grant: Grant) -> dict[str, Any]:
    found = hiding.read_all(current.session(), grant)
    return {"hidden": [{"collection": each.collection, "key": each.key, "person": each.person_id} for each in found]}


def _held() -> dict[str, Any]:
    found = agreeing.read_held(current.session(), current.actor(), current.now())
    return {"held": [_held_one(each) for each in found]}


def _held_one(held: Held) -> dict[str, Any]:
    return {
        "citizen_id": held.citizen_id,
        "citizen_name": held.citizen_name,
        "grant_id": held.grant_id,
        "accepted": held.is_accepted,
        "now": sorted(held.now),
        "last_day": held.last_day.isoformat() if held.last_day else None,
        **wire.words(held.actions),
    }
