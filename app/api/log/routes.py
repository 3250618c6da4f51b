"""The citizen's own access log over HTTP."""

from typing import Any

from flask.views import MethodView

from app.api import current
from app.api.blueprint import Blueprint
from app.api.log.schemas import LogQuerySchema, LogSchema
from app.audit import for_others, wire
from app.audit import service as audit

blueprint = Blueprint("log", __name__, description="Who has looked at the citizen's data.")


@blueprint.route("/citizens/<citizen_id>/log")
class LogView(MethodView):
    """A citizen's access log."""

    @blueprint.arguments(LogQuerySchema, location="query")
    @blueprint.response(200, LogSchema)
    def get(self, query: dict[str, int], citizen_id: str) -> dict[str, Any]:
        """Every access by somebody else, permitted or refused, and the citizen's own logins, exports and changes.

        Newest first, in parts: ``before`` the number of the last entry of a part asks for the next one. Whoever helps a
        citizen sees nothing of others who do.
        """
        grant = current.open_record(citizen_id, "log:read")
        read = audit.read_page if grant.basis == "self" else for_others.read_page
        return wire.log_page(read(current.session(), grant, query.get("before"), query["limit"]))
