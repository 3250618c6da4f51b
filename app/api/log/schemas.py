"""What goes out of the access log."""

from marshmallow import fields, validate

from app.api.schema import Schema


class AccessEntrySchema(Schema):
    """One access: who, what, why, on which basis, and whether they were let."""

    seq = fields.Integer(required=True, metadata={"example": 1})
    at = fields.String(required=True, metadata={"example": "2026-11-25T07:02:00Z"})
    actor = fields.String(required=True, metadata={"example": "operator:drift"})
    role = fields.String(required=True, metadata={"example": "operator"})
    organisation = fields.String(required=True, allow_none=True, metadata={"example": None})
    action = fields.String(required=True, metadata={"example": "record:import"})
    category = fields.String(required=True, metadata={"example": "record"})
    purpose = fields.String(required=True, metadata={"example": "operation"})
    basis = fields.String(required=True, metadata={"example": "operation"})
    outcome = fields.String(required=True, metadata={"enum": ["permitted", "refused"], "example": "permitted"})
    system = fields.String(required=True, metadata={"example": "Nærblik"})
    case_number = fields.String(
        required=True, allow_none=True, metadata={"example": None, "description": "the authority's own case"}
    )
    about = fields.String(
        required=True,
        allow_none=True,
        metadata={"example": None, "description": "the text that a question was about, by its id"},
    )


class LogQuerySchema(Schema):
    """Which part of the log."""

    before = fields.Integer(
        validate=validate.Range(min=1),
        metadata={"description": "Only entries older than the one with this number."},
    )
    limit = fields.Integer(
        load_default=100,
        validate=validate.Range(min=1, max=200),
        metadata={"description": "The most entries that are answered."},
    )


class LogSchema(Schema):
    """A part of the log, newest first."""

    entries = fields.List(fields.Nested(AccessEntrySchema), required=True)
    more = fields.Boolean(required=True, metadata={"example": False, "description": "Whether there are older entries."})
