"""What goes in and out of delegations: their terms, a pause, and what a relative may."""

from marshmallow import fields, validate

from app.api.delegation.schemas import LANGUAGE, DelegationTextsSchema, actions_field
from app.api.schema import MESSAGE_ID, DeliverySchema, Schema
from app.delegation.hiding import HIDEABLE


class DelegationSchema(Schema):
    """A delegation as its citizen sees it."""

    grant_id = fields.String(required=True)
    person = fields.String(required=True, metadata={"description": "the relative, to hide something from them"})
    name = fields.String(
        required=True,
        allow_none=True,
        metadata={"example": "Henrik", "description": "what the citizen calls the relative"},
    )
    state = fields.String(
        required=True,
        metadata={
            "enum": ["ahead", "now", "expired", "withdrawn", "replaced", "void", "unaccepted"],
            "description": "unaccepted: the relative has not said yes to these terms yet",
        },
    )
    actions = fields.List(fields.String(), required=True, metadata={"example": ["medication:read"]})
    last_day = fields.String(required=True, allow_none=True, metadata={"example": "2027-11-30"})
    given_at = fields.String(required=True)
    ended_at = fields.String(required=True, allow_none=True)
    ended_by = fields.String(required=True, allow_none=True, metadata={"enum": ["self", "grantee", "paper", None]})
    texts = fields.Nested(DelegationTextsSchema, required=True)


class NoticeSchema(Schema):
    """What the citizen was written by a way that is not the app's own."""

    about = fields.String(required=True, metadata={"description": "the grant_id of a delegation, or an invitation"})
    what = fields.String(required=True, metadata={"enum": ["accepted", "changed", "closed"]})
    subject = fields.String(required=True)
    paragraphs = fields.List(fields.String(), required=True)
    made_at = fields.String(required=True)
    delivery = fields.Nested(DeliverySchema, required=True)


class DelegationsSchema(Schema):
    """A citizen's delegations, the latest given first, since when all are paused, and letters about them."""

    paused_since = fields.String(required=True, allow_none=True)
    delegations = fields.List(fields.Nested(DelegationSchema), required=True)
    notices = fields.List(fields.Nested(NoticeSchema), required=True)


class TermsSchema(Schema):
    """New terms of a delegation, under an id that its maker made."""

    event_id = fields.String(required=True, validate=MESSAGE_ID)
    actions = actions_field()
    last_day = fields.Date(required=True, metadata={"example": "2027-11-30"})
    language = fields.String(required=True, validate=LANGUAGE)


class PauseSchema(Schema):
    """Whether all relatives are paused."""

    paused = fields.Boolean(required=True)
    event_id = fields.String(required=True, validate=MESSAGE_ID)


class HeldSchema(Schema):
    """What the one who is logged in may do for a citizen."""

    citizen_id = fields.String(required=True)
    citizen_name = fields.String(required=True, allow_none=True, metadata={"example": "Karen Mikkelsen"})
    grant_id = fields.String(required=True)
    accepted = fields.Boolean(required=True, metadata={"description": "false: new terms that wait for a yes"})
    actions = fields.List(fields.String(), required=True)
    now = fields.List(fields.String(), required=True, metadata={"description": "those that may be done at this moment"})
    last_day = fields.String(required=True, allow_none=True)
    texts = fields.Nested(DelegationTextsSchema, required=True)


class HeldListSchema(Schema):
    """Whom the one who is logged in may help."""

    held = fields.List(fields.Nested(HeldSchema), required=True)


class HeldAnswerSchema(Schema):
    """Yes to new terms; or no, which gives up the whole at any time."""

    answer = fields.String(required=True, validate=validate.OneOf(["yes", "no"]))
    language = fields.String(required=True, validate=LANGUAGE)


class HideSchema(Schema):
    """An item, by its key, and from whom it is hidden: one relative, or null for all."""

    collection = fields.String(required=True, validate=validate.OneOf(sorted(HIDEABLE)))
    key = fields.String(required=True, validate=validate.Regexp(r"[0-9a-f]{32}\Z"))
    person = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=64),
        metadata={"description": "the id of a relative, as a delegation names its grantee; null: all of them"},
    )


class HidingSchema(HideSchema):
    """Whether to hide it or to show it again."""

    hidden = fields.Boolean(required=True)


class HiddenListSchema(Schema):
    """All that the citizen hides from relatives."""

    hidden = fields.List(fields.Nested(HideSchema), required=True)
