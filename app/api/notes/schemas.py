"""What goes in and out of the citizen's own notes."""

from marshmallow import fields, validate

from app.api.schema import Schema

MOST_CHARACTERS = 2000


class NoteSchema(Schema):
    """A note or a question, about a medication or an appointment."""

    about = fields.String(
        required=True, validate=validate.OneOf(["medication", "appointment"]), metadata={"example": "medication"}
    )
    about_key = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata={"description": "the key of what it is about"},
    )
    kind = fields.String(required=True, validate=validate.OneOf(["note", "question"]), metadata={"example": "question"})
    text = fields.String(
        required=True,
        validate=[validate.Length(1, MOST_CHARACTERS), validate.Regexp(r"(?s).*\S")],
        metadata={"example": "Kan jeg tage den om aftenen?"},
    )
    done = fields.Boolean(required=True, metadata={"description": "whether a question was asked", "example": False})
    version = fields.String(
        required=True, allow_none=True, metadata={"description": "the version that was seen, null for a new note"}
    )


class KeptNoteSchema(NoteSchema):
    """A note as it stands."""

    id = fields.String(required=True)
    written_at = fields.String(required=True, allow_none=True, metadata={"example": "2026-11-25T10:00:00+01:00"})


class NotesSchema(Schema):
    """All notes, the last written first."""

    notes = fields.List(fields.Nested(KeptNoteSchema), required=True)


class NotesWrittenSchema(NotesSchema):
    """The notes after one was written."""

    kept_both = fields.Boolean(
        required=True, metadata={"description": "whether the note had changed elsewhere, so that both were kept"}
    )


class NoteVersionSchema(Schema):
    """Which version of the note was seen."""

    version = fields.String(required=True)
