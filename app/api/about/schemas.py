"""What goes out about this installation."""

from marshmallow import fields

from app.api.schema import Schema


class AboutSchema(Schema):
    """Who runs it; null is what they have not said."""

    run_by = fields.String(required=True, allow_none=True, metadata={"example": "Bakkeby Kommune"})
    contact = fields.String(required=True, allow_none=True, metadata={"example": "mailto:hjaelp@bakkeby.example"})
