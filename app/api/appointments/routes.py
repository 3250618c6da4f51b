"""The appointments, and the citizen's answers to them, over HTTP."""

from typing import Any

import flask
from flask.views import MethodView

from app.api import current
from app.api.appointments.schemas import AnswerGivenSchema, AnswersSchema, AppointmentsSchema
from app.api.blueprint import Blueprint
from app.appointments import answers, wire
from app.appointments import service as appointments

blueprint = Blueprint("appointments", __name__, description="Appointments across hospital, municipality and doctor.")


@blueprint.route("/citizens/<citizen_id>/appointments")
class AppointmentsView(MethodView):
    """A citizen's appointments."""

    @blueprint.response(200, AppointmentsSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """All appointments over all sources, past ones included, by their start."""
        grant = current.open_record(citizen_id, "appointments:read")
        listed = appointments.read_appointments(current.session(), grant)
        return wire.shown(listed, current.takers("appointment_answer"))


@blueprint.route("/citizens/<citizen_id>/appointments/<key>/calendar.ics")
class CalendarFileView(MethodView):
    """One appointment for the phone's calendar."""

    @blueprint.response(200, content_type="text/calendar")
    def get(self, citizen_id: str, key: str) -> flask.Response:
        """The appointment as a calendar file."""
        # Loaded with its first use: most starts of the app make no calendar file.
        from app.gateways import calendar_file

        grant = current.open_record(citizen_id, "appointments:read")
        listed = appointments.find(current.session(), grant, key)
        content = calendar_file.calendar(listed, current.now())
        disposition = {"Content-Disposition": 'attachment; filename="aftale.ics"'}
        return flask.Response(content, mimetype="text/calendar", headers=disposition)


@blueprint.route("/citizens/<citizen_id>/answers")
class AnswersView(MethodView):
    """What the citizen answered to appointments."""

    @blueprint.response(200, AnswersSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """The standing answer to every appointment that was answered, and how far it has come."""
        grant = current.open_record(citizen_id, "appointments:read")
        return wire.answers(answers.read_answers(current.session(), grant))


@blueprint.route("/citizens/<citizen_id>/appointments/<key>/answer")
class AnswerView(MethodView):
    """The citizen's answer to one appointment."""

    @blueprint.arguments(AnswerGivenSchema)
    @blueprint.response(200, AnswersSchema)
    def put(self, given: dict[str, Any], citizen_id: str, key: str) -> dict[str, Any]:
        """Answer an appointment: coming, cannot come, or wishing another time.

        The answer is sent to the source and tried again until it has arrived. The same ``message_id`` again changes
        nothing. 409 ``stale`` when the appointment has changed since ``version``.
        """
        grant = current.open_record(citizen_id, "appointments:respond")
        said = answers.Given(given["message_id"], given["version"], given["said"], given["wish"])
        answers.answer(current.session(), grant, key, said, current.takers("appointment_answer"), current.now())
        return wire.answers(answers.read_answers(current.session(), grant))
