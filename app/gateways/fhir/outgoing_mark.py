"""MedicationAdministration out of what was said about a dose."""

from dataclasses import dataclass
from typing import Any

from app.gateways.fhir import ids
from app.gateways.fhir.medication import ATC
from app.gateways.fhir.outgoing_medication import UNKNOWN
from app.gateways.fhir.outgoing_person import content_of
from app.medication.card import Medication
from app.medication.mark_rules import Amount, Mark

# FHIR knows when a dose was given, not which dose of a plan it was, nor who said so and when.
DOSE = "urn:naerblik:dose"
STATEMENT = "urn:naerblik:dose-statement"
STATUS = {"taken": "completed", "skipped": "not-done"}


@dataclass(frozen=True)
class ToldMark:
    """A mark with the medication as the card names it, None where the card has it no more.

    ``is_own``: the citizen said it, not somebody who acts for them.
    """

    mark: Mark
    medication: Medication | None
    is_own: bool


def administration(told: ToldMark, citizen: dict[str, str], statement: str | None) -> dict[str, Any]:
    """A MedicationAdministration: completed, not-done, or entered-in-error for what was taken back.

    ``statement`` is the address of the medication's MedicationStatement. A dose of which no time was said is told by
    its civil day. Which dose it was, and who said what and when, stand in two extensions.
    """
    mark = told.mark
    return content_of(
        {
            "resourceType": "MedicationAdministration",
            "id": ids.allowed(mark.key),
            "extension": [_dose(told), _statement(told)],
            "status": "entered-in-error" if mark.is_undone else STATUS[mark.said],
            "medicationCodeableConcept": _drug(told.medication),
            "subject": citizen,
            "supportingInformation": [{"reference": statement}] if statement else [],
            "dosage": _dosage(mark.amount),
            "effectiveDateTime": mark.at.isoformat() if mark.at else mark.slot.day.isoformat(),
        }
    )


def _dosage(amount: Amount | None) -> dict[str, Any]:
    if amount is None:
        return {}
    dose = {"value": float(amount.quantity), "unit": amount.unit}
    return {"text": " ".join(filter(None, (amount.quantity, amount.unit))), "dose": content_of(dose)}


def _dose(told: ToldMark) -> dict[str, Any]:
    slot = told.mark.slot
    parts = [
        {"url": "date", "valueDate": slot.day.isoformat()},
        {"url": "slot", "valueString": slot.slot},
        {"url": "ordinal", "valueInteger": slot.ordinal},
    ]
    return {"url": DOSE, "extension": parts}


def _statement(told: ToldMark) -> dict[str, Any]:
    parts = [
        {"url": "said", "valueString": told.mark.said},
        {"url": "by", "valueString": "self" if told.is_own else "other"},
        {"url": "at", "valueDateTime": told.mark.made_at.isoformat()},
    ]
    return {"url": STATEMENT, "extension": parts}


def _drug(medication: Medication | None) -> dict[str, Any]:
    if medication is None:
        return {"text": UNKNOWN}
    atc = content_of({"code": medication.atc, "display": medication.active_substance})
    return content_of({"coding": [{"system": ATC[0], **atc}] if atc else [], "text": medication.name or UNKNOWN})
