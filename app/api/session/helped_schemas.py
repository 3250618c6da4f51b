"""What goes out about those whom somebody helps."""

from marshmallow import fields

from app.access.helping import WORDS
from app.api.schema import Schema


class HelpedPersonSchema(Schema):
    """A citizen whom one helps."""

    id = fields.String(required=True, metadata={"example": "5f0c6a0f9d1b4f0e8a7c2d3b4e5f6a7b"})
    name = fields.String(required=True, allow_none=True, metadata={"example": "Poul Holmgaard"})
    relation = fields.String(required=True, metadata={"enum": ["grant", "guardian"], "example": "grant"})
    actions = fields.List(
        fields.String(metadata={"enum": list(WORDS)}), required=True, metadata={"example": ["medication:read"]}
    )
    last_day = fields.String(
        required=True,
        allow_none=True,
        metadata={"example": "2027-11-30", "description": "the last day on which all of these actions hold"},
    )


class HelpedSchema(Schema):
    """The citizens whom one helps, by name."""

    people = fields.List(fields.Nested(HelpedPersonSchema), required=True)
