"""What goes in and out of the citizen's own consents, blocks and answers."""

from marshmallow import fields, validate

from app.api.consent.schemas import ConsentSchema, text
from app.api.schema import MESSAGE_ID, Schema
from app.consent.event import ACTIONS

PARTIES = ["person", "organisation", "role", "everyone"]
LONGEST = validate.Length(max=200)


class PartySchema(Schema):
    """Of whom a consent speaks."""

    type = fields.String(required=True, validate=validate.OneOf(PARTIES), metadata={"example": "organisation"})
    id = fields.String(load_default=None, allow_none=True, validate=LONGEST, metadata={"example": None})
    organisation = fields.String(
        load_default=None, allow_none=True, validate=LONGEST, metadata={"example": "cvr:29189420"}
    )


class NamedPartySchema(Schema):
    """The same with the name that the citizen reads."""

    type = fields.String(required=True, metadata={"enum": PARTIES, "example": "organisation"})
    id = text(None)
    organisation = text("cvr:29189420")
    name = text("Bakkeby Kommune")


class LimitSchema(Schema):
    """The data that a block is limited to: of one organisation, of days from and to, both inclusive."""

    organisation = fields.String(load_default=None, allow_none=True, validate=LONGEST)
    first = fields.Date(load_default=None, allow_none=True, data_key="from", metadata={"example": "2019-01-01"})
    last = fields.Date(load_default=None, allow_none=True, data_key="to", metadata={"example": "2019-12-31"})


class NamedLimitSchema(Schema):
    """The same with the name of the organisation."""

    organisation = text(None)
    name = text(None)
    first = fields.String(required=True, allow_none=True, data_key="from", attribute="from")
    last = fields.String(required=True, allow_none=True, data_key="to", attribute="to")


class TextSchema(Schema):
    """What a citizen reads before they answer, in one language."""

    name = fields.String(required=True)
    question = fields.String(required=True)
    ask = fields.String(required=True)
    can = fields.List(fields.String(), required=True)
    cannot = fields.List(fields.String(), required=True)
    who = fields.String(required=True)
    why = fields.String(required=True)
    benefit = fields.String(required=True, metadata={"description": "who gains by it"})
    risk = fields.String(required=True)
    refusing = fields.String(required=True, metadata={"description": "what happens on a no"})
    withdrawing = fields.String(required=True, metadata={"description": "what withdrawing does"})


class TextsSchema(Schema):
    """The text in every language."""

    da = fields.Nested(TextSchema, required=True)
    en = fields.Nested(TextSchema, required=True)


class EventSchema(Schema):
    """One event of a consent, with its receipt: a compact JWS that anybody can verify."""

    id = fields.String(required=True)
    kind = fields.String(
        required=True, metadata={"enum": ["grant", "accept", "deny", "withdraw", "supersede", "invalidate"]}
    )
    by = fields.String(required=True, metadata={"enum": ["self", "grantee", "paper"]})
    at = fields.String(required=True, metadata={"example": "2026-11-25T09:12:00+01:00"})
    receipt = fields.String(required=True)


class OwnConsentSchema(Schema):
    """A consent, delegation or block that the citizen gave here, and how it stands."""

    grant_id = fields.String(required=True)
    concerns = fields.String(required=True, metadata={"enum": ["consent", "delegation", "block"]})
    state = fields.String(
        required=True,
        metadata={"enum": ["ahead", "now", "expired", "withdrawn", "replaced", "void", "unaccepted"]},
    )
    ends_soon = fields.Boolean(required=True, metadata={"description": "it ends within 30 days"})
    grantee = fields.Nested(NamedPartySchema, required=True)
    exceptions = fields.List(fields.Nested(NamedPartySchema), required=True)
    actions = fields.List(fields.String(), required=True, metadata={"example": ["medication:read"]})
    purposes = fields.List(fields.String(), required=True, metadata={"example": ["casework"]})
    data = fields.Nested(NamedLimitSchema, required=True, allow_none=True)
    valid_from = fields.String(required=True, allow_none=True)
    last_day = fields.String(required=True, allow_none=True, metadata={"example": "2027-11-30"})
    given_at = fields.String(required=True)
    ended_at = text(None)
    texts = fields.Nested(TextsSchema, required=True, allow_none=True)
    events = fields.List(fields.Nested(EventSchema), required=True)


class ConsentRequestSchema(Schema):
    """What an authority asks the citizen."""

    id = fields.String(required=True)
    organisation = fields.String(required=True, metadata={"example": "cvr:29189420"})
    organisation_name = fields.String(required=True, metadata={"example": "Bakkeby Kommune"})
    template = fields.String(required=True, metadata={"example": "medicin-hjemmehjaelp"})
    version = fields.Integer(required=True, metadata={"example": 1})
    since = fields.String(required=True, metadata={"example": "2026-11-01"})
    texts = fields.Nested(TextsSchema, required=True)
    actions = fields.List(fields.String(), required=True)
    purpose = fields.String(required=True, metadata={"example": "casework"})
    case_number = fields.String(required=True)
    last_day = fields.String(required=True, metadata={"example": "2027-11-30"})
    asked_at = fields.String(required=True)
    answer = fields.String(required=True, allow_none=True, metadata={"enum": ["yes", "no", None]})
    answered_at = text(None)
    grant_id = text(None)


class OrganisationSchema(Schema):
    """An organisation that the citizen knows from their consents."""

    id = fields.String(required=True)
    name = fields.String(required=True)


class ConsentsSchema(Schema):
    """Everything about consents: those of other systems, the citizen's own, and what they are asked."""

    consents = fields.List(fields.Nested(ConsentSchema), required=True)
    own = fields.List(fields.Nested(OwnConsentSchema), required=True)
    requests = fields.List(fields.Nested(ConsentRequestSchema), required=True)
    organisations = fields.List(fields.Nested(OrganisationSchema), required=True)


class RequestAnswerSchema(Schema):
    """The citizen's yes or no, and the language in which they read the question."""

    answer = fields.String(required=True, validate=validate.OneOf(["yes", "no"]))
    event_id = fields.String(required=True, validate=MESSAGE_ID)
    language = fields.String(required=True, validate=validate.OneOf(["da", "en"]))


class BlockSchema(Schema):
    """A block: against whom, who is excepted, from doing what, with which data."""

    grantee = fields.Nested(PartySchema, required=True)
    exceptions = fields.List(fields.Nested(PartySchema), load_default=list, validate=validate.Length(max=20))
    actions = fields.List(
        fields.String(validate=validate.OneOf(sorted(ACTIONS))),
        required=True,
        validate=validate.Length(1, len(ACTIONS)),
    )
    data = fields.Nested(LimitSchema, load_default=None, allow_none=True)


class EndSchema(Schema):
    """The end of a consent or a block."""

    event_id = fields.String(required=True, validate=MESSAGE_ID)
