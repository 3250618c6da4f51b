"""What devices send. What they are answered is sealed: docs/protocol.md says what is in it."""

from marshmallow import ValidationError, fields, validate, validates_schema

from app.api.schema import Schema
from app.sync.pull import MOST_SPACES
from app.sync.push import MOST_ACTS
from app.vault.tokens import LONGEST

LONGEST_NAME = 64
# A checkpoint without cosignatures is far shorter, one with those of a dozen witnesses still is.
LONGEST_NOTE = 8192
# Whole numbers that fit the databases.
HIGHEST = (1 << 53) - 1


def _id() -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))


def _token(*, required: bool = True) -> fields.String:
    return fields.String(required=required, allow_none=True, validate=validate.Length(max=LONGEST))


def _number(least: int) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(least, HIGHEST))


class NamedSpaceSchema(Schema):
    """A copy that the device holds, or wants to be filled."""

    space = _id()
    cursor = _token()
    acked = _token()


class WipedSchema(Schema):
    """A copy that the device has destroyed."""

    space = _id()
    gen = fields.String(required=True, validate=validate.Length(max=LONGEST_NAME))


class PullSchema(Schema):
    """What the device has, so that it is told what is new."""

    v = fields.Integer(required=True, strict=True, validate=validate.Equal(1))
    schema = _number(0)
    spaces = fields.List(fields.Nested(NamedSpaceSchema), required=True, validate=validate.Length(max=MOST_SPACES))
    wiped = fields.List(fields.Nested(WipedSchema), required=True, validate=validate.Length(max=MOST_SPACES))
    confirmed = _number(0)
    queued = _number(0)

    @validates_schema
    def each_once(self, data: dict[str, list[dict[str, str]]], **_more: object) -> None:
        """A copy is named once."""
        spaces = [each["space"] for each in data["spaces"]]
        if len(spaces) != len(set(spaces)):
            raise ValidationError("A space is named twice.", "spaces")


class ActSchema(Schema):
    """What a person did. An act whose name, version or arguments are not known is refused alone, not the whole push."""

    mid = _number(1)
    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    v = _number(1)
    space = _id()
    args = fields.Dict(keys=fields.String(), required=True)
    precondition = fields.String(required=True, allow_none=True, validate=validate.Length(max=LONGEST_NAME))
    occurred_at = fields.String(required=True, validate=validate.Length(max=LONGEST_NAME))
    zone = fields.String(required=True, validate=validate.Length(max=LONGEST_NAME))


class PushSchema(Schema):
    """Acts in the order of their numbers."""

    v = fields.Integer(required=True, strict=True, validate=validate.Equal(1))
    acked = fields.List(
        fields.String(validate=validate.Length(max=LONGEST)),
        required=True,
        validate=validate.Length(max=2 * MOST_SPACES),
    )
    acts = fields.List(fields.Nested(ActSchema), required=True, validate=validate.Length(1, MOST_ACTS))

    @validates_schema
    def rising(self, data: dict[str, list[dict[str, int]]], **_more: object) -> None:
        """The numbers rise."""
        mids = [each["mid"] for each in data["acts"]]
        if mids != sorted(set(mids)):
            raise ValidationError("The numbers must rise.", "acts")


class LogProofSchema(Schema):
    """What the device keeps of its person's log: the last checkpoint that it checked, and its newest entry's number."""

    v = fields.Integer(required=True, strict=True, validate=validate.Equal(1))
    note = fields.String(required=True, allow_none=True, validate=validate.Length(max=LONGEST_NOTE))
    seq = _number(0)


class NewsSchema(Schema):
    """That a pull may bring something."""

    new = fields.Boolean(required=True)
