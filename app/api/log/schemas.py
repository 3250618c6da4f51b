"""What goes out of the access log."""

from marshmallow import fields

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


class LogSchema(Schema):
    """The log, newest first."""

    entries = fields.List(fields.Nested(AccessEntrySchema), required=True)
