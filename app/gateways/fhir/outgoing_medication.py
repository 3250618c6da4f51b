"""MedicationStatement and MedicationRequest out of the card's medications and prescriptions."""

import re
from datetime import date, datetime
from typing import Any

from app import clock
from app.gateways.fhir import ids
from app.gateways.fhir.medication import ATC, PRESCRIPTION_STATUS
from app.gateways.fhir.outgoing_person import content_of
from app.medication import rules
from app.medication.card import Medication, Prescription

STATEMENT_STATUS = {"active": "active", "paused": "on-hold", "discontinued": "stopped", "ended": "completed"}
# An expired prescription is one on which nothing more can be done; FHIR's nearest word is completed.
REQUEST_STATUS = {
    **{ours: theirs for theirs, ours in reversed(PRESCRIPTION_STATUS.items())},
    "expired": "completed",
}
UNKNOWN = "Ikke oplyst"
# FHIR wants a strength as a ratio and a number of dispensings as one allowed, which is not what a card says.
STRENGTH = "urn:naerblik:strength"
DISPENSINGS_LEFT = "urn:naerblik:dispensings-left"
PACKAGE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?) (\S(?:.*\S)?)")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")


def statement(medication: Medication, citizen: dict[str, str], requests: list[str], on: date) -> dict[str, Any]:
    """A MedicationStatement: the drug, the dosage in the source's words, the course and its status on a civil day."""
    course = medication.course
    discontinued_at = course.discontinued_at
    period = {"start": _day(course.start), "end": _day(course.end)}
    by_citizen = {"coding": [{"code": "patientspecified"}]} if medication.kind == "citizen_chosen" else None
    author = ", ".join(each for each in (medication.prescriber, medication.organisation) if each)
    return content_of(
        {
            "resourceType": "MedicationStatement",
            "id": ids.allowed(medication.id),
            "meta": _meta(medication.changed_at),
            "contained": [_drug(medication)],
            "basedOn": [{"reference": each} for each in requests],
            "status": STATEMENT_STATUS.get(rules.status_on(course, on), "unknown"),
            "category": by_citizen,
            "medicationReference": content_of({"reference": "#drug", "display": medication.name}),
            "subject": citizen,
            "effectivePeriod": content_of(period),
            "dateAsserted": clock.utc_text(discontinued_at) if discontinued_at else None,
            "informationSource": content_of({"display": author}),
            "reasonCode": _text(medication.indication),
            "dosage": _dosage(medication),
        }
    )


def request(prescription: Prescription, medication: Medication | None, citizen: dict[str, str]) -> dict[str, Any]:
    """A MedicationRequest. The drug's name is the prescription's own, else that of the medication it hangs on."""
    package = PACKAGE.fullmatch(prescription.package or "")
    quantity = {"value": float(package[1]), "unit": package[2]} if package else {}
    left = prescription.dispensings_left
    supply = {
        "extension": [{"url": DISPENSINGS_LEFT, "valueInteger": left}] if left is not None else [],
        "validityPeriod": content_of({"end": _day(prescription.valid_to)}),
        "quantity": quantity,
    }
    name = prescription.name or (medication.name if medication else None)
    form, strength = prescription.form, prescription.strength
    return content_of(
        {
            "resourceType": "MedicationRequest",
            "id": ids.allowed(prescription.id),
            "contained": [_drug(Medication("", name=name, form=form, strength=strength))],
            "status": REQUEST_STATUS.get(prescription.status or "", "unknown"),
            "intent": "order",
            "medicationReference": content_of({"reference": "#drug", "display": name}),
            "subject": citizen,
            "reasonCode": _text(prescription.indication),
            "note": _text(prescription.package) if prescription.package and not package else [],
            "dispenseRequest": content_of(supply),
        }
    )


def _drug(medication: Medication) -> dict[str, Any]:
    atc = content_of({"code": medication.atc, "display": medication.active_substance})
    coding = [{"system": ATC[0], **atc}] if atc else []
    return content_of(
        {
            "resourceType": "Medication",
            "id": "drug",
            "extension": [{"url": STRENGTH, "valueString": medication.strength}] if medication.strength else [],
            "code": content_of({"text": medication.name, "coding": coding}) or {"text": UNKNOWN},
            "form": content_of({"text": medication.form}),
        }
    )


def _dosage(medication: Medication) -> list[dict[str, Any]]:
    words, route = medication.text, content_of({"text": medication.route})
    long = words.long or words.short
    if not long:
        return [{"route": route}] if route else []
    short = words.short if words.short != long else None
    needed = True if words.kind == "as_needed" else None
    return [content_of({"text": long, "patientInstruction": short, "route": route, "asNeededBoolean": needed})]


def _meta(changed_at: str | None) -> dict[str, str]:
    """When the source changed it, where its text is an instant in FHIR's sense."""
    if not changed_at or not INSTANT.fullmatch(changed_at):
        return {}
    try:
        datetime.fromisoformat(changed_at)
    except ValueError:
        return {}
    return {"lastUpdated": changed_at}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _text(text: str | None) -> list[dict[str, str]]:
    return [{"text": text}] if text else []
