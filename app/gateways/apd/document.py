"""Read an appointment document (APD-DK 2.0.1, and 1.x where it says less or says it otherwise)."""

from dataclasses import replace
from datetime import UTC, datetime, time

from lxml import etree

from app import clock, errors
from app.appointments.appointment import Appointment, Course, Place
from app.gateways import links
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
# The event of the header that names the course, and what it is called.
COURSE = "1.2.208.184.10.1.12"
PLACES = ("LOC", "SBJ", "DST")
# The second is what documents before October 2022 say.
SERIES = ("RepeatingDocumentType", "RepeatingAppointmentType")


def is_mine(root: etree._Element) -> bool:
    """Whether this is a CDA document with the template, or the LOINC code, of an appointment document."""
    if root.tag != f"{{{values.NAMESPACE}}}ClinicalDocument":
        return False
    code = values.first(root, "code")
    if any(each.get("root") == TEMPLATE for each in values.every(root, "templateId")):
        return True
    return code is not None and code.get("code") == APPOINTMENT_DOCUMENT and code.get("codeSystem", LOINC) == LOINC


def read(root: etree._Element) -> Facts:
    """The citizen and the appointments of a document. Raises Refused with the element that is wrong.

    The number of the recordTarget decides who it is about. The document's title holds a person number too; it is not
    read.
    """
    try:
        citizen = person.read(root)
        as_of = _written_at(root)
        may_be_open = not _is_version_2(root)
        course = _course(root)
        found = [_appointment(each, as_of, may_be_open=may_be_open) for each in _encounters(root)]
        appointments = [replace(each, course=course) for each in found]
    except errors.Refused:
        raise
    except errors.Invalid as error:
        raise errors.Refused(f"{error.detail.rstrip('.')}.") from None
    if not appointments:
        raise errors.Refused("The document has no appointment (an encounter of mood APT).")
    if len({each.id for each in appointments}) != len(appointments):
        raise errors.Refused("encounter/id: two appointments of the document have the same id.")
    return Facts("apd", (CitizenFacts(citizen, appointments=tuple(appointments)),))


def _is_version_2(root: etree._Element) -> bool:
    templates = [each.get("extension", "") for each in values.every(root, "templateId") if each.get("root") == TEMPLATE]
    versions = values.every(root, "documentationOf/serviceEvent/id")
    return VERSION_2 in templates or any(each.get("extension", "").lower().startswith("apd-v2") for each in versions)


def _course(root: etree._Element) -> Course:
    """The course that the document says it belongs to, under all ids that it has."""
    for event in values.every(root, "documentationOf/serviceEvent"):
        if any(each.get("root") == COURSE for each in values.every(event, "templateId")):
            ids = [(each.get("root"), values.attribute(each, "extension")) for each in values.every(event, "id")]
            title = values.attribute(values.first(event, "code"), "displayName")
            return Course(tuple(f"{system}|{value}" for system, value in ids if value), title)
    return Course()


def _encounters(root: etree._Element) -> list[etree._Element]:
    """The appointments of all sections, also of sections inside sections."""
    body = values.first(root, "component/structuredBody")
    sections = [] if body is None else list(body.iter(f"{{{values.NAMESPACE}}}section"))
    found = [each for section in sections for each in values.every(section, "entry/encounter")]
    return [each for each in found if each.get("moodCode", "APT") == "APT" and each.get("classCode", "ENC") == "ENC"]


def _written_at(root: etree._Element) -> datetime | None:
    """When the document was written; a bare date, which 1.x may have, is the first moment of that day."""
    name, element = "ClinicalDocument/effectiveTime", values.first(root, "effectiveTime")
    value = values.attribute(element, "value")
    if value is not None and len(value) == len("yyyyMMdd"):
        day = values.day(element, name)
        return datetime.combine(day, time.min, clock.COPENHAGEN).astimezone(UTC) if day else None
    return values.instant(element, name)


def _appointment(encounter: etree._Element, as_of: datetime | None, *, may_be_open: bool) -> Appointment:
    start, end = _times(encounter, may_be_open=may_be_open)
    section = next(encounter.iterancestors(f"{{{values.NAMESPACE}}}section"), None)
    codes = {
        code: criterion for criterion in values.every(encounter, "precondition/criterion") if (code := _code(criterion))
    }
    series = next((codes[name] for name in SERIES if name in codes), None)
    return Appointment(
        id=_id(encounter),
        start=start,
        end=end,
        kind=KINDS.get(_code(encounter) or "", "other"),
        guiding_time="GuidedIntervalType" in codes,
        title=values.text(values.first(section, "title")),
        place=_place(encounter),
        organisation=_organisation(encounter),
        reason=_reason(encounter),
        status=values.attribute(values.first(encounter, "statusCode"), "code"),
        series=values.attribute(values.first(series, "value"), "extension"),
        video_url=_video_url(encounter),
        as_of=as_of,
    )


def _id(encounter: etree._Element) -> str:
    ids = list(values.every(encounter, "id"))
    if len(ids) != 1:
        raise errors.Invalid("encounter/id: an appointment must have exactly one id")
    found = values.attribute(ids[0], "extension") or values.attribute(ids[0], "root")
    if found is None:
        raise errors.Invalid("encounter/id: the id is empty")
    return found


def _code(element: etree._Element) -> str | None:
    return values.attribute(values.first(element, "code"), "code")


def _times(encounter: etree._Element, *, may_be_open: bool) -> tuple[datetime, datetime | None]:
    low, high = values.first(encounter, "effectiveTime/low"), values.first(encounter, "effectiveTime/high")
    start = values.instant(low, "encounter/effectiveTime/low")
    end = values.instant(high, "encounter/effectiveTime/high")
    if start is None:
        raise errors.Invalid("encounter/effectiveTime/low: the start is missing")
    if end is None and not (may_be_open and high is not None and high.get("nullFlavor")):
        raise errors.Invalid("encounter/effectiveTime/high: the end is missing")
    if end is not None and end < start:
        raise errors.Invalid("encounter/effectiveTime: the appointment ends before it starts")
    return start, end


def _place(encounter: etree._Element) -> Place:
    participants = [each for each in values.every(encounter, "participant") if each.get("typeCode") in PLACES]
    if not participants:
        return Place()
    role = values.first(min(participants, key=lambda each: PLACES.index(each.get("typeCode", ""))), "participantRole")
    name = values.text(values.first(role, "playingEntity/name")) or values.text(values.first(role, "name"))
    return Place(name, values.address(values.first(role, "addr")), values.phone(role), values.sor(role))


def _video_url(encounter: etree._Element) -> str | None:
    roles = values.every(encounter, "participant/participantRole/telecom")
    return next((url for each in roles if (url := links.https(values.attribute(each, "value")))), None)


def _organisation(encounter: etree._Element) -> str | None:
    names = values.every(encounter, "performer/assignedEntity/representedOrganization/name")
    return next((said for each in names if (said := values.text(each))), None)


def _reason(encounter: etree._Element) -> str | None:
    for relation in values.every(encounter, "entryRelationship"):
        if relation.get("typeCode") == "RSON":
            code = values.first(relation, "observation/code")
            written = values.first(code, "originalText"), values.first(relation, "observation/text")
            said = [values.attribute(code, "displayName"), *map(values.text, written)]
            return next((each for each in said if each), None)
    return None
