"""A citizen's devices over HTTP: take one in, let it prove its keys, renew it, list them, end one."""

from datetime import datetime
from typing import Any

import flask
from flask.views import MethodView

from app import clock, errors
from app.access import service as access
from app.api import current
from app.api.blueprint import Blueprint
from app.api.devices.schemas import (
    DeviceSchema,
    DevicesSchema,
    EnrolledSchema,
    EnrolSchema,
    ProofSchema,
    StampSchema,
)
from app.api.session import cookies
from app.grant import Action, Grant
from app.identity import devices, logins
from app.identity.device import Device
from app.sync import replicas
from app.vault import service as vault

blueprint = Blueprint("devices", __name__, description="The citizen's devices, which hold sealed copies.")


@blueprint.route("/devices")
class DevicesView(MethodView):
    """The citizen's devices."""

    @blueprint.response(200, DevicesSchema)
    def get(self) -> dict[str, Any]:
        """All devices that were ever set up, those in use first."""
        found = devices.read_all(current.session(), _open("devices:read"))
        return {"devices": _devices(found)}

    @blueprint.arguments(EnrolSchema)
    @blueprint.response(201, EnrolledSchema)
    def post(self, given: dict[str, Any]) -> dict[str, Any]:
        """Take in this device. It must prove its keys within ten minutes before it can do anything."""
        enrolled = devices.enrol(
            current.session(),
            _open("devices:enrol"),
            given["suite"],
            given["seal_key"],
            given["sign_key"],
            given["name"],
            _login().authenticated_at,
        )
        server_key = vault.of(current.session()).heads.public_key
        return {"device": enrolled.device_id, "challenge": enrolled.challenge, "server_key": server_key}


@blueprint.route("/devices/<device_id>")
class DeviceView(MethodView):
    """One device."""

    @blueprint.response(204)
    def delete(self, device_id: str) -> None:
        """End it: it gets nothing more, and wipes itself when it is next in touch. Ended twice is ended once."""
        grant = _open("devices:end", f"end {device_id}")
        devices.end(current.session(), grant, device_id)


@blueprint.route("/devices/<device_id>/proof")
class DeviceProofView(MethodView):
    """Whether a device has its keys."""

    @blueprint.arguments(ProofSchema)
    @blueprint.response(200, DeviceSchema)
    def post(self, given: dict[str, bytes], device_id: str) -> dict[str, Any]:
        """Prove both keys: the challenge, opened, and signed."""
        grant = _open("devices:prove")
        devices.prove(current.session(), grant, device_id, given["opened"], given["signature"])

        @flask.after_this_request
        def remember(response: flask.Response) -> flask.Response:
            cookies.keep_device(response, device_id)
            return response

        return _one(device_id)


@blueprint.route("/devices/<device_id>/stamp")
class DeviceStampView(MethodView):
    """Until when a device acts."""

    @blueprint.arguments(StampSchema)
    @blueprint.response(200, DeviceSchema)
    def post(self, given: dict[str, bytes], device_id: str) -> dict[str, Any]:
        """Renew it for 30 days from this session's login."""
        csrf = logins.csrf_of(current.token() or "")
        devices.stamp(
            current.session(),
            _open("devices:prove"),
            device_id,
            given["signature"],
            csrf,
            _login().authenticated_at,
        )
        return _one(device_id)


def _open(action: Action, nonce: str | None = None) -> Grant:
    """``nonce`` names what is one entry in the log, however often it is asked."""
    actor = current.actor()
    return access.open_record(current.session(), actor, actor.id, action, "self", current.now(), nonce=nonce)


def _login() -> logins.Login:
    found = current.login()
    if found is None:
        raise errors.NotLoggedIn("You are not logged in. Log in and try again.")
    return found


def _one(device_id: str) -> dict[str, Any]:
    found = devices.read_all(current.session(), _open("devices:read"))
    return next(each for each in _devices(found) if each["id"] == device_id)


def _devices(found: list[tuple[Device, str]]) -> list[dict[str, Any]]:
    locks = replicas.locks_at(current.session(), [each.id for each, _ in found])
    return [_device(each, name, locks.get(each.id)) for each, name in found]


def _device(device: Device, name: str, locks_at: datetime | None) -> dict[str, Any]:
    return {
        "id": device.id,
        "name": name,
        "suite": device.suite,
        "state": device.state,
        "enrolled_at": clock.copenhagen_text(device.enrolled_at),
        "seen_at": clock.copenhagen_text(device.seen_at),
        "signed_in_until": clock.copenhagen_text(device.signed_in_until),
        "ended_at": clock.copenhagen_text(device.ended_at) if device.ended_at else None,
        "locks_at": clock.copenhagen_text(locks_at) if locks_at else None,
        "here": device.id == cookies.device(),
        "wiped": device.wiped_at is not None,
    }
