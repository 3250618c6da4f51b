"""What goes in and out about marked doses."""

from marshmallow import ValidationError, fields, validate, validates_schema

from app.api.schema import MESSAGE_ID, Schema

MOST_DAYS = 366
QUANTITY = {"description": "How much was taken: a decimal number as text, null where that is not said", "example": "2"}
UNIT = {"description": "Its unit in the words of the card", "example": "tabletter"}
SLOT = {"description": "morning, noon, evening, night, HH:MM in Copenhagen, or any", "example": "morning"}


class MarkSchema(Schema):
    """That a dose was taken or skipped, and when it was taken, where that was said.

    Which dose: a medication's key, a civil date, and slot and ordinal as the dose plan names them.
    """

    medication = fields.String(required=True, validate=validate.Length(1, 64))
    date = fields.Date(required=True, format="%Y-%m-%d", metadata={"example": "2026-11-25"})
    slot = fields.String(required=True, validate=validate.Length(1, 16), metadata=SLOT)
    ordinal = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100), metadata={"example": 1})
    said = fields.String(required=True, validate=validate.OneOf(["taken", "skipped"]), metadata={"example": "taken"})
    at = fields.AwareDateTime(required=True, allow_none=True, metadata={"example": "2026-11-25T08:05:00+01:00"})
    quantity = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 16), metadata=QUANTITY)
    unit = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 64), metadata=UNIT)

    @validates_schema
    def of_something(self, data: dict[str, object], **_more: object) -> None:
        """A unit stands with a number."""
        if data["unit"] is not None and data["quantity"] is None:
            raise ValidationError("How many are they?", "quantity")


class UndoSchema(Schema):
    """Under which id a mark is taken back."""

    undo_id = fields.String(required=True, validate=MESSAGE_ID)


class KeptMarkSchema(Schema):
    """A mark as it stands."""

    key = fields.String(required=True)
    medication = fields.String(required=True)
    date = fields.String(required=True, metadata={"format": "date", "example": "2026-11-25"})
    slot = fields.String(required=True, metadata=SLOT)
    ordinal = fields.Integer(required=True, metadata={"example": 1})
    said = fields.String(required=True, validate=validate.OneOf(["taken", "skipped"]), metadata={"example": "taken"})
    at = fields.String(required=True, allow_none=True, metadata={"example": "2026-11-25T08:05:00+01:00"})
    quantity = fields.String(required=True, allow_none=True, metadata=QUANTITY)
    unit = fields.String(required=True, allow_none=True, metadata=UNIT)
    by = fields.String(required=True, metadata={"description": "self for who asks, or other for anybody else"})
    made_at = fields.String(required=True, metadata={"example": "2026-11-25T08:06:11+01:00"})
    undone = fields.Boolean(required=True)


class MarksSchema(Schema):
    """What was said about doses, the first made first."""

    marks = fields.List(fields.Nested(KeptMarkSchema), required=True)


class MarksQuerySchema(Schema):
    """From which civil day to which, both inclusive."""

    first = fields.Date(required=True, format="%Y-%m-%d", metadata={"example": "2026-11-19"})
    last = fields.Date(required=True, format="%Y-%m-%d", metadata={"example": "2026-11-25"})

    @validates_schema
    def in_order(self, data: dict[str, object], **_more: object) -> None:
        """At most a year, the right way round."""
        first, last = data["first"], data["last"]
        days = (last - first).days  # type: ignore[operator]  # both are dates by now
        if not 0 <= days < MOST_DAYS:
            raise ValidationError(f"At most {MOST_DAYS} days, the first before the last.", "last")
