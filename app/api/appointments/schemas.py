"""What goes out of the appointments."""

from marshmallow import fields

from app.api.schema import Schema


def text(example: str | None, description: str = "") -> fields.String:
    """A text of the source that may be lacking."""
    return fields.String(required=True, allow_none=True, metadata={"example": example, "description": description})


class PlaceSchema(Schema):
    """Where the citizen is expected."""

    name = text("Lungeambulatoriet")
    address = text("Skovvej 12, 8000 Aarhus C")
    phone = text("70000010")
    sor = text("900000000000001")


class AppointmentSchema(Schema):
    """One appointment. Times are ISO 8601 with Copenhagen's offset."""

    id = fields.String(required=True, metadata={"example": "aftale-1"})
    start = text("2026-11-27T09:30:00+01:00")
    end = text("2026-11-27T10:00:00+01:00")
    guiding_time = fields.Boolean(required=True, metadata={"description": "the time is guiding only", "example": False})
    kind = fields.String(
        required=True,
        metadata={"enum": ["municipality", "region", "practitioner", "other"], "example": "region"},
    )
    title = text("Aftale")
    place = fields.Nested(PlaceSchema, required=True)
    organisation = text("Østbyens Hospital")
    reason = text("Kontrol af lungerne")
    status = text("active")
    series = text(None, "the same for all appointments of one series")
    source = text("apd")
    as_of = text("2026-11-20T09:11:00+01:00", "the source's own time")
    fetched_at = text("2026-11-25T08:02:00+01:00", "when we last heard it")


class AppointmentsSchema(Schema):
    """All appointments, by their start."""

    appointments = fields.List(fields.Nested(AppointmentSchema), required=True)
