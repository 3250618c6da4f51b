"""What goes in and out about the demo's people."""

from marshmallow import fields

from app.api.schema import Schema
from app.gateways import demo


class DemoPersonSchema(Schema):
    """One made-up person whom one can be in the demo."""

    id = fields.String(required=True, metadata={"example": "karen"})
    name = fields.String(required=True, metadata={"example": "Karen Mikkelsen"})
    about_da = fields.String(required=True, metadata={"example": "75 år, har KOL og tager seks slags medicin."})
    about_en = fields.String(required=True, metadata={"example": "75, has COPD and takes six medicines."})


class DemoPeopleSchema(Schema):
    """All of them."""

    people = fields.List(fields.Nested(DemoPersonSchema), required=True)


class DemoLoginSchema(Schema):
    """Whom to be."""

    person = fields.String(required=True, metadata={"example": "karen"})


class DemoStaffLoginSchema(Schema):
    """As which of the caseworkers."""

    person = fields.String(load_default=demo.CASEWORKER.id, metadata={"example": demo.CASEWORKER.id})
