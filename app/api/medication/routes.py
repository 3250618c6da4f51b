"""The medication card and the dose plan over HTTP."""

from datetime import date
from typing import Any

from flask.views import MethodView

from app.api import current
from app.api.blueprint import Blueprint
from app.api.medication.renewal_schemas import RenewalsSchema, RenewalWishSchema
from app.api.medication.schemas import CardSchema, DosePlanQuerySchema, DosePlanSchema
from app.grant import Grant
from app.medication import renewals, wire
from app.medication import service as medication

blueprint = Blueprint("medication", __name__, description="The medication card and what it plans for a day.")


@blueprint.route("/citizens/<citizen_id>/card")
class CardView(MethodView):
    """A citizen's medication card."""

    @blueprint.response(200, CardSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """The medication card.

        Private medications are counted and nothing else is said of them. Whoever helps a citizen is not told the number
        that the health service knows them by.
        """
        grant = current.open_record(citizen_id, "medication:read")
        takers = current.takers("renewal") if grant.basis == "self" else ()
        return _for(grant, wire.shown(medication.read_card(current.session(), grant), takers))


@blueprint.route("/citizens/<citizen_id>/dose-plan")
class DosePlanView(MethodView):
    """The doses of a day."""

    @blueprint.arguments(DosePlanQuerySchema, location="query")
    @blueprint.response(200, DosePlanSchema)
    def get(self, query: dict[str, date], citizen_id: str) -> dict[str, Any]:
        """What the card plans for a date, and which medications it gives no time."""
        grant = current.open_record(citizen_id, "medication:read")
        return wire.dose_plan(medication.read_dose_plan(current.session(), grant, query["date"]))


@blueprint.route("/citizens/<citizen_id>/renewals")
class RenewalsView(MethodView):
    """What the citizen asked to have renewed."""

    @blueprint.response(200, RenewalsSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """The last wish on every medication that was asked for, and how far it has come."""
        grant = current.open_record(citizen_id, "medication:read")
        return wire.renewals(renewals.read_renewals(current.session(), grant))


@blueprint.route("/citizens/<citizen_id>/medications/<key>/renewal")
class RenewalView(MethodView):
    """A wish for a new prescription on one medication."""

    @blueprint.arguments(RenewalWishSchema)
    @blueprint.response(200, RenewalsSchema)
    def put(self, wish: dict[str, Any], citizen_id: str, key: str) -> dict[str, Any]:
        """Ask for a new prescription.

        The wish is sent to the source and tried again until it has arrived. The same ``message_id`` again changes
        nothing.
        """
        session, grant = current.session(), current.open_record(citizen_id, "medication:renew")
        renewals.wish(session, grant, key, wish["message_id"], wish["note"], current.takers("renewal"), grant.at)
        return wire.renewals(renewals.read_renewals(session, grant))


def _for(grant: Grant, card: dict[str, Any]) -> dict[str, Any]:
    """The card as the one who asks may have it."""
    return card if grant.basis == "self" else {**card, "citizen": {**card["citizen"], "cpr": None}}
