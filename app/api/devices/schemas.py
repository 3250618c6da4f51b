"""What goes in and out about a citizen's devices."""

from marshmallow import fields, validate

from app.api.schema import Base64, Schema
from app.identity.devices import LONGEST_NAME


class EnrolSchema(Schema):
    """A new device's public keys, raw, and the name by which its person will know it."""

    suite = fields.String(required=True, validate=validate.OneOf(["x25519", "p256"]), metadata={"example": "x25519"})
    seal_key = Base64(required=True, metadata={"type": "string", "description": "32 bytes, of p256 65; base64url"})
    sign_key = Base64(required=True, metadata={"type": "string", "description": "32 bytes, of p256 65; base64url"})
    name = fields.String(
        required=True, validate=validate.Length(1, LONGEST_NAME), metadata={"example": "Karens telefon"}
    )


class EnrolledSchema(Schema):
    """What the new device must open and sign, and the key that signs all it will be told."""

    device = fields.String(required=True, metadata={"example": "5f0c6a0f9d1b4f0e8a7c2d3b4e5f6a7b"})
    challenge = Base64(required=True, metadata={"type": "string", "description": "32 bytes, sealed to the device"})
    server_key = Base64(required=True, metadata={"type": "string", "description": "Ed25519, 32 bytes"})


class ProofSchema(Schema):
    """The opened challenge, and the device's signature over it."""

    opened = Base64(required=True, metadata={"type": "string"})
    signature = Base64(required=True, metadata={"type": "string"})


class StampSchema(Schema):
    """The device's signature over the CSRF token of this session."""

    signature = Base64(required=True, metadata={"type": "string"})


class DeviceSchema(Schema):
    """A device of the citizen's."""

    id = fields.String(required=True)
    name = fields.String(required=True, metadata={"example": "Karens telefon"})
    suite = fields.String(required=True, metadata={"enum": ["x25519", "p256"], "example": "x25519"})
    state = fields.String(required=True, metadata={"enum": ["active", "ended"], "example": "active"})
    enrolled_at = fields.String(required=True, metadata={"example": "2026-11-25T10:00:00+01:00"})
    seen_at = fields.String(required=True, metadata={"description": "when it was last in touch"})
    signed_in_until = fields.String(
        required=True, metadata={"description": "until when it gets news without a new login"}
    )
    ended_at = fields.String(required=True, allow_none=True)
    locks_at = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "when its copies lock by themselves; null when it holds none"},
    )
    here = fields.Boolean(required=True, metadata={"description": "whether it is the browser that asks"})
    wiped = fields.Boolean(
        required=True, metadata={"description": "whether an ended device confirmed that nothing is left on it"}
    )


class DevicesSchema(Schema):
    """All devices that were ever set up, those in use first."""

    devices = fields.List(fields.Nested(DeviceSchema), required=True)
