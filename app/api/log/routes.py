"""The citizen's own access log over HTTP."""

from typing import Any

from flask.views import MethodView

from app.access import service as access
from app.api import current
from app.api.blueprint import Blueprint
from app.api.log.schemas import LogQuerySchema, LogSchema
from app.audit import service as audit
from app.audit import wire

blueprint = Blueprint("log", __name__, description="Who has looked at the citizen's data.")


@blueprint.route("/citizens/<citizen_id>/log")
class LogView(MethodView):
    """A citizen's access log."""

    @blueprint.arguments(LogQuerySchema, location="query")
    @blueprint.response(200, LogSchema)
    def get(self, query: dict[str, int], citizen_id: str) -> dict[str, Any]:
        """Every access by somebody else, permitted or refused, and the citizen's own logins, exports and changes.

        Newest first, in parts: ``before`` the number of the last entry of a part asks for the next one.
        """
        session = current.session()
        grant = access.open_record(session, current.actor(), citizen_id, "log:read", "self", current.now())
        return wire.log_page(audit.read_page(session, grant, query.get("before"), query["limit"]))
