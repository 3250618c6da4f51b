"""What goes in and out of caseworkers' questions."""

from marshmallow import fields, validate

from app.api.consent.own_schemas import TextsSchema
from app.api.schema import MESSAGE_ID, Schema
from app.consent import receipts

LONGEST = validate.Length(min=1, max=200)
MOST_AT_ONCE = 100


def cpr() -> fields.String:
    """The citizen's number."""
    return fields.String(
        required=True,
        validate=validate.Length(min=10, max=11),
        metadata={"example": "1501701234", "description": "the citizen's CPR number, with or without a hyphen"},
    )


def template() -> fields.String:
    """Which text."""
    return fields.String(
        required=True, validate=LONGEST, metadata={"example": "medicin-hjemmehjaelp", "description": "the text's id"}
    )


def purpose() -> fields.String:
    """What for."""
    return fields.String(required=True, validate=LONGEST, metadata={"example": "casework"})


def case_number() -> fields.String:
    """In which case."""
    return fields.String(
        required=True,
        validate=LONGEST,
        metadata={"example": "26-11837", "description": "the authority's own; the citizen sees it"},
    )


class StatusQuestionSchema(Schema):
    """Whether a citizen's consent holds."""

    cpr = cpr()
    template = template()
    purpose = purpose()
    case_number = case_number()
    nonce = fields.String(
        required=True,
        validate=validate.Regexp(receipts.NONCE.pattern + r"\Z"),
        metadata={
            "example": "b3f1c0de5a7e4d21",
            "description": "the asker's own; the same question under the same nonce is one question",
        },
    )


class StatusAnswerSchema(Schema):
    """The answer, signed."""

    answer = fields.String(
        required=True,
        metadata={
            "example": "eyJhbGciOiJFUzI1NiIs…",
            "description": "a compact JWS, `consent-status+jwt`: its `status` is VALID or NOT_VALID",
        },
    )


class AskedSchema(Schema):
    """A question for a consent, to be put before a citizen."""

    id = fields.String(
        required=True,
        validate=MESSAGE_ID,
        metadata={"example": "6f1a2b3c4d5e6f70", "description": "the asker's own; the same again changes nothing"},
    )
    cpr = cpr()
    template = template()
    purpose = purpose()
    case_number = case_number()
    last_day = fields.Date(
        required=True, metadata={"example": "2027-06-30", "description": "the last day that a yes would have"}
    )


class TakenSchema(Schema):
    """That the question was taken; never whether there is such a citizen here."""

    id = fields.String(required=True, metadata={"example": "6f1a2b3c4d5e6f70"})


class TemplateSchema(Schema):
    """The newest version of a text to ask with."""

    id = fields.String(required=True, metadata={"example": "medicin-hjemmehjaelp"})
    version = fields.Integer(required=True, metadata={"example": 1})
    since = fields.String(required=True, metadata={"example": "2026-11-01"})
    actions = fields.List(fields.String(), required=True, metadata={"example": ["medication:read"]})
    purposes = fields.List(fields.String(), required=True, metadata={"example": ["casework"]})
    last_day = fields.String(
        required=True,
        metadata={"example": "2027-11-25", "description": "the latest last day that a yes given today may have"},
    )
    texts = fields.Nested(TextsSchema, required=True)


class TemplatesSchema(Schema):
    """The texts that the asker's role covers."""

    templates = fields.List(fields.Nested(TemplateSchema), required=True)


class OwnQuestionsQuerySchema(Schema):
    """Which part of one's own log."""

    before = fields.String(
        load_default=None,
        validate=validate.Length(max=64),
        metadata={"description": "the id of the last question of the part before"},
    )
    limit = fields.Integer(load_default=20, validate=validate.Range(1, MOST_AT_ONCE))


class OwnQuestionSchema(Schema):
    """A question that one asked, without whom it was about."""

    id = fields.String(required=True)
    kind = fields.String(
        required=True, metadata={"enum": ["status", "request", "paper", "approval", "paper_end"], "example": "status"}
    )
    template = fields.String(required=True, metadata={"example": "medicin-hjemmehjaelp"})
    purpose = fields.String(required=True, metadata={"example": "casework"})
    case_number = fields.String(required=True, metadata={"example": "26-11837"})
    asked_at = fields.String(required=True, metadata={"example": "2026-11-25T10:42:00Z"})
    status = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "enum": ["VALID", "NOT_VALID", None],
            "description": "the answer; null for all else",
            "example": "VALID",
        },
    )


class OwnQuestionsSchema(Schema):
    """A part of one's own log, newest first, and whether there is an older one."""

    questions = fields.List(fields.Nested(OwnQuestionSchema), required=True)
    more = fields.Boolean(required=True, metadata={"example": False})
