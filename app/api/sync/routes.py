"""Devices in touch: pull, push, log and news. See docs/protocol.md."""

from typing import Any

import flask
from flask.views import MethodView

from app import errors
from app.access import service as access
from app.api import current
from app.api.blueprint import Blueprint
from app.api.sync.schemas import LogProofSchema, NewsSchema, PullSchema, PushSchema
from app.grant import Actor
from app.identity import device as devices
from app.sync import acts, answers, news, proving, pull, push
from app.sync.proving import AskedProof
from app.sync.pull import Asked, Named

blueprint = Blueprint("sync", __name__, description="Sealed copies on devices, and what is done on them.", device=True)
asking = Blueprint("news", __name__, description="Whether a device's pull would bring anything.", public=True)


@blueprint.route("/sync/pull")
class PullView(MethodView):
    """What is new for a device."""

    @blueprint.arguments(PullSchema)
    @blueprint.alt_response(200, success=True)
    def post(self, given: dict[str, Any]) -> flask.Response:
        """Tell a device what is new of every copy that it may hold. Signed by the device, and sealed to it."""
        signed, session = current.signed(), current.session()
        device = devices.hold(session, signed.device, current.now(), signed.counter)
        asked = Asked(
            schema=given["schema"],
            spaces=[Named(**each) for each in given["spaces"]],
            wiped=[(each["space"], each["gen"]) for each in given["wiped"]],
            confirmed=given["confirmed"],
            queued=given["queued"],
        )
        head, rows = pull.pull(session, device, asked, current.present)
        head["takers"] = {name: sorted(current.takers(kind)) for name, kind in acts.SENT_ON.items()}
        return _sealed(answers.seal(session, device, signed.path, signed.nonce, signed.body_hash, head, rows))


@blueprint.route("/sync/push")
class PushView(MethodView):
    """What was done on a device."""

    @blueprint.arguments(PushSchema)
    @blueprint.alt_response(200, success=True)
    def post(self, given: dict[str, Any]) -> flask.Response:
        """Do each act of a device that is not done yet; answers one outcome each. Signed, and sealed to the device."""
        signed, database = current.signed(), current.database()
        asked = [push.act_of(each) for each in given["acts"]]
        doing = push.Doing(database, signed.device, signed.counter, current.issuer(), current.takers, current.present)
        head = push.push(doing, given["acked"], asked)
        with database.reading() as session:
            body = answers.seal(session, signed.device, signed.path, signed.nonce, signed.body_hash, head)
        return _sealed(body)


@blueprint.route("/sync/log")
class LogProofView(MethodView):
    """Proofs about a person's log."""

    @blueprint.arguments(LogProofSchema)
    @blueprint.alt_response(200, success=True)
    def post(self, given: dict[str, Any]) -> flask.Response:
        """Tell a device its person's new log entries, and prove that none is missing. Signed, and sealed to it."""
        signed, session = current.signed(), current.session()
        device = devices.hold(session, signed.device, current.now(), signed.counter)
        head, rows = proving.ended(current.now()), b""
        if device.state != "ended":
            actor = Actor(device.citizen_id, "citizen")
            grant = access.open_record(session, actor, device.citizen_id, "log:read", "self", current.now())
            asked = AskedProof(given["note"], given["seq"])
            head, rows = proving.prove(session, grant, asked, current.now())
        return _sealed(answers.seal(session, device, signed.path, signed.nonce, signed.body_hash, head, rows))


@asking.route("/sync/news")
class NewsView(MethodView):
    """Whether there may be anything new."""

    @asking.response(200, NewsSchema)
    @asking.alt_response(204)
    def post(self) -> Any:
        """Compare the cursor tokens of the body, one a line, with where the shelves stand. 204: nothing is new."""
        try:
            written = flask.request.get_data().decode("ascii")
        except UnicodeDecodeError:
            raise errors.Invalid("This is no token of ours.") from None
        if news.is_any(current.database(), written.split("\n")):
            return {"new": True}
        return flask.Response(status=204)


def _sealed(body: bytes) -> flask.Response:
    return flask.Response(body, mimetype="application/octet-stream")
