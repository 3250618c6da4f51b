"""What goes out of the consents."""

from marshmallow import fields

from app.api.schema import Schema
from app.consent.imported import REASONS


def text(example: str | None, description: str = "") -> fields.String:
    """A text of the source that may be lacking."""
    return fields.String(required=True, allow_none=True, metadata={"example": example, "description": description})


class ConsentSchema(Schema):
    """One consent as another system recorded it."""

    id = fields.String(required=True, metadata={"example": "samtykke-1"})
    status = fields.String(required=True, metadata={"example": "active"})
    decision = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "enum": ["permit", "deny", None],
            "description": "null where the source does not say",
            "example": "permit",
        },
    )
    scope = text("Privacy Consent")
    category = text("Samtykke til deling")
    given_at = text("2026-03-01T09:12:00+01:00")
    valid_from = text("2026-03-01T00:00:00+01:00")
    valid_to = text("2027-03-01T00:00:00+01:00", "the first instant at which it no longer holds")
    actors = fields.List(fields.String(), required=True, metadata={"example": ["Bakkeby Kommune"]})
    purposes = fields.List(fields.String(), required=True, metadata={"example": ["treatment"]})
    actions = fields.List(fields.String(), required=True, metadata={"example": ["access"]})
    data = fields.List(fields.String(), required=True, metadata={"example": ["Medicin"]})
    data_from = text("2025-01-01T00:00:00+01:00", "the time that the data are from, where it is limited to one")
    data_to = text("2026-01-01T00:00:00+01:00", "the first instant outside that time")
    exceptions = fields.Integer(
        required=True,
        metadata={"example": 0, "description": "how many provisions stand inside it that this answer does not tell"},
    )
    source = text("fhir")
    as_of = text("2026-03-01T09:12:00+01:00")
    fetched_at = text("2026-11-25T08:02:00+01:00")
    not_fetched_since = text(None, "since when the source has not answered, null when it answers")
    decides = fields.Boolean(required=True, metadata={"description": "whether an access here is decided by it"})
    reason = fields.String(
        required=True,
        allow_none=True,
        metadata={"enum": [*REASONS, None], "description": "why it decides nothing here", "example": None},
    )
    reason_text = text(None, "the same as a sentence")
