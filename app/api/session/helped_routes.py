"""Whom the one who is logged in helps."""

from datetime import datetime, timedelta
from typing import Any

from flask.views import MethodView

from app import clock
from app.access import helping
from app.access.helping import Helped
from app.api import current
from app.api.blueprint import Blueprint
from app.api.session.helped_schemas import HelpedSchema

blueprint = Blueprint("helped", __name__, description="The citizens whom somebody helps, and with what.")


@blueprint.route("/helped")
class HelpedView(MethodView):
    """The citizens whom the one who is logged in helps."""

    @blueprint.response(200, HelpedSchema)
    def get(self) -> dict[str, Any]:
        """Whom one may see and act for now. What one may not do for them is refused, and stands in their log.

        Each of them finds in their log that they were named here, once for each login.
        """
        actor, nonce = current.actor(), helping.nonce_of(current.token() or "")
        found = helping.helped(current.session(), actor.id, current.now(), nonce)
        return {"people": [_said(each) for each in found]}


def _said(helped: Helped) -> dict[str, Any]:
    return {
        "id": helped.citizen_id,
        "name": helped.name,
        "relation": helped.relation,
        "actions": list(helped.actions),
        "last_day": _last_day(helped.until),
    }


def _last_day(until: datetime | None) -> str | None:
    """The civil day that holds the last instant before ``until``."""
    return clock.civil_date(until - timedelta(microseconds=1)).isoformat() if until else None
