"""Read an appointment document (APD-DK 2.0.1, and 1.x where it says less or says it otherwise)."""

from lxml import etree

from app import errors
from app.appointments.appointment import Appointment, Place
from app.gateways.apd import person, values
from app.gateways.facts import CitizenFacts, Facts

TEMPLATE = "1.2.208.184.14.1"
LOINC = "2.16.840.1.113883.6.1"
APPOINTMENT_DOCUMENT = "39289-4"
VERSION_2 = "2019-09-10"
KINDS = {
    "MunicipalityAppointment": "municipality",
    "RegionalAppointment": "region",
    "PractitionerAppointment": "practitioner",
}
PLACES = ("LOC", "SBJ", "DST")
# The second is what documents before October 2022 say.
SERIES = ("RepeatingDocumentType", "RepeatingAppointmentType")


def is_mine(root: etree._Element) -> bool:
    """Whether this is a CDA document with the template, or the LOINC code, of an appointment document."""
    if root.tag != f"{{{values.NAMESPACE}}}ClinicalDocument":
        return False
    code = values.first(root, "code")
    by_code = values.attribute(code, "code") == APPOINTMENT_DOCUMENT and code is not None
    by_template = any(each.get("root") == TEMPLATE for each in values.every(root, "templateId"))
    return by_template or (by_code and code is not None and code.get("codeSystem", LOINC) == LOINC)


def read(root: etree._Element) -> Facts:
    """The citizen and the appointments of a document. Raises Refused with the element that is wrong.

    The number of the recordTarget decides who it is about. The document's title holds a person number too; it is not
    read.
    """
    try:
        citizen = person.read(root)
        as_of = _written_at(root)
        appointments = [_appointment(each, root, as_of) for each in _encounters(root)]
    except errors.Refused:
        raise
    except errors.Invalid as error:
        raise errors.Refused(f"{error.detail.rstrip('.')}.") from None
    if not appointments:
        raise errors.Refused("The document has no appointment (an encounter of mood APT).")
    if len({each.id for each in appointments}) != len(appointments):
        raise errors.Refused("encounter/id: two appointments of the document have the same id.")
    return Facts("apd", (CitizenFacts(citizen, appointments=tuple(appointments)),))


def _encounters(root: etree._Element) -> list[etree._Element]:
    """The appointments of all sections, also of sections inside sections."""
    body = values.first(root, "component/structuredBody")
    sections = [] if body is None else list(body.iter(f"{{{values.NAMESPACE}}}section"))
    found = [each for section in sections for each in values.every(section, "entry/encounter")]
    return [each for each in found if each.get("moodCode", "APT") == "APT" and each.get("classCode", "ENC") == "ENC"]


def _written_at(root: etree._Element) -> object:
    return values.instant(values.first(root, "effectiveTime"), "ClinicalDocument/effectiveTime")


def _appointment(encounter: etree._Element, root: etree._Element, as_of: object) -> Appointment:
    return Appointment(id="", start=None, end=None)
