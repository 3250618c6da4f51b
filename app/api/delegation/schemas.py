"""What goes in and out of invitations."""

from typing import Any

from marshmallow import fields, validate

from app.api.schema import Schema
from app.delegation import rules
from app.delegation.invitations import LONGEST_NAME

STATES = ["offered", "opened", "accepted", "refused", "expired", "withdrawn", "closed"]
LANGUAGE = validate.OneOf(["da", "en"])


def actions_field() -> Any:
    """What a relative may do, as it comes in."""
    return fields.List(
        fields.String(validate=validate.OneOf(sorted(rules.ACTIONS))),
        required=True,
        validate=validate.Length(1, len(rules.ACTIONS)),
        metadata={"example": ["medication:read"]},
    )


class InviteSchema(Schema):
    """What a citizen offers a relative."""

    name = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST_NAME),
        metadata={"example": "Henrik", "description": "what the citizen calls them"},
    )
    actions = actions_field()
    last_day = fields.Date(required=True, metadata={"example": "2027-11-30"})
    language = fields.String(
        required=True, validate=LANGUAGE, metadata={"description": "in which the citizen read what it means"}
    )


class DelegationTextSchema(Schema):
    """What is read about a delegation, in one language."""

    what = fields.String(required=True)
    cannot = fields.String(required=True)
    log = fields.String(required=True)
    ending = fields.String(required=True)
    until = fields.String(required=True)
    actions = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class DelegationTextsSchema(Schema):
    """The words in every language."""

    da = fields.Nested(DelegationTextSchema, required=True)
    en = fields.Nested(DelegationTextSchema, required=True)


class OfferedSchema(Schema):
    """An invitation as both sides see it."""

    id = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": STATES})
    expires_at = fields.String(required=True, metadata={"example": "2026-12-02T10:30:00+01:00"})
    actions = fields.List(fields.String(), required=True, metadata={"example": ["medication:read"]})
    last_day = fields.String(required=True, metadata={"example": "2027-11-30"})
    texts = fields.Nested(DelegationTextsSchema, required=True)


class InvitationSchema(OfferedSchema):
    """An invitation as its citizen sees it."""

    name = fields.String(required=True, metadata={"example": "Henrik"})
    misses = fields.Integer(
        required=True, metadata={"description": "how often somebody tried it with wrong details; the fifth closes it"}
    )
    made_at = fields.String(required=True)
    moved_at = fields.String(required=True)


class InvitationsSchema(Schema):
    """A citizen's invitations, the newest first."""

    invitations = fields.List(fields.Nested(InvitationSchema), required=True)


class MadeSchema(Schema):
    """A new invitation. The code is told here and never again."""

    code = fields.String(required=True, metadata={"example": "7KQ2M-9XD4T"})
    invitation = fields.Nested(InvitationSchema, required=True)


class FactsSchema(Schema):
    """The two facts that open an invitation."""

    code = fields.String(required=True, validate=validate.Length(max=40), metadata={"example": "7KQ2M-9XD4T"})
    born = fields.Date(required=True, metadata={"description": "the date of birth of the one who invited"})


class OpenedSchema(OfferedSchema):
    """An invitation as the one who opened it sees it."""

    citizen_name = fields.String(required=True, allow_none=True, metadata={"example": "Karen Mikkelsen"})


class InvitationAnswerSchema(Schema):
    """The relative's yes or no, and the language in which they read what it means."""

    answer = fields.String(required=True, validate=validate.OneOf(["yes", "no"]))
    language = fields.String(required=True, validate=LANGUAGE)
