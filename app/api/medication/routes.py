"""The medication card and the dose plan over HTTP."""

from datetime import date
from typing import Any

from flask.views import MethodView

from app.access import service as access
from app.api import current
from app.api.blueprint import Blueprint
from app.api.medication.schemas import CardSchema, DosePlanQuerySchema, DosePlanSchema
from app.medication import service as medication
from app.medication import wire

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
        return wire.card(medication.read_card(session, grant))


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
