"""The consents over HTTP."""

from typing import Any

from flask.views import MethodView

from app.access import service as access
from app.api import current
from app.api.blueprint import Blueprint
from app.api.consent.schemas import ConsentsSchema
from app.consent import service as consent
from app.consent import wire

blueprint = Blueprint("consent", __name__, description="What the citizen has allowed and refused.")


@blueprint.route("/citizens/<citizen_id>/consents")
class ConsentsView(MethodView):
    """A citizen's consents."""

    @blueprint.response(200, ConsentsSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """The consents that other systems hold, as they say them."""
        session = current.session()
        grant = access.open_record(session, current.actor(), citizen_id, "consents:read", "self", current.now())
        return wire.consents(consent.read_consents(session, grant))
