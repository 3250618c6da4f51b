"""Consents on paper: recorded by one caseworker, approved by another, and ended by one."""

from dataclasses import asdict
from typing import Any

from flask.views import MethodView

from app import errors
from app.access import on_paper
from app.access.on_paper import Approval, End, Signed
from app.api import current
from app.api.blueprint import Blueprint
from app.api.caseworker.paper_schemas import (
    ApprovalSchema,
    LetterSchema,
    PaperEndSchema,
    PaperSchema,
    TakenPaperSchema,
)
from app.identity import case_systems, number, staff
from app.identity.staff import Staff

blueprint = Blueprint(
    "paper",
    __name__,
    description="Consents on paper, for people who have no app. Two caseworkers make one, one ends it.",
    staff=True,
)


@blueprint.route("/consent-papers")
class PaperView(MethodView):
    """Papers that citizens signed."""

    @blueprint.arguments(PaperSchema)
    @blueprint.response(202, TakenPaperSchema)
    def post(self, said: dict[str, Any]) -> dict[str, str]:
        """Record what a citizen signed. It opens nothing before somebody else has approved it."""
        held = _person(said["template"])
        named = held.organisation_name or held.organisation
        about = number.read_number(said.pop("cpr"))
        signed = Signed(number=about, organisation_name=named, **said)
        on_paper.record(current.session(), held.actor, signed, current.now())
        return {"id": said["id"]}


@blueprint.route("/consent-paper-approvals")
class ApprovalView(MethodView):
    """The second caseworkers' word."""

    @blueprint.arguments(ApprovalSchema)
    @blueprint.response(200, LetterSchema)
    def post(self, said: dict[str, Any]) -> dict[str, Any]:
        """Approve a paper that somebody else recorded. The consent holds from now; the answer is the letter to send."""
        held = _person(said["template"])
        approval = Approval(number=number.read_number(said.pop("cpr")), **said)
        letter = on_paper.approve(current.session(), held.actor, approval, current.issuer(), current.now())
        return asdict(letter)


@blueprint.route("/consent-paper-ends")
class PaperEndView(MethodView):
    """Ends on paper."""

    @blueprint.arguments(PaperEndSchema)
    @blueprint.response(202, TakenPaperSchema)
    def post(self, said: dict[str, Any]) -> dict[str, str]:
        """End what a citizen gave by this text, as they wrote. Whether there was anything to end is not told."""
        held = _person(said["template"])
        ending = End(number=number.read_number(said.pop("cpr")), **said)
        on_paper.end(current.session(), held.actor, ending, current.issuer(), current.now())
        return {"id": said["id"]}


def _person(template: str) -> Staff:
    """The person who has the paper before them: a case system acts for many, and two of its users look like one."""
    held = current.staff()
    if held.id.startswith(case_systems.PREFIX):
        raise errors.NotAllowed("A paper is recorded and approved by people who log in, not by a case system.")
    staff.demand_covered(held, template)
    return held
