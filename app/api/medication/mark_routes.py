"""Marked doses over HTTP: taken, skipped, and taken back."""

from datetime import date
from typing import Any

from flask.views import MethodView

from app import errors
from app.api import current
from app.api.blueprint import Blueprint
from app.api.medication.mark_schemas import MarkSchema, MarksQuerySchema, MarksSchema, UndoSchema
from app.medication import marks, wire
from app.medication.marks import Amount, Slot, Statement

blueprint = Blueprint("dose-marks", __name__, description="Which doses were taken or skipped.")

LONGEST_ID = 64


@blueprint.route("/citizens/<citizen_id>/dose-marks")
class DoseMarksView(MethodView):
    """What was said about a citizen's doses."""

    @blueprint.arguments(MarksQuerySchema, location="query")
    @blueprint.response(200, MarksSchema)
    def get(self, query: dict[str, date], citizen_id: str) -> dict[str, Any]:
        """What was said about the doses of these days, what was taken back too."""
        grant = current.open_record(citizen_id, "medication:read")
        return wire.marks(marks.read_marks(current.session(), grant, query["first"], query["last"]), grant.actor.id)


@blueprint.route("/citizens/<citizen_id>/dose-marks/<mark_id>")
class DoseMarkView(MethodView):
    """One statement about a dose, under an id that its maker made."""

    @blueprint.arguments(MarkSchema)
    @blueprint.response(200, MarksSchema)
    def put(self, given: dict[str, Any], citizen_id: str, mark_id: str) -> dict[str, Any]:
        """Say that a dose was taken or skipped; answers all that was said of its day.

        The same again under the same id changes nothing. Whatever else was said about the dose stays beside it.
        """
        if len(mark_id) > LONGEST_ID:
            raise errors.Invalid("The id of a mark has at most 64 characters.")
        session, grant, day = current.session(), current.open_record(citizen_id, "medication:mark"), given["date"]
        slot = Slot(given["medication"], day, given["slot"], given["ordinal"])
        amount = None if given["quantity"] is None else Amount(given["quantity"], given["unit"])
        marks.record_mark(session, grant, mark_id, Statement(slot, given["said"], given["at"], amount))
        return wire.marks(marks.read_marks(session, grant, day, day), grant.actor.id)


@blueprint.route("/citizens/<citizen_id>/dose-marks/<key>/undo")
class DoseMarkUndoView(MethodView):
    """A statement that is taken back."""

    @blueprint.arguments(UndoSchema)
    @blueprint.response(200, MarksSchema)
    def put(self, given: dict[str, str], citizen_id: str, key: str) -> dict[str, Any]:
        """Take a mark back, by its key; answers all that was said of its day. Taken back twice is once."""
        session, grant = current.session(), current.open_record(citizen_id, "medication:mark")
        marks.undo_mark(session, grant, given["undo_id"], key)
        day = next(each.slot.day for each in marks.read_marks(session, grant) if each.key == key)
        return wire.marks(marks.read_marks(session, grant, day, day), grant.actor.id)
