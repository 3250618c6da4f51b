"""Our Schema: unknown fields are errors, and fields keep the order in which they are written."""

import base64
import binascii
from typing import Any

import marshmallow


class Schema(marshmallow.Schema):
    """The base of every schema that goes in or out."""

    class Meta:
        """What is not named in a schema is refused."""

        unknown = marshmallow.RAISE


class Base64(marshmallow.fields.Field[bytes]):
    """Bytes as base64url without padding."""

    def _serialize(self, value: bytes | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ARG002  the base names them
        return None if value is None else to_base64(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bytes:  # noqa: ARG002  as above
        if not isinstance(value, str):
            raise marshmallow.ValidationError("Not base64url.")
        return from_base64(value)


def to_base64(value: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def from_base64(text: str) -> bytes:
    """The inverse of to_base64. Raises ValidationError for anything that it does not write."""
    try:
        value = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise marshmallow.ValidationError("Not base64url.") from None
    if to_base64(value) != text:
        raise marshmallow.ValidationError("Not base64url.")
    return value


# Made by whoever sends a message; fit for every receiver's ids.
MESSAGE_ID = marshmallow.validate.Regexp(r"[A-Za-z0-9-]{16,64}\Z")


class DeliverySchema(Schema):
    """How far a message to a source has come."""

    status = marshmallow.fields.String(
        required=True,
        validate=marshmallow.validate.OneOf(["waiting", "sent", "received", "answered", "failed"]),
        metadata={"example": "received"},
    )
    at = marshmallow.fields.String(required=True, metadata={"example": "2026-11-25T10:00:04+01:00"})
    outcome = marshmallow.fields.String(
        required=True, allow_none=True, metadata={"enum": ["accepted", "rejected", None], "example": None}
    )
    reply = marshmallow.fields.String(
        required=True, allow_none=True, metadata={"example": None, "description": "the receiver's own words"}
    )


class ProblemSchema(Schema):
    """An error, RFC 9457."""

    type = marshmallow.fields.String(metadata={"example": "urn:naerblik:problem:not_logged_in"})
    title = marshmallow.fields.String(metadata={"example": "Unauthorized"})
    status = marshmallow.fields.Integer(metadata={"example": 401})
    detail = marshmallow.fields.String(metadata={"example": "You are not logged in. Log in and try again."})
    code = marshmallow.fields.String(metadata={"example": "not_logged_in"})
    errors = marshmallow.fields.Dict(metadata={"description": "What is wrong, by field."})
