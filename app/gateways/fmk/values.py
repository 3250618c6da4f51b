"""What all parts of an FMK answer are made of: its namespaces, identifiers, coded texts and who did something."""

from lxml import etree

from app import errors
from app.gateways import xml

BASE = "http://www.dkma.dk/medicinecard/xml.schema/2015/06/01"
E2 = f"{{{BASE}/E2}}"
E6 = f"{{{BASE}/E6}}"
_NAMESPACES = frozenset({BASE, *(f"{BASE}/E{number}" for number in range(1, 7))})


def refuse_foreign(root: etree._Element) -> None:
    """Refuse an element outside the namespaces of FMK 1.4.6, where the same name may mean something else."""
    for element in root.iter():
        if xml.namespace(element) not in _NAMESPACES:
            raise errors.Refused(f"An element in line {element.sourceline} is in no namespace of FMK 1.4.6.")


def identifier(parent: etree._Element, name: str = "Identifier") -> str:
    """The identifier of a medication or prescription, a number from 1, as text."""
    return str(xml.integer(xml.required_child(parent, name), 1))


def version(parent: etree._Element, least: int = 1) -> int:
    """The version of a card (from 0) or a medication (from 1)."""
    return xml.integer(xml.required_child(parent, "Version"), least)


def one_of(parent: etree._Element, *names: str) -> etree._Element:
    """The one child among these names; none, or two, is refused."""
    found = [each for name in names if (each := xml.child(parent, name)) is not None]
    if len(found) != 1:
        xml.refuse(parent, f"must have exactly one of {', '.join(names)}")
    return found[0]


def text_of(parent: etree._Element | None, name: str) -> str | None:
    """The text of a child, without outer whitespace; None where either is missing."""
    return None if parent is None else xml.text(xml.child(parent, name))


def indication(parent: etree._Element | None) -> str | None:
    """The indication as text: the code's, or the free text."""
    return text_of(parent, "Text") or text_of(parent, "FreeText")


def strength(drug: etree._Element) -> str | None:
    """The strength as the source words it, else its value and unit as written."""
    found = xml.child(drug, "Strength")
    parts = text_of(found, "Value"), text_of(found, "UnitText")
    return text_of(found, "Text") or " ".join(part for part in parts if part) or None


def drug_name(drug: etree._Element) -> str | None:
    """The name of the drug, or the text that describes one without a name."""
    return xml.text(one_of(drug, "Name", "DetailedDrugText"))


def prescriber(created: etree._Element) -> str | None:
    """The name of the professional, or of another person, who did it; None for the citizen."""
    by = xml.required_child(created, "By")
    professional = xml.child(by, "AuthorisedHealthcareProfessional")
    if professional is not None:
        return text_of(professional, "Name")
    other = xml.child(by, "Other")
    name = None if other is None else xml.child(other, "Name")
    parts = [text_of(name, each) for each in ("GivenName", "MiddleName", "Surname")]
    return " ".join(part for part in parts if part) or None


def organisation(created: etree._Element) -> str | None:
    """The name of the organisation in which it was done."""
    return text_of(xml.child(xml.required_child(created, "By"), "Organisation"), "Name")


def done_at(parent: etree._Element) -> str:
    """The instant of a Created, Modified or Withdrawn, as the source wrote it."""
    return xml.instant_text(xml.required_child(parent, "DateTime"))
