"""The medication card and the dose plan over HTTP."""

from datetime import date
from typing import Any

from flask.views import MethodView

from app.access import service as access
from app.api import current
from app.api.blueprint import Blueprint
from app.api.medication.renewal_schemas import RenewalsSchema, RenewalWishSchema
from app.api.medication.schemas import CardSchema, DosePlanQuerySchema, DosePlanSchema
from app.medication import renewals, wire
from app.medication import service as medication

blueprint = Blueprint("medication", __name__, description="The medication card and what it plans for a day.")


@blueprint.route("/citizens/<citizen_id>/card")
class CardView(MethodView):
    """A citizen's medication card."""

    @blueprint.response(200, CardSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """The medication card.

        Private medications are counted and nothing else is said of them.
        """
        session = current.session()
        grant = access.open_record(session, current.actor(), citizen_id, "medication:read", "self", current.now())
        return wire.shown(medication.read_card(session, grant), current.takers("renewal"))


@blueprint.route("/citizens/<citizen_id>/dose-plan")
class DosePlanView(MethodView):
    """The doses of a day."""

    @blueprint.arguments(DosePlanQuerySchema, location="query")
    @blueprint.response(200, DosePlanSchema)
    def get(self, query: dict[str, date], citizen_id: str) -> dict[str, Any]:
        """What the card plans for a date, and which medications it gives no time."""
        session = current.session()
        grant = access.open_record(session, current.actor(), citizen_id, "medication:read", "self", current.now())
        return wire.dose_plan(medication.read_dose_plan(session, grant, query["date"]))


@blueprint.route("/citizens/<citizen_id>/renewals")
class RenewalsView(MethodView):
    """What the citizen asked to have renewed."""

    @blueprint.response(200, RenewalsSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """The last wish on every medication that was asked for, and how far it has come."""
        session = current.session()
        grant = access.open_record(session, current.actor(), citizen_id, "medication:read", "self", current.now())
        return wire.renewals(renewals.read_renewals(session, grant))


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
        session, now = current.session(), current.now()
        grant = access.open_record(session, current.actor(), citizen_id, "medication:renew", "self", now)
        renewals.wish(session, grant, key, wish["message_id"], wish["note"], current.takers("renewal"), now)
        return wire.renewals(renewals.read_renewals(session, grant))
