"""Invented people and small resources that the tests of this folder share."""

from typing import Any

CPR = "urn:oid:1.2.208.176.1.2"
ONE, TWO = "0101010123", "0202020234"


def patient(own_id: str, number: str = ONE, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "id": own_id, "identifier": [{"system": CPR, "value": number}], **more}


def about(number: str = ONE) -> dict[str, Any]:
    return {"identifier": {"system": CPR, "value": number}}


def statement(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "MedicationStatement",
        "id": "m1",
        "status": "active",
        "medicationCodeableConcept": {
            "text": "Prøvemiddel",
            "coding": [{"system": "http://www.whocc.no/atc", "code": "N02BE01", "display": "Paracetamol"}],
        },
        "subject": about(),
        "dosage": [{"text": "1 tablet morgen"}, {"text": "1 tablet aften"}],
        "effectivePeriod": {"start": "2026-01-01", "end": "2026-12"},
        **more,
    }


def appointment(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Appointment",
        "id": "a1",
        "status": "booked",
        "start": "2027-01-10T09:30:00+01:00",
        "end": "2027-01-10T10:00:00+01:00",
        "description": "Kontrol",
        "participant": [{"actor": about(), "status": "accepted"}],
        **more,
    }


def consent(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Consent",
        "id": "c1",
        "status": "active",
        "scope": {"text": "Privatliv"},
        "category": [{"text": "Deling"}],
        "policyRule": {"text": "OPTIN"},
        "patient": about(),
        "dateTime": "2026-05-01",
        "provision": {"type": "permit", "period": {"start": "2026-05-01", "end": "2026-12-31"}},
        **more,
    }


def bundle(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    entries = [each if "resource" in each else {"resource": each} for each in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries, **more}
