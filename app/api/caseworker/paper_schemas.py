"""What goes in and out of consents on paper."""

from marshmallow import fields, validate

from app.api.caseworker.schemas import case_number, cpr, purpose, template
from app.api.schema import MESSAGE_ID, Schema


def _document() -> fields.String:
    return fields.String(
        required=True,
        validate=validate.Regexp(r"[0-9a-f]{64}\Z"),
        metadata={"example": "9f" * 32, "description": "the SHA-256 of the scanned document, in hex"},
    )


def _id() -> fields.String:
    return fields.String(
        required=True,
        validate=MESSAGE_ID,
        metadata={"example": "6f1a2b3c4d5e6f70", "description": "the recorder's own; the same again changes nothing"},
    )


class PaperSchema(Schema):
    """What a citizen signed."""

    id = _id()
    cpr = cpr()
    template = template()
    purpose = purpose()
    case_number = case_number()
    last_day = fields.Date(required=True, metadata={"example": "2027-06-30"})
    signed_on = fields.Date(required=True, metadata={"example": "2026-11-24"})
    language = fields.String(required=True, validate=validate.OneOf(["da", "en"]))
    document_sha256 = _document()


class ApprovalSchema(Schema):
    """What the second caseworker has before them: all of it is what the first one said."""

    id = _id()
    cpr = cpr()
    template = template()
    purpose = purpose()
    case_number = case_number()
    document_sha256 = _document()


class PaperEndSchema(ApprovalSchema):
    """What a citizen wrote to end a consent."""


class LetterSchema(Schema):
    """The letter to the citizen, to be printed and sent."""

    language = fields.String(required=True, metadata={"enum": ["da", "en"], "example": "da"})
    subject = fields.String(required=True)
    paragraphs = fields.List(fields.String(), required=True)


class TakenPaperSchema(Schema):
    """That it was taken."""

    id = fields.String(required=True, metadata={"example": "6f1a2b3c4d5e6f70"})
