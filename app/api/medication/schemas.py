"""What goes out of the medication card and the dose plan, and what a dose plan is asked with."""

from marshmallow import fields, validate

from app.api.schema import Schema
from app.medication import rules

DATE = {"format": "date"}


def text(example: str | None, description: str = "") -> fields.String:
    """A text of the source that may be lacking."""
    return fields.String(required=True, allow_none=True, metadata={"example": example, "description": description})


class CardCitizenSchema(Schema):
    """Whose card it is."""

    cpr = fields.String(required=True, allow_none=True, metadata={"example": "1403510008"})
    name = text("Karen Mikkelsen")
    born = text("1951-03-14")


class DosageSchema(Schema):
    """The dosage in the source's own words."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(["fixed", "as_needed", "combined", "free_text", "schema", "none"]),
        metadata={"example": "fixed"},
    )
    short = text("1 tablet morgen", "null where the source gives none: show the long one")
    long = text("Dosering fra d. 3. feb. 2026:\n1 tablet hver morgen")
    end_inclusive = text(None, "last day of the dosage, null when undetermined")


class PrescriptionSchema(Schema):
    """A prescription and what is left of it."""

    id = fields.String(required=True, metadata={"example": "700000000001"})
    status = fields.String(
        required=True,
        allow_none=True,
        metadata={"enum": ["open", "closed", "cancelled", "inactive", "expired", "invalid", None], "example": "open"},
    )
    valid_to = text("2028-02-03")
    package = text("100 stk.")
    dispensings_left = fields.Integer(required=True, allow_none=True, metadata={"example": 3})


class PrescriptionOffCardSchema(PrescriptionSchema):
    """A prescription of a medication that is not on the card."""

    name = text("Amoxicillin")
    form = text("tabletter")
    strength = text("500 mg")
    indication = text("mod betændelse")


class MedicationSchema(Schema):
    """One medication. Values are the source's own; what it lacks is null."""

    id = fields.String(required=True, metadata={"example": "70000001"})
    name = text("Spiriva")
    active_substance = text("Tiotropiumbromid")
    atc = text("R03BB04")
    form = text("inhalationspulver i kapsler")
    strength = text("18 mikrogram")
    route = text("Inhalation")
    indication = text("mod KOL")
    dosage = fields.Nested(DosageSchema, required=True)
    treatment_start = text("2026-02-03")
    treatment_end = text(None)
    status = fields.String(
        required=True,
        validate=validate.OneOf(["active", "paused", "discontinued", "ended"]),
        metadata={"example": "active"},
    )
    kind = fields.String(
        required=True,
        validate=validate.OneOf(["prescribed", "citizen_chosen"]),
        metadata={"example": "prescribed"},
    )
    prescriber = text("Mette Lund")
    organisation = text("Lægerne Bakkegade")
    changed_at = text("2026-02-03T09:12:00Z")
    prescriptions = fields.List(fields.Nested(PrescriptionSchema), required=True)
    key = fields.String(required=True, metadata={"description": "stands for the medication in addresses"})
    takes_renewal = fields.Boolean(required=True, metadata={"description": "whether the source takes a renewal wish"})


class CardSchema(Schema):
    """The medication card as its source says it, with the source's time and ours."""

    citizen = fields.Nested(CardCitizenSchema, required=True)
    version = text("1775566805133001001")
    as_of = text("2026-04-07T13:00:05Z", "the source's own time")
    fetched_at = text("2026-11-22T08:02:00Z", "when we last heard it")
    source = text("fmk")
    private_count = fields.Integer(required=True, metadata={"example": 1})
    medications = fields.List(fields.Nested(MedicationSchema), required=True)
    off_card = fields.List(fields.Nested(MedicationSchema), required=True)
    prescriptions_off_card = fields.List(fields.Nested(PrescriptionOffCardSchema), required=True)
    is_invalid = fields.Boolean(metadata={"description": "there and true when the source marks the card as invalid"})
    not_fetched_since = fields.String(
        metadata={
            "description": "there when the source could not be asked since then",
            "example": "2026-11-23T06:00:00Z",
        }
    )


class DosePlanQuerySchema(Schema):
    """Which day."""

    date = fields.Date(required=True, metadata={"example": "2026-11-26"})


class PlannedDoseSchema(Schema):
    """One dose of the day."""

    medication_id = fields.String(required=True, metadata={"example": "70000001"})
    name = text("Spiriva")
    slot = fields.String(
        required=True,
        metadata={"description": "morning, noon, evening, night, HH:MM, or any", "example": "morning"},
    )
    ordinal = fields.Integer(required=True, metadata={"example": 1})
    quantity = fields.Float(required=True, metadata={"example": 1})
    quantity_max = fields.Float(required=True, allow_none=True, metadata={"example": None})
    unit = text("kapsel")
    as_needed = fields.Boolean(required=True, metadata={"example": False})


class UnplannedSchema(Schema):
    """A medication to which the card gives no time that day."""

    medication_id = fields.String(required=True, metadata={"example": "70000004"})
    reason = fields.String(
        required=True,
        metadata={
            "enum": [rules.FREE_TEXT, rules.SCHEMA, rules.NO_DOSAGE, rules.DAY_NOT_GIVEN, rules.START_NOT_GIVEN],
            "example": rules.FREE_TEXT,
        },
    )


class DosePlanSchema(Schema):
    """What the card says of one day."""

    date = fields.String(required=True, metadata={**DATE, "example": "2026-11-26"})
    doses = fields.List(fields.Nested(PlannedDoseSchema), required=True)
    unplanned = fields.List(fields.Nested(UnplannedSchema), required=True)
