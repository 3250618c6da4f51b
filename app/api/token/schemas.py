"""What goes in and out when a case system asks for a token."""

import marshmallow
from marshmallow import fields, validate

from app.api.schema import Schema

LONGEST = validate.Length(max=200)


class TokenRequestSchema(Schema):
    """RFC 6749, 4.4: client credentials, in the body unless they stand in an Authorization header."""

    class Meta:
        """RFC 6749, 3.2: what is not known is not read."""

        unknown = marshmallow.EXCLUDE

    grant_type = fields.String(required=True, validate=LONGEST, metadata={"example": "client_credentials"})
    client_id = fields.String(load_default="", validate=LONGEST, metadata={"example": "5f0c6a0f9d1b4f0e"})
    client_secret = fields.String(load_default="", validate=LONGEST, metadata={"example": "k3…"})


class TokenSchema(Schema):
    """The token."""

    access_token = fields.String(required=True, metadata={"description": "Send it as `Authorization: Bearer …`."})
    token_type = fields.String(required=True, metadata={"example": "Bearer"})
    expires_in = fields.Integer(required=True, metadata={"example": 600, "description": "seconds"})
