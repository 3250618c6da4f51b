"""What goes in and out of a citizen's network."""

from marshmallow import fields, validate

from app.api.schema import Schema
from app.delegation.network import LONGEST, SUBJECTS

TEXT = validate.Length(max=LONGEST)


class ContactSchema(Schema):
    """Somebody who helps, as the citizen writes them down."""

    name = fields.String(required=True, validate=validate.Length(1, LONGEST), metadata={"example": "Henrik"})
    relation = fields.String(load_default=None, allow_none=True, validate=TEXT, metadata={"example": "min søn"})
    phone = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=21), metadata={"example": "70 00 00 12"}
    )
    helps = fields.String(
        load_default=None,
        allow_none=True,
        validate=TEXT,
        metadata={"example": "Doserer min medicin om søndagen", "description": "with what, in the citizen's words"},
    )
    subjects = fields.List(
        fields.String(validate=validate.OneOf(sorted(SUBJECTS))),
        load_default=list,
        validate=validate.Length(max=len(SUBJECTS)),
        metadata={"description": "what others may see them for, who may see that subject; none: the citizen alone"},
    )
    person = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=64),
        metadata={"description": "the relative of a delegation, where they are one; told to the citizen alone"},
    )


class KeptContactSchema(Schema):
    """Somebody in the network."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    relation = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    helps = fields.String(required=True, allow_none=True)
    subjects = fields.List(fields.String(), required=True)
    person = fields.String(required=True, allow_none=True, metadata={"description": "null for all but the citizen"})
    has_access = fields.Boolean(
        required=True,
        allow_none=True,
        metadata={"description": "whether they may do anything here now; null for all but the citizen"},
    )


class NetworkSchema(Schema):
    """The people who help a citizen, by name: all to the citizen, to others those who concern them."""

    people = fields.List(fields.Nested(KeptContactSchema), required=True)
