"""Whom an FMK answer is about: exactly one citizen."""

from typing import Any

from lxml import etree

from app import errors
from app.gateways import xml
from app.gateways.fmk import values
from app.identity import number
from app.identity.person import Number, Person

_SOURCES = ("CPR", "X-eCPR", "C-eCPR", "D-eCPR")
_GENDERS = ("male", "female", "other", "unknown")
_STREET = ("StreetName", "StreetBuildingIdentifier", "FloorIdentifier", "SuiteIdentifier")


def read_person(root: etree._Element) -> Person:
    """The citizen; raises Refused for none, for two, and for a number that is no person number."""
    found = {_number(each) for each in root.iter("{*}PersonIdentifier") if not _is_of_another(each)}
    if not found:
        xml.refuse(root, "tells no citizen")
    if len(found) > 1:
        raise errors.Refused("The answer is about more than one citizen.")
    patients = [each for each in root.iter("{*}Patient") if xml.child(each, "Person") is not None]
    people = [_describe(each, found.copy().pop()) for each in patients]
    return people[0] if people else Person((found.pop(),))


def _is_of_another(element: etree._Element) -> bool:
    """Whether the number is that of somebody who wrote on the card."""
    parent = element.getparent()
    return parent is not None and xml.local(parent) == "Other"


def _number(element: etree._Element) -> Number:
    if element.get("source") not in _SOURCES:
        xml.refuse(element, "has a source that is no register of citizens")
    try:
        return number.read_number(xml.required_text(element))
    except errors.Refused:
        raise
    except errors.Invalid:
        xml.refuse(element, "is no person number")


def _describe(patient: etree._Element, number: Number) -> Person:
    person = xml.required_child(patient, "Person")
    xml.required_child(person, "PersonIdentifier")
    name = xml.child(person, "Name")
    given = tuple(each for key in ("GivenName", "MiddleName") if (each := values.text_of(name, key)))
    family = values.text_of(name, "Surname")
    born = xml.child(person, "BirthDate")
    return Person(
        numbers=(number,),
        name=" ".join(each for each in (*given, family) if each) or None,
        given=given,
        family=family,
        born=None if born is None else xml.day(born),
        protected=xml.child(patient, "AddressProtected") is not None,
        details=_details(patient, values.text_of(person, "Gender")),
    )


def _details(patient: etree._Element, gender: str | None) -> tuple[tuple[str, Any], ...]:
    details: dict[str, Any] = {}
    address = xml.child(patient, "Address")
    if address is not None:
        details["address"] = [_address(address)]
    if gender in _GENDERS:
        details["gender"] = gender
    return tuple(details.items())


def _address(address: etree._Element) -> dict[str, Any]:
    street = " ".join(each for name in _STREET if (each := values.text_of(address, name)))
    lines = [values.text_of(address, "MailDeliverySublocationIdentifier"), street]
    told = {
        "line": [each for each in lines if each],
        "district": values.text_of(address, "DistrictSubdivisionIdentifier"),
        "postalCode": values.text_of(address, "PostCodeIdentifier"),
        "city": values.text_of(address, "DistrictName"),
        "country": values.text_of(address, "CountryIdentificationCode"),
    }
    return {key: value for key, value in told.items() if value}
