"""The citizen whom a CDA document is about, from its recordTarget."""

from typing import Any

from lxml import etree

from app import errors
from app.gateways.apd import values
from app.identity import number as person_number
from app.identity.person import Number, Person

CPR = "1.2.208.176.1.2"
# X-eCPR is the first below this arc; D-eCPR the third, and below that one for each region.
REPLACEMENTS = "1.2.208.176.1.6.1."
GENDERS = {"M": "male", "F": "female", "UN": "other", "UNK": "unknown"}
USES = {"H": "home", "HP": "home", "HV": "home", "WP": "work", "MC": "mobile", "TMP": "temp"}
# An address has no use for mobile telephones.
ADDRESS_USES = ("home", "work", "temp")
SYSTEMS = {"tel": "phone", "fax": "fax", "mailto": "email", "sms": "sms"}


def read(root: etree._Element) -> Person:
    """The one citizen of the document. Raises Invalid when there are two, or none with a number."""
    targets = list(values.every(root, "recordTarget"))
    roles = [role for target in targets for role in values.every(target, "patientRole")]
    if len(targets) != 1 or len(roles) != 1:
        raise errors.Invalid("recordTarget: the document must be about exactly one citizen")
    role, patient = roles[0], values.first(roles[0], "patient")
    given, family = _names(values.first(patient, "name"))
    return Person(
        numbers=(_number(role),),
        name=" ".join([*given, *([family] if family else [])]) or values.text(values.first(patient, "name")),
        given=given,
        family=family,
        born=values.day(values.first(patient, "birthTime"), "recordTarget/patientRole/patient/birthTime"),
        details=tuple(sorted(_details(role, patient).items())),
    )


def _number(role: etree._Element) -> Number:
    found = {
        person_number.read_number(values.attribute(each, "extension") or "")
        for each in values.every(role, "id")
        if each.get("root") == CPR or (each.get("root") or "").startswith(REPLACEMENTS)
    }
    if len(found) > 1:
        raise errors.Invalid("recordTarget/patientRole/id: there are two person numbers")
    if not found:
        raise errors.Invalid("recordTarget/patientRole/id: there is no person number")
    return found.pop()


def _names(name: etree._Element | None) -> tuple[tuple[str, ...], str | None]:
    given = tuple(said for each in values.every(name, "given") if (said := values.text(each)))
    family = " ".join(said for each in values.every(name, "family") if (said := values.text(each)))
    return given, family or None


def _details(role: etree._Element, patient: etree._Element | None) -> dict[str, Any]:
    gender = GENDERS.get(values.attribute(values.first(patient, "administrativeGenderCode"), "code") or "")
    details = {
        "gender": gender,
        "address": [said for each in values.every(role, "addr") if (said := _address(each))],
        "telecom": [said for each in values.every(role, "telecom") if (said := _telecom(each))],
    }
    return {name: value for name, value in details.items() if value}


def _address(element: etree._Element) -> dict[str, Any]:
    said: dict[str, Any] = {
        "line": values.address_lines(element),
        "postalCode": values.text(values.first(element, "postalCode")),
        "city": values.text(values.first(element, "city")),
        "country": values.text(values.first(element, "country")),
    }
    known = {name: value for name, value in said.items() if value}
    use = USES.get(element.get("use") or "")
    return {"use": use, **known} if known and use in ADDRESS_USES else known


def _telecom(element: etree._Element) -> dict[str, str]:
    value = values.attribute(element, "value")
    if value is None:
        return {}
    scheme, _, rest = value.partition(":")
    system = SYSTEMS.get(scheme.lower())
    telecom = {"system": system, "value": rest.strip()} if system else {"system": "url", "value": value}
    use = USES.get(element.get("use") or "")
    if not telecom["value"]:
        return {}
    return {**telecom, "use": use} if use else telecom
