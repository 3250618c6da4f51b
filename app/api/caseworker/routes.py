"""What caseworkers and their case systems ask: whether a consent holds, and for a consent. Never health data."""

from typing import Any

from flask.views import MethodView

from app.access import asking, status
from app.access.asking import Asked
from app.access.status import StatusQuestion
from app.api import current
from app.api.blueprint import Blueprint
from app.api.caseworker.schemas import (
    AskedSchema,
    OwnQuestionsQuerySchema,
    OwnQuestionsSchema,
    StatusAnswerSchema,
    StatusQuestionSchema,
    TakenSchema,
    TemplatesSchema,
)
from app.consent import questions, staff_wire, templates
from app.identity import number, staff

blueprint = Blueprint(
    "caseworker",
    __name__,
    description="What caseworkers and their case systems ask. They get a yes or a no, and never health data.",
    staff=True,
)


@blueprint.route("/consent-status")
class ConsentStatusView(MethodView):
    """Whether a consent holds."""

    @blueprint.arguments(StatusQuestionSchema)
    @blueprint.response(200, StatusAnswerSchema)
    def post(self, asked: dict[str, str]) -> dict[str, str]:
        """Ask whether a citizen's consent holds, for the asker's organisation, to all that a text speaks of.

        The answer may be acted on for five minutes, and proves its instant for ever. Every no is alike: never given,
        withdrawn, expired, blocked, or nobody known here. The question stands in the citizen's log at once.
        """
        held = current.staff()
        staff.demand_covered(held, asked["template"])
        cpr = asked.pop("cpr")
        question = StatusQuestion(number=number.read_number(cpr), **asked)
        token = status.answer(current.session(), held.actor, question, current.issuer().url, current.now())
        return {"answer": token}


@blueprint.route("/consent-requests")
class ConsentRequestsView(MethodView):
    """Questions for a consent."""

    @blueprint.arguments(AskedSchema)
    @blueprint.response(202, TakenSchema)
    def post(self, asked: dict[str, Any]) -> dict[str, str]:
        """Ask a citizen for a consent, from a text.

        They see the question if they use Nærblik; the answer here is the same whether they do or not.
        """
        held = current.staff()
        staff.demand_covered(held, asked["template"])
        cpr = asked.pop("cpr")
        named = held.organisation_name or held.organisation
        asking.ask(
            current.session(),
            held.actor,
            Asked(number=number.read_number(cpr), organisation_name=named, **asked),
            current.now(),
        )
        return {"id": asked["id"]}


@blueprint.route("/consent-templates")
class ConsentTemplatesView(MethodView):
    """The texts to ask with."""

    @blueprint.response(200, TemplatesSchema)
    def get(self) -> dict[str, Any]:
        """The newest version of every text that the asker's role covers."""
        return staff_wire.templates(templates.newest(), current.staff().templates, current.now())


@blueprint.route("/consent-questions")
class ConsentQuestionsView(MethodView):
    """The asker's own log."""

    @blueprint.arguments(OwnQuestionsQuerySchema, location="query")
    @blueprint.response(200, OwnQuestionsSchema)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """What one asked oneself, newest first, in parts; never about whom."""
        asker = current.staff().actor
        asked = questions.read_own(current.session(), asker, query["before"], query["limit"], current.now())
        return staff_wire.own_log(asked)
