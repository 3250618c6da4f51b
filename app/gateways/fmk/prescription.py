"""Prescriptions, alone or inside the medication that they are attached to."""

from collections.abc import Iterator

from lxml import etree

from app.gateways import xml
from app.gateways.fmk import values
from app.medication.card import Prescription

_STATUSES = {
    "åben": "open",
    "afsluttet": "closed",
    "annulleret": "cancelled",
    "inaktiv": "inactive",
    "udløbet": "expired",
    "ugyldig": "invalid",
}
_UNITS = {"dage": "days", "uger": "weeks", "måneder": "months"}


def read_prescriptions(
    parent: etree._Element, medication_id: str | None = None, is_private: bool = False
) -> Iterator[Prescription]:
    """All prescriptions under an element, in order. Those of a private medication are private too: a bare id."""
    for each in parent.iterchildren("{*}Prescription", "{*}InvalidPrescription", "{*}PrivatePrescription"):
        name = xml.local(each)
        if is_private or name == "PrivatePrescription" or xml.child(each, "IsPrivatePrescription") is not None:
            yield Prescription(values.identifier(each), private=True)
        elif name == "InvalidPrescription":
            yield Prescription(values.identifier(each), medication_id, status="invalid")
        else:
            yield _prescription(each, medication_id)


def _prescription(element: etree._Element, medication_id: str | None) -> Prescription:
    attached = xml.child(element, "AttachedToDrugMedicationIdentifier")
    if attached is not None:
        medication_id = medication_id or str(xml.integer(attached, 1))
    created = xml.required_child(element, "Created")
    values.prescriber(created)
    values.done_at(created)
    first, last = xml.required_child(element, "ValidFromDate"), xml.required_child(element, "ValidToDate")
    if xml.day(last) < xml.day(first):
        xml.refuse(last, "is before ValidFromDate")
    if (substitution := xml.child(element, "SubstitutionAllowed")) is not None:
        xml.boolean(substitution)
    drug = xml.required_child(element, "Drug")
    package, iterations = _package(values.one_of(element, "PackageRestriction", "DoseDispensedRestriction"))
    return Prescription(
        id=values.identifier(element),
        medication_id=medication_id,
        status=xml.enum(xml.required_child(element, "Status"), _STATUSES),
        valid_to=xml.day(last),
        package=package,
        dispensings_left=_dispensings_left(element, iterations),
        name=values.drug_name(drug),
        form=values.text_of(xml.child(drug, "Form"), "Text"),
        strength=values.strength(drug),
        indication=values.indication(xml.child(element, "Indication")),
    )


def _package(restriction: etree._Element) -> tuple[str | None, int | None]:
    """The package text and how many times the package may be dispensed."""
    if xml.local(restriction) != "PackageRestriction":
        return None, None
    xml.required_text(xml.required_child(restriction, "PackageNumber"))
    xml.integer(xml.required_child(restriction, "PackageQuantity"), 1, 9999)
    package = values.text_of(xml.child(restriction, "PackageSize"), "PackageSizeText")
    number = xml.child(restriction, "IterationNumber")
    if number is None:
        return package, None
    xml.integer(xml.required_child(restriction, "IterationInterval"), 0, 9999)
    xml.enum(xml.required_child(restriction, "IterationIntervalUnit"), _UNITS)
    return package, xml.integer(number, 1, 999)


def _dispensings_left(element: etree._Element, iterations: int | None) -> int | None:
    """Iterations less dispensings; None where something was dispensed that the answer does not list."""
    dispensed = 0
    for order in xml.children(element, "Order"):
        xml.required_text(xml.required_child(order, "Status"))
        dispensed += xml.child(order, "Effectuation") is not None
    latest = xml.child(element, "LatestEffectuationDateTime")
    if latest is not None:
        xml.instant(latest)
    if iterations is None or (latest is not None and not dispensed):
        return None
    return max(iterations - dispensed, 0)
