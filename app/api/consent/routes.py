"""The consents over HTTP."""

from typing import Any

from flask.views import MethodView

from app.api import current
from app.api.blueprint import Blueprint
from app.api.consent.own_schemas import BlockSchema, ConsentsSchema, EndSchema, RequestAnswerSchema
from app.consent import for_others, giving, own_wire, requests, wire
from app.consent import service as consent
from app.consent.event import Limit, Party
from app.grant import Grant

blueprint = Blueprint("consent", __name__, description="What the citizen has allowed, refused and blocked.")


@blueprint.route("/citizens/<citizen_id>/consents")
class ConsentsView(MethodView):
    """A citizen's consents."""

    @blueprint.response(200, ConsentsSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """The consents that other systems hold, as they say them; those given here; and what the citizen is asked."""
        return _all(current.open_record(citizen_id, "consents:read"))


@blueprint.route("/citizens/<citizen_id>/consent-requests/<request_id>/answer")
class RequestAnswerView(MethodView):
    """The citizen's answer to an authority that asks for a consent."""

    @blueprint.arguments(RequestAnswerSchema)
    @blueprint.response(200, ConsentsSchema)
    def put(self, given: dict[str, Any], citizen_id: str, request_id: str) -> dict[str, Any]:
        """Say yes or no. A yes is a consent from this moment, with a receipt; the same answer again changes nothing.

        A yes needs a login of the last five minutes.
        """
        if given["answer"] == "no":
            grant = current.open_record(citizen_id, "consents:refuse")
            giving.refuse_request(current.session(), grant, request_id)
            return _all(grant)
        current.demand_fresh_login()
        grant = current.open_record(citizen_id, "consents:give")
        giving.accept_request(
            current.session(), grant, request_id, given["event_id"], given["language"], current.issuer()
        )
        return _all(grant)


@blueprint.route("/citizens/<citizen_id>/blocks/<event_id>")
class BlockView(MethodView):
    """A block, under an id that its maker made."""

    @blueprint.arguments(BlockSchema)
    @blueprint.response(200, ConsentsSchema)
    def put(self, given: dict[str, Any], citizen_id: str, event_id: str) -> dict[str, Any]:
        """Block somebody from this moment on. It goes before every consent, and is lifted as a consent is withdrawn."""
        grant = current.open_record(citizen_id, "consents:block")
        session = current.session()
        names = own_wire.known(giving.read_standing(session, grant), requests.read_requests(session, grant))
        terms = giving.BlockTerms(
            grantee=Party(**given["grantee"]),
            exceptions=tuple(Party(**each) for each in given["exceptions"]),
            actions=frozenset(given["actions"]),
            limit=Limit(**given["data"]) if given["data"] else None,
            names=names,
        )
        giving.block(session, grant, event_id, terms, current.issuer())
        return _all(grant)


@blueprint.route("/citizens/<citizen_id>/consents/<grant_id>/end")
class EndView(MethodView):
    """The end of a consent, or of a block."""

    @blueprint.arguments(EndSchema)
    @blueprint.response(200, ConsentsSchema)
    def put(self, given: dict[str, Any], citizen_id: str, grant_id: str) -> dict[str, Any]:
        """Withdraw a consent or lift a block. It holds no more from this moment; nobody is told why."""
        grant = current.open_record(citizen_id, "consents:withdraw")
        giving.withdraw(current.session(), grant, grant_id, given["event_id"], current.issuer())
        return _all(grant)


def _all(grant: Grant) -> dict[str, Any]:
    session = current.session()
    standing, asked = giving.read_standing(session, grant), requests.read_requests(session, grant)
    listed = consent.read_consents(session, grant)
    if grant.basis != "self":
        standing, listed = for_others.standing(standing, grant.actor.id), for_others.listed(listed, grant.actor.id)
    return {**wire.consents(listed), **own_wire.own(standing, asked, grant.at)}
