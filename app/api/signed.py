"""Requests that a device signed, in place of a session. See docs/protocol.md."""

import hashlib
from dataclasses import dataclass

import flask
import marshmallow

from app import errors
from app.api.schema import from_base64
from app.db.session import Database
from app.identity import device as devices
from app.identity.device import Device
from app.vault import device as device_keys
from app.vault import envelope

NAMESPACE = "naerblik/request/v1"
DEVICE, NONCE, SIGNATURE = "Naerblik-Device", "Naerblik-Nonce", "Naerblik-Signature"
COUNTER_LENGTH, NONCE_LENGTH = 8, 16
LONGEST_ID = 64


@dataclass(frozen=True)
class Signed:
    """A request as its device signed it. ``counter`` is still to be used up, in the transaction that acts on it."""

    device: Device
    path: str
    nonce: bytes
    counter: int
    body_hash: bytes


def read(database: Database) -> Signed:
    """The device and its request. Raises DeviceRefused, and Invalid where the headers are not as they must be."""
    headers, request = flask.request.headers, flask.request
    device_id = headers.get(DEVICE, "")
    device = devices.glance(database, device_id) if 0 < len(device_id) <= LONGEST_ID else None
    if device is None:
        raise errors.DeviceRefused("device_unknown", "This device is not known here. Set it up anew.")
    nonce, signature = _bytes(NONCE), _bytes(SIGNATURE)
    if len(nonce) != NONCE_LENGTH:
        raise errors.Invalid(f"{NONCE} must be 16 bytes.")
    body_hash = hashlib.sha256(request.get_data(cache=True)).digest()
    signed = envelope.context(NAMESPACE, request.method, request.path, nonce, body_hash)
    try:
        device_keys.verify(device.suite, device.sign_key, signature, signed)
    except errors.NotVerified:
        raise errors.DeviceRefused("signature_wrong", "This request was not signed by that device.") from None
    counter = int.from_bytes(nonce[:COUNTER_LENGTH], "big")
    return Signed(device, request.path, nonce, counter, body_hash)


def _bytes(name: str) -> bytes:
    try:
        return from_base64(flask.request.headers.get(name, ""))
    except marshmallow.ValidationError:
        raise errors.Invalid(f"{name} must be base64url.") from None
