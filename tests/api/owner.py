"""Somebody who is logged in, their devices, and an address that takes only signed requests."""

from collections.abc import Mapping
from typing import Any

import flask
from flask.testing import FlaskClient

from app.api import current
from app.api.blueprint import Blueprint
from app.factory import create_app
from app.identity import device as devices
from tests.device import Device
from tests.flows.test_read import log_in
from tests.house import House

PROBE = "/api/v1/probe"


class Owner:
    """A citizen who is logged in, and what sends requests for a device of theirs, with or without their session."""

    def __init__(self, house: House, place: int = 0) -> None:
        self.app = create_app(house.settings, house.opened, house.now)
        _add_probe(self.app)
        self.client = self.app.test_client()
        self.stranger = self.app.test_client()
        self.place = place
        self.session = log_in(self.client, place)
        self.headers = {"X-CSRF-Token": self.session["csrf"]}

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, Any, bytes]:
        """Over this citizen's browser when the CSRF token is along, else from anywhere."""
        client: FlaskClient = self.client if "X-CSRF-Token" in headers else self.stranger
        answer = client.open(path, method=method, headers=dict(headers), data=body)
        return answer.status_code, answer.headers, answer.data

    def device(self, suite: str = "x25519", name: str = "Testtelefon") -> Device:
        """A device that has proved its keys."""
        made = Device(self.send, suite)
        made.enrol(self.headers, name)
        return made

    def log_in_again(self) -> None:
        """Log in anew on the same browser."""
        self.session = log_in(self.client, self.place)
        self.headers = {"X-CSRF-Token": self.session["csrf"]}

    def devices(self) -> list[dict[str, Any]]:
        """What the citizen sees of their devices."""
        listed: list[dict[str, Any]] = self.client.get("/api/v1/devices").get_json()["devices"]
        return listed


def _add_probe(app: flask.Flask) -> None:
    """An address for signed requests alone, so that the door can be tried by itself."""
    probe = Blueprint("probe", "probe", description="For tests.", device=True)

    @probe.route("/probe", methods=["POST"])
    def answer() -> dict[str, str]:
        signed = current.signed()
        with current.database().transaction() as session:
            held = devices.hold(session, signed.device, current.now(), signed.counter)
        return {"device": held.id, "state": held.state}

    app.register_blueprint(probe)
