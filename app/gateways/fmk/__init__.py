"""Answers of the national medication card (FMK 1.4.6): the card, single medications, and prescriptions."""

from lxml import etree

from app.gateways import xml
from app.gateways.facts import CitizenFacts, Facts
from app.gateways.fmk import card, person, values

_READERS = {
    values.E2 + "GetMedicineCardResponse": card.read_card_answer,
    values.E2 + "GetDrugMedicationResponse": card.read_medication_answer,
    values.E2 + "GetPrescriptionResponse": card.read_prescription_answer,
    values.E6 + "GetPrescriptionResponse": card.read_prescription_answer,
}


def is_mine(root: etree._Element) -> bool:
    """Whether the document is one of the three answers that are read here."""
    return root.tag in _READERS


def read(root: etree._Element) -> Facts:
    """The facts of an answer about one citizen; raises Refused for anything that the FMK schema forbids."""
    values.refuse_foreign(root)
    if xml.child(root, "Organisation") is not None:
        xml.refuse(root, "is about an organisation and not about a citizen")
    about = person.read_person(root)
    return Facts("fmk", (CitizenFacts(about, _READERS[str(root.tag)](root)),))
