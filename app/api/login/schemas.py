"""What comes in when a login begins, and when a browser is back from the provider."""

import re

import marshmallow
from marshmallow import fields, validate

from app.api.schema import Schema

# A path of the app, and nothing that a browser takes for another host: no second slash, backslash or control character.
LOCAL_PATH = re.compile(r"/(?!/|api/)(?!.*//)[^\\\x00-\x20\x7f]*\Z")


class LoginSchema(Schema):
    """Where to go afterwards, and whether to show anew who one is."""

    return_to = fields.String(
        load_default="/",
        validate=[validate.Length(max=512), validate.Regexp(LOCAL_PATH)],
        metadata={"description": "A path of the app.", "example": "/medicin"},
    )
    fresh = fields.Boolean(
        load_default=False,
        metadata={"description": "Ask for proof even of who is logged in at the provider.", "example": True},
    )


class CallbackSchema(Schema):
    """What the provider sends along; it may send more, which is not read."""

    class Meta:
        """Providers add parameters of their own."""

        unknown = marshmallow.EXCLUDE

    state = fields.String(load_default="", metadata={"example": "kZ1…"})
    code = fields.String(load_default="", metadata={"description": "Good for one use.", "example": "Qf7…"})
    error = fields.String(load_default="", metadata={"example": "access_denied"})
    iss = fields.String(load_default="", metadata={"example": "https://login.example"})
