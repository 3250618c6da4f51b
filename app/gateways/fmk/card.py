"""The three answers as a card or as news of single medications and prescriptions."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from lxml import etree

from app.gateways import xml
from app.gateways.fmk import dosage, values
from app.gateways.fmk.prescription import read_prescriptions
from app.medication import rules
from app.medication.card import CardAnswer, Medication, Prescription

_CITIZEN_CHOSEN = ("Borgervalgt", "Borgerrekvireret")

Item = TypeVar("Item", Medication, Prescription)


def read_card_answer(root: etree._Element) -> CardAnswer:
    """A whole card. Of several versions of the card the newest counts, but each must be right."""
    cards = [_card(each) for each in xml.children(root, "MedicineCard")]
    if not cards:
        xml.refuse(root, "lacks MedicineCard")
    return max(cards, key=lambda card: card.version or 0)


def read_medication_answer(root: etree._Element) -> CardAnswer:
    """News of single medications, with the prescriptions that hang on them."""
    medications, prescriptions = _items(root)
    return CardAnswer(medications=medications, prescriptions=prescriptions)


def read_prescription_answer(root: etree._Element) -> CardAnswer:
    """News of prescriptions."""
    return CardAnswer(prescriptions=_single(root, read_prescriptions(root)))


def _card(card: etree._Element) -> CardAnswer:
    xml.required_child(card, "Patient")
    # Nothing here reads these two, so a card without them is still a card; a wrong value is a sign that all may be.
    for name in ("HasOpenDosageDispensingPrescriptions", "OrderedPrescriptionsExist"):
        if (flag := xml.child(card, name)) is not None:
            xml.boolean(flag)
    modified = xml.child(card, "Modified")
    medications, prescriptions = _items(card)
    return CardAnswer(
        version=values.version(card, 0),
        as_of=None if modified is None else values.done_at(modified),
        is_invalid=xml.child(card, "IsInvalid") is not None,
        medications=medications,
        prescriptions=prescriptions,
    )


def _items(parent: etree._Element) -> tuple[tuple[Medication, ...], tuple[Prescription, ...]]:
    medications: list[Medication] = []
    prescriptions: list[Prescription] = []
    for each in parent.iterchildren("{*}DrugMedication", "{*}PrivateDrugMedication"):
        medication = _medication(each)
        medications.append(medication)
        prescriptions += read_prescriptions(each, medication.id, medication.private)
    prescriptions += read_prescriptions(parent)
    return _single(parent, medications), _single(parent, prescriptions)


def _single(parent: etree._Element, items: Iterable[Item]) -> tuple[Item, ...]:
    """Each item once; the same id with other content is refused."""
    single: dict[str, Item] = {}
    for item in items:
        if single.setdefault(item.id, item) != item:
            xml.refuse(parent, "has two different items with one Identifier")
    return tuple(single.values())


def _medication(element: etree._Element) -> Medication:
    identifier, version = values.identifier(element), values.version(element)
    is_private = xml.local(element) == "PrivateDrugMedication"
    if is_private or xml.child(element, "IsPrivateDrugMedication") is not None:
        return Medication(identifier, version, private=True)
    created, modified = xml.required_child(element, "Created"), xml.child(element, "Modified")
    drug = xml.required_child(element, "Drug")
    substance = xml.child(drug, "ATC")
    text, plan = dosage.read_dosage(xml.required_child(element, "Dosage"))
    created_at = values.done_at(created)
    is_chosen = values.text_of(element, "Type") in _CITIZEN_CHOSEN
    return Medication(
        id=identifier,
        version=version,
        name=values.drug_name(drug),
        active_substance=values.text_of(substance, "Text"),
        atc=values.text_of(substance, "Code"),
        form=values.text_of(xml.child(drug, "Form"), "Text"),
        strength=values.strength(drug),
        route=values.text_of(xml.child(element, "RouteOfAdministration"), "Text"),
        indication=values.indication(xml.child(element, "Indication")),
        text=text,
        plan=plan,
        course=_course(element),
        kind="citizen_chosen" if is_chosen else "prescribed",
        prescriber=values.prescriber(created),
        organisation=values.organisation(created),
        changed_at=created_at if modified is None else values.done_at(modified),
    )


def _course(element: etree._Element) -> rules.Course:
    start, end = dosage.bounds(
        xml.required_child(element, "BeginEndDate"),
        "TreatmentStartDate",
        "TreatmentStartedPreviously",
        "TreatmentEndDate",
        "TreatmentEndingUndetermined",
    )
    paused, withdrawn = xml.child(element, "Paused"), xml.child(element, "Withdrawn")
    return rules.Course(
        start=start,
        end=end,
        pause=None if paused is None else _pause(paused),
        discontinued_at=None if withdrawn is None else xml.instant(xml.required_child(withdrawn, "DateTime")),
    )


def _pause(paused: etree._Element) -> rules.Pause:
    start, end = _bound(paused, "From"), _bound(paused, "To")
    is_comparable = type(start) is type(end)
    if is_comparable and start is not None and end is not None and end < start:
        xml.refuse(paused, "ends before it starts")
    return rules.Pause(start, end)


def _bound(paused: etree._Element, side: str) -> date | datetime | None:
    civil, exact = xml.child(paused, f"{side}Date"), xml.child(paused, f"{side}DateTime")
    if civil is not None and exact is not None:
        xml.refuse(paused, f"has both {side}Date and {side}DateTime")
    if exact is not None:
        return xml.instant(exact)
    return None if civil is None else xml.day(civil)
