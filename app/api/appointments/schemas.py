"""What goes out of the appointments."""

from marshmallow import fields, validate

from app.api.schema import MESSAGE_ID, DeliverySchema, Schema


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


class CourseSchema(Schema):
    """The course of treatment that several appointments belong to."""

    id = fields.String(required=True, metadata={"description": "the key of the first appointment of the course"})
    title = text("Lungerehabilitering", "the source's word for the course")


class ShownAppointmentSchema(AppointmentSchema):
    """One appointment with what the app needs to act on it."""

    key = fields.String(required=True, metadata={"description": "stands for the appointment in addresses"})
    version = fields.String(required=True, metadata={"description": "changes whenever the appointment changes"})
    course = fields.Nested(CourseSchema, required=True, allow_none=True)
    video_url = text(None, "where a video visit is held, https")
    preparation = text("Mød op 10 minutter før.", "what to do before")
    takes_answer = fields.Boolean(required=True, metadata={"description": "whether the source takes an answer"})
    not_fetched_since = text(None, "since when the source has not answered, null when it answers")


class AppointmentsSchema(Schema):
    """All appointments, by their start."""

    appointments = fields.List(fields.Nested(ShownAppointmentSchema), required=True)


def said() -> fields.String:
    """What is answered to an appointment."""
    return fields.String(
        required=True, validate=validate.OneOf(["coming", "cannot", "move"]), metadata={"example": "coming"}
    )


class AnswerGivenSchema(Schema):
    """An answer as it is given."""

    message_id = fields.String(required=True, validate=MESSAGE_ID, metadata={"description": "made by the sender"})
    version = fields.String(required=True, metadata={"description": "of the appointment that was seen"})
    said = said()
    wish = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 500),
        metadata={"example": "Helst en formiddag.", "description": "the citizen's own words"},
    )


class AnswerSchema(Schema):
    """An answer and how far it has come."""

    message_id = fields.String(required=True)
    appointment_key = fields.String(required=True)
    version = fields.String(required=True, metadata={"description": "of the appointment that was answered"})
    said = said()
    wish = text("Helst en formiddag.")
    made_at = text("2026-11-25T10:00:00+01:00")
    delivery = fields.Nested(DeliverySchema, required=True)


class AnswersSchema(Schema):
    """The standing answers."""

    answers = fields.List(fields.Nested(AnswerSchema), required=True)
