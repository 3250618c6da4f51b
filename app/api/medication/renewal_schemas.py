"""What goes in and out of wishes for renewal."""

from marshmallow import fields, validate

from app.api.schema import MESSAGE_ID, DeliverySchema, Schema


class RenewalWishSchema(Schema):
    """A wish as it is made."""

    message_id = fields.String(required=True, validate=MESSAGE_ID, metadata={"description": "made by the sender"})
    note = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 500),
        metadata={"example": "Jeg har til en uge.", "description": "the citizen's own words"},
    )


class RenewalSchema(Schema):
    """A wish and how far it has come."""

    message_id = fields.String(required=True)
    medication_key = fields.String(required=True)
    note = fields.String(required=True, allow_none=True)
    made_at = fields.String(required=True, metadata={"example": "2026-11-25T10:00:00+01:00"})
    delivery = fields.Nested(DeliverySchema, required=True)


class RenewalsSchema(Schema):
    """The last wish on every medication that was asked for."""

    renewals = fields.List(fields.Nested(RenewalSchema), required=True)
