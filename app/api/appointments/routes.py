"""The appointments over HTTP."""

from typing import Any

from flask.views import MethodView

from app.access import service as access
from app.api import current
from app.api.appointments.schemas import AppointmentsSchema
from app.api.blueprint import Blueprint
from app.appointments import service as appointments
from app.appointments import wire

blueprint = Blueprint("appointments", __name__, description="Appointments across hospital, municipality and doctor.")


@blueprint.route("/citizens/<citizen_id>/appointments")
class AppointmentsView(MethodView):
    """A citizen's appointments."""

    @blueprint.response(200, AppointmentsSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """All appointments over all sources, past ones included, by their start."""
        session = current.session()
        grant = access.open_record(session, current.actor(), citizen_id, "appointments:read", "self", current.now())
        return wire.appointments(appointments.read_appointments(session, grant))
